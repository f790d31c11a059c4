// The steps of a demo as the server tells them, fetched phase by phase, and where the reader is.

import { request } from "./program.js";

async function ask(path) {
  const answer = await request(path);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.reason);
  return told;
}

export const setup = () => ask("/api/demo/setup");

export class Story {
  #phases = new Map();

  /** @param choice seeds, peers, rule and randomSeed as they were typed */
  constructor(choice, phaseCount) {
    this.choice = choice;
    this.phaseCount = phaseCount;
    this.phase = 1;
    this.index = 0;
    this.nodes = [];
  }

  get step() { return this.#phases.get(this.phase)?.[this.index]; }
  get length() { return this.#phases.get(this.phase)?.length ?? 0; }
  get isAtEnd() { return this.phase === this.phaseCount && this.index >= this.length - 1; }
  get isAtBeginning() { return this.phase === 1 && this.index === 0; }

  async #load(phase) {
    if (this.#phases.has(phase)) return;
    const query = new URLSearchParams({ ...this.choice, phase });
    const told = await ask(`/api/demo/phase?${query}`);
    this.nodes = told.nodes;
    this.#phases.set(phase, told.steps);
  }

  /** To a step of a phase; all phases before it are fetched too, since the picture follows from them. */
  async goTo(phase, index = 0) {
    for (let earlier = 1; earlier <= phase; earlier++) await this.#load(earlier);
    this.phase = phase;
    this.index = Math.max(0, Math.min(index, this.length - 1));
  }

  /** @returns whether there was one */
  async forward() {
    if (this.isAtEnd) return false;
    if (this.index < this.length - 1) this.index++;
    else await this.goTo(this.phase + 1);
    return true;
  }

  async back() {
    if (this.isAtBeginning) return;
    if (this.index > 0) this.index--;
    else await this.goTo(this.phase - 1, Infinity);
  }

  /** What all steps up to here have made of the nodes and links. */
  picture() {
    const looks = new Array(this.nodes.length).fill(null);
    const links = new Map();
    for (let phase = 1; phase <= this.phase; phase++) {
      const steps = this.#phases.get(phase);
      const last = phase === this.phase ? this.index : steps.length - 1;
      for (let index = 0; index <= last; index++) apply(steps[index], looks, links);
    }
    return { looks, links };
  }
}

function apply(step, looks, links) {
  for (const { node, look } of step.states) looks[node] = look;
  for (const { one, other, stands } of step.links) {
    const key = one < other ? `${one}-${other}` : `${other}-${one}`;
    if (stands) links.set(key, [one, other]);
    else links.delete(key);
  }
}
