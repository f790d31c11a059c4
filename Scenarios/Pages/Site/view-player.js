// Where in time a page is, and how it moves: by seeking, or by playing forth and back.

import { microseconds } from './view-source.js';

export const speeds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
const tickInterval = 60;         // milliseconds between two questions while it plays
const longestTick = 500;         // a page that was hidden does not jump

export class Player {
  /** hearers: onMoment(wasSeek), onEvents(events), onPlaying(direction), onTrouble(words). */
  constructor(source, world, hearers) {
    Object.assign(this, { source, world, hearers });
    this.at = 0;                 // microseconds
    this.end = 0;
    this.speed = 1;
    this.direction = 0;          // 1 plays, -1 rewinds, 0 stands
    this.asked = 0;
    this.isAsking = false;
    this.seekTimes = [];
  }

  begin(about) {
    this.end = microseconds(about.end);
    this.start = microseconds(about.scenarioStart);
  }

  seek(at) {
    const wanted = Math.min(this.end, Math.max(0, Math.round(at)));
    this.at = wanted;
    return this.go(() => this.source.stateAt(wanted), () => wanted);
  }

  /** To the moment of an event, which has just happened there. */
  seekEvent(event) {
    return this.go(() => this.source.stateOf(event.seq), () => microseconds(event.time));
  }

  async go(ask, atOf) {
    const number = ++this.asked;
    const begun = performance.now();
    try {
      const moment = await ask();
      if (number !== this.asked) return false;
      this.take(moment);
      this.at = atOf();
      this.seekTimes.push(performance.now() - begun);
      this.hearers.onMoment(true);
      return true;
    } catch (trouble) {
      this.hearers.onTrouble(trouble.message);
      return false;
    }
  }

  play(direction = 1) {
    if (direction > 0 && this.at >= this.end) this.at = 0;
    this.direction = direction;
    this.ticked = performance.now();
    clearInterval(this.timer);
    if (direction !== 0) this.timer = setInterval(() => this.tick(), tickInterval);
    this.hearers.onPlaying(direction);
  }

  pause() { this.play(0); }

  toggle() { this.play(this.direction === 0 ? 1 : 0); }

  faster(steps) {
    const place = speeds.findIndex((speed) => speed >= this.speed);
    this.speed = speeds[Math.min(speeds.length - 1, Math.max(0, place + steps))];
    this.hearers.onPlaying(this.direction);
  }

  async tick() {
    if (this.isAsking) return;
    const now = performance.now();
    const passed = Math.min(longestTick, now - this.ticked);
    this.ticked = now;
    const to = Math.min(this.end, Math.max(0, this.at + this.direction * passed * 1000 * this.speed));
    const number = this.asked;
    this.isAsking = true;
    try {
      const moment = this.direction < 0
        ? await this.source.stateAt(Math.round(to)) : await this.source.way(this.world.seq, Math.round(to));
      // Somebody went elsewhere meanwhile.
      if (number === this.asked && this.direction !== 0) {
        this.take(moment);
        this.at = to;
        this.hearers.onMoment(moment.snapshot !== undefined);
        if (to === (this.direction > 0 ? this.end : 0)) this.pause();
      }
    } catch (trouble) {
      this.pause();
      this.hearers.onTrouble(trouble.message);
    } finally {
      this.isAsking = false;
    }
  }

  take(moment) {
    const world = this.world;
    if (moment.snapshot) world.load(moment.snapshot);
    if (!moment.events) return;
    world.applyBatch(moment);
    if (!moment.snapshot) this.hearers.onEvents(moment.events);
  }
}
