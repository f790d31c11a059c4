// Where a stored run comes from. Both kinds answer the same questions; times are whole microseconds since its begin.
// A moment is { snapshot } or { snapshot, events } or a batch of events that leads there from the moment before.

import { request } from './program.js';

export class RemoteRun {
  /** id is the name of the run's folder; empty: the one that was asked for. */
  constructor(id = '') {
    this.id = id;
  }

  async about() {
    this.told = await this.ask('run', {});
    this.id = this.told.id;
    return this.told;
  }

  async stateAt(at) { return { snapshot: await this.ask('state', { at }) }; }

  async stateOf(seq) { return { snapshot: await this.ask('state', { seq }) }; }

  way(from, at) { return this.ask('way', { from, at }); }

  async before(seq) { return (await this.ask('before', { seq })).events; }

  /** The next event: wanted has from (a seq), kind, node, back. */
  async next(wanted) { return (await this.ask('next', wanted)).events[0] ?? null; }

  async follow(wanted) { return (await this.ask('follow', wanted)).events; }

  async fork(at, edits) {
    const response = await request('api/view/fork', {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ run: this.id, at, edits }),
    });
    return answerOf(response);
  }

  async forkState() { return answerOf(await request('api/view/fork')); }

  async ask(what, wanted) {
    const query = new URLSearchParams({ run: this.id });
    for (const [name, value] of Object.entries(wanted))
      if (value !== undefined && value !== null && value !== '' && value !== false)
        query.set(name, value === true ? '1' : value);
    return answerOf(await request(`api/view/${what}?${query}`));
  }
}

async function answerOf(response) {
  const told = await response.json();
  if (!response.ok) throw new Error(told.reason ?? `the program answered ${response.status}`);
  return told;
}

export const microseconds = (seconds) => Math.round(seconds * 1e6);
