// Follows one node through the run, or one message from peer to peer.

import { inWords, timeOf } from './words.js';

const mostRows = 400;

export class Follow {
  /** element gets the panel; source answers; hearers: onEvent(event), onChange(). */
  constructor(element, source, world, hearers) {
    Object.assign(this, { source, world, hearers });
    this.node = null;
    this.message = null;
    this.events = [];
    this.title = make('p', 'followed');
    this.bar = make('div', 'toolbar');
    this.latest = button('Latest message', () => this.followLatest());
    this.stop = button('Follow nothing', () => this.clear());
    this.bar.append(this.latest, this.stop);
    this.list = make('ol', 'receipts');
    element.append(this.title, this.bar, this.list);
    this.show();
  }

  async followNode(address) {
    if (this.node === address) return;
    [this.node, this.message] = [address, null];
    await this.load({ node: address });
  }

  async followMessage(id) {
    [this.node, this.message] = [null, id];
    await this.load({ message: id });
  }

  async followLatest() {
    const published = await this.source.next({ from: this.world.seq + 1, kind: 'gossipPublished', back: true })
      ?? await this.source.next({ from: this.world.seq, kind: 'gossipPublished' });
    if (published) await this.followMessage(published.detail.id);
  }

  clear() {
    [this.node, this.message, this.events] = [null, null, []];
    this.show();
    this.hearers.onChange();
  }

  async load(wanted) {
    const asked = this.node ?? this.message;
    try {
      const events = await this.source.follow(wanted);
      if (asked !== (this.node ?? this.message)) return;
      this.events = events;
    } catch (trouble) {
      [this.node, this.message, this.events] = [null, null, []];
      this.show();
      this.title.textContent = trouble.message;
      return;
    }
    this.show();
    this.hearers.onChange();
  }

  show() {
    this.stop.hidden = this.node === null && this.message === null;
    this.list.replaceChildren();
    // Around now: what is long past or far ahead is a step away.
    const now = this.events.findLastIndex((event) => event.seq <= this.world.seq);
    const first = Math.max(0, Math.min(now - 40, this.events.length - mostRows));
    for (const event of this.events.slice(first, first + mostRows)) {
      const row = make('li');
      const entry = button(`${timeOf(event.time, this.world.scenarioStart)}  ${inWords(event)}`,
        () => this.hearers.onEvent(event));
      entry.className = 'receipt';
      row.append(entry);
      row.event = event;
      this.list.append(row);
    }
    this.update();
  }

  /** The page is at another moment. */
  update() {
    const past = this.events.filter((event) => event.seq <= this.world.seq);
    for (const row of this.list.children) row.classList.toggle('ahead', row.event.seq > this.world.seq);
    if (this.message !== null) {
      const holders = new Set(past.map((event) => event.node)).size;
      const all = new Set(this.events.map((event) => event.node)).size;
      this.title.textContent = `Message ${this.message}: ${holders} of the ${all} peers that get it have it now.`;
    } else if (this.node !== null) {
      this.title.textContent = `${this.node}: ${past.length} of ${this.events.length} events so far, gossip apart.`;
    } else {
      this.title.textContent = 'Choose a node in the picture, or an event of a message.';
    }
  }
}

function make(name, className = '') {
  const element = document.createElement(name);
  if (className) element.className = className;
  return element;
}

function button(text, act) {
  const element = make('button', 'button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}
