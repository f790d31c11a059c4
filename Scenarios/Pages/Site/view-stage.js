// The parts that every page of a stored run has: the picture, the player and its slider, the events, the keyboard.

import { World } from './world.js';
import { Overlay } from './overlay.js';
import { EventList } from './events.js';
import { Player } from './view-player.js';
import { Slider } from './view-slider.js';
import { Follow } from './view-follow.js';
import { inWords, timeOf } from './words.js';

const $ = (id) => document.getElementById(id);
const listDelay = 250;           // milliseconds of standing still until the list is filled

export class Stage {
  /** hearers: onMoment(), onSelect(selection). */
  constructor(source, hearers) {
    this.source = source;
    this.hearers = hearers;
    this.world = new World();
    this.chosen = null;
    this.overlay = new Overlay($('overlay'), this.world, { onSelect: (selection) => this.select(selection) });
    this.events = new EventList($('events'), {
      startOf: () => this.world.scenarioStart ?? this.about?.scenarioStart ?? null,
      onPick: (event) => this.goTo(event),
    });
    this.player = new Player(source, this.world, {
      onMoment: (wasSeek) => this.onMoment(wasSeek),
      onEvents: (events) => this.onEvents(events),
      onPlaying: (direction) => this.showPlaying(direction),
      onTrouble: (words) => this.say(words),
    });
    this.slider = new Slider(
      { range: $('moment'), chart: $('histogram'), marks: $('marks'), time: $('clock') },
      { onSeek: (at) => this.player.seek(at), onMark: (mark) => this.goTo(mark) });
    this.follow = new Follow($('follow'), source, this.world, {
      onEvent: (event) => this.goTo(event),
      onChange: () => this.hearers.onMoment?.(),
    });
    this.listenToButtons();
    document.addEventListener('keydown', (event) => this.onKey(event));
  }

  async begin(at) {
    this.about = await this.source.about();
    this.player.begin(this.about);
    this.slider.begin(this.about);
    this.fillKinds(this.about.kinds);
    await this.player.seek(at ?? this.player.start);
    this.overlay.reload();
    this.showPlaying(0);
  }

  fillKinds(kinds) {
    $('kind').replaceChildren(new Option('any event but gossip', ''));
    for (const [kind, count] of Object.entries(kinds).sort(([a], [b]) => a.localeCompare(b)))
      $('kind').add(new Option(`${kind} (${count.toLocaleString('en')})`, kind));
  }

  listenToButtons() {
    const acts = {
      play: () => this.player.toggle(),
      rewind: () => this.player.play(this.player.direction < 0 ? 0 : -1),
      'to-start': () => this.player.seek(this.player.start),
      slower: () => this.player.faster(-1),
      faster: () => this.player.faster(1),
      'step-back': () => this.step(true),
      step: () => this.step(false),
      fit: () => this.overlay.fit(),
      larger: () => this.overlay.zoom(1.4),
      smaller: () => this.overlay.zoom(1 / 1.4),
      help: () => this.toggleHelp(),
    };
    for (const [id, act] of Object.entries(acts)) $(id)?.addEventListener('click', act);
    $('find')?.addEventListener('change', () => this.find($('find').value.trim()));
  }

  find(wanted) {
    const found = wanted === '' ? null
      : this.world.nodes.find((node) => node.address === wanted || node.address.endsWith(`:${wanted}`));
    if (wanted !== '' && !found) this.say(`no node ${wanted} at this moment`);
    this.overlay.select(found ? { node: found } : null);
  }

  /** To the next event of the chosen kind, or of any kind but gossip; of the node that is followed. */
  async step(isBack, kind = $('kind').value) {
    this.player.pause();
    try {
      const event = await this.source.next({
        from: this.world.seq, kind, node: this.follow.node, back: isBack,
      });
      if (event) await this.goTo(event);
      else this.say(`nothing like that ${isBack ? 'before' : 'after'} this moment`);
    } catch (trouble) {
      this.say(trouble.message);
    }
  }

  /** To the moment right after an event, which is shown. */
  async goTo(event) {
    if (!await this.player.seekEvent(event)) return;
    if (event.detail) this.overlay.note(event);
    this.say(`${timeOf(event.time, this.about.scenarioStart)}: ${sentenceOf(event)}`);
    if (event.kind.startsWith('gossip') && event.detail?.id) await this.follow.followMessage(event.detail.id);
  }

  select(selection) {
    const address = selection?.node?.address ?? null;
    const isNew = address !== this.chosen;
    this.chosen = address;
    if (isNew && address !== null) this.follow.followNode(address);
    this.hearers.onSelect?.(selection);
  }

  onMoment(wasSeek) {
    this.slider.show(this.player.at);
    if (wasSeek) {
      // The nodes are others now, though of the same names.
      if (this.chosen !== null) this.overlay.selectAddress(this.chosen);
      this.relist();
    }
    this.follow.update();
    this.hearers.onMoment?.();
  }

  onEvents(events) {
    for (const event of events) this.overlay.note(event);
    this.events.add(events);
  }

  /** The list shows what led to this moment, once nobody drags the slider any more. */
  relist() {
    clearTimeout(this.listing);
    this.listing = setTimeout(async () => {
      const { seq } = this.world;
      try {
        const before = await this.source.before(seq);
        if (this.world.seq < seq) return;
        this.events.clear();
        this.events.add(before);
      } catch (trouble) {
        this.say(trouble.message);
      }
    }, listDelay);
  }

  showPlaying(direction) {
    $('play').textContent = direction > 0 ? 'Pause' : 'Play';
    $('rewind').textContent = direction < 0 ? 'Pause' : 'Rewind';
    $('speed').textContent = `${this.player.speed}\u00d7`;
  }

  say(words) {
    if ($('said').textContent !== words) $('said').textContent = words;
  }

  toggleHelp() {
    const help = $('keys');
    if (help.open) help.close();
    else help.showModal();
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input:not([type="range"]), select, textarea')) return;
    const isOnCanvas = event.target === $('overlay');
    const isOnButton = event.target.closest('button') !== null;
    const acts = {
      ' ': isOnButton ? null : () => this.player.toggle(),
      '.': () => this.step(false, ''),
      ',': () => this.step(true, ''),
      '+': isOnCanvas ? null : () => this.player.faster(1),
      '-': isOnCanvas ? null : () => this.player.faster(-1),
      n: () => this.step(false),
      N: () => this.step(false),
      '?': () => this.toggleHelp(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }
}

/** Of an event, or of a mark, which says less. */
function sentenceOf(event) {
  if (event.word) return `fault ${event.fault}: ${event.word}${event.kind === 'faultEnded' ? ' is over' : ''}`;
  if (event.kind === 'entryCommitted' && !event.detail) return `${event.node} is removed by quorum`;
  return inWords(event);
}
