// A stored run inside a report: the page of a stored run with a part of its events and no program behind it.

import { Stage } from './view-stage.js';
import { microseconds } from './view-source.js';
import { groupOf } from './words.js';

const perRow = 7;
const mostListed = 300;

/** Answers as the program does, from what the report holds. */
class EmbeddedRun {
  constructor(data) {
    this.data = data;
    this.events = [];
    let [seq, time] = [data.base.seq, 0];
    for (let i = 0; i < data.rows.length; i += perRow) {
      const [later, after, kind, node, about, number, detail] = data.rows.slice(i, i + perRow);
      seq += later;
      time += after;
      this.events.push(this.eventOf(seq, time, data.kinds[kind], node, about, number, detail));
    }
  }

  eventOf(seq, time, kind, node, about, number, detail) {
    const event = { seq, time: time / 1e6, kind };
    if (node >= 0) event.node = this.data.nodes[node];
    if (about >= 0) event.about = this.data.nodes[about];
    if (number > 0) event.number = number;
    if (groupOf(event) === 'gossip') event.detail = { id: this.data.messages[detail], recovered: number < 0 };
    else if (detail >= 0) event.detail = this.data.details[detail];
    return event;
  }

  async about() { return this.data.about; }

  async stateAt(at) { return this.until((event) => microseconds(event.time) <= at); }

  async stateOf(seq) { return this.until((event) => event.seq <= seq); }

  until(isPast) {
    const count = this.events.findLastIndex(isPast) + 1;
    return { snapshot: this.data.base, ...this.batch(this.events.slice(0, count)) };
  }

  async way(from, at) {
    return this.batch(this.events.filter((event) => event.seq > from && microseconds(event.time) <= at));
  }

  batch(events) {
    return { events, to: events.at(-1)?.seq ?? 0, time: events.at(-1)?.time ?? 0 };
  }

  async before(seq) {
    return this.events.filter((event) => event.seq <= seq && groupOf(event) !== 'gossip').slice(-mostListed);
  }

  async next({ from, kind, node, back }) {
    const fits = (event) => (back ? event.seq < from : event.seq > from)
      && (kind ? event.kind === kind : groupOf(event) !== 'gossip')
      && (!node || event.node === node || event.about === node);
    return (back ? this.events.findLast(fits) : this.events.find(fits)) ?? null;
  }

  async follow({ node, message }) {
    return this.events.filter((event) => message ? event.detail?.id === message
      : groupOf(event) !== 'gossip' && (event.node === node || event.about === node));
  }
}

const stage = new Stage(new EmbeddedRun(JSON.parse(document.getElementById('run').textContent)), {});
stage.begin();
window.gossipsim = { world: stage.world, player: stage.player, stage };
