// What if? Faults taken out of a simulated run or put into it from a moment on, and both runs side by side.

import { microseconds } from './view-source.js';
import { timeOf } from './words.js';

const askInterval = 400;

export class Fork {
  /** element gets the panel; hearers: goTo(mark), at() the moment shown, chosen() the address chosen. */
  constructor(element, source, about, world, hearers) {
    Object.assign(this, { source, about, world, hearers });
    this.edits = [];
    this.at = null;              // the moment of the fork; null: the one shown
    this.parts = {};
    for (const name of ['intro', 'deeds', 'edits', 'run', 'outcome']) {
      this.parts[name] = document.createElement('div');
      element.append(this.parts[name]);
    }
    if (about.fork) this.showOutcome(about.fork);
    this.draw();
  }

  /** The page is at another moment, or another node is chosen. */
  draw() {
    const { intro, deeds, edits, run } = this.parts;
    if (this.about.forkReason) {
      replace(intro, paragraph(`This run cannot be forked: ${this.about.forkReason}.`, 'status'));
      return;
    }
    const moment = this.moment;
    const words = `${timeOf(moment / 1e6, this.about.scenarioStart)}|${this.hearers.chosen()}|${this.edits.length}`
      + `|${this.isRunning}|${this.stateOfChosen()}`;
    if (words === this.drawn) return;
    this.drawn = words;
    replace(intro, paragraph(
      `The same run until ${timeOf(moment / 1e6, this.about.scenarioStart)}, and from then on with other faults. `
        + 'Nothing else changes: every fault and every node keeps its own stream of chance.', 'status'));
    replace(deeds, ...this.offers());
    replace(edits, ...this.edits.map((edit, place) => this.line(edit, place)));
    const wrong = this.edits.length === 0 ? 'choose a change first' : this.isRunning ? 'it is being run' : '';
    if (wrong) replace(run, disabled('Run the fork', wrong));
    else replace(run, button('Run the fork', () => this.start(), 'button primary deed'));
  }

  get moment() { return this.at ?? this.hearers.at(); }

  stateOfChosen() {
    const address = this.hearers.chosen();
    return address === null ? '' : this.world.find(address)?.state ?? '';
  }

  offers() {
    const address = this.hearers.chosen();
    const offers = [];
    if (address !== null && this.world.find(address)?.isUp && this.moment >= microseconds(this.about.scenarioStart)) {
      offers.push(
        button(`Crash ${address} now`, () => this.add({ deed: 'crash', node: address }), 'button danger deed'),
        button(`Pause it for 3 s`, () => this.add({ deed: 'pause', node: address, durationSeconds: 3 })),
        button(`Cut it off for 5 s`, () => this.add({ deed: 'cutOff', node: address, durationSeconds: 5 })));
    }
    for (const strike of this.strikes().slice(0, 8)) {
      const when = timeOf(strike.time, this.about.scenarioStart);
      if (strike.nodes.includes(address) && strike.struck > 1 && nodeWords.has(strike.word))
        offers.push(button(`If ${strike.fault} at ${when} had spared ${address}`, () => this.spare(strike, address)));
      const whom = strike.struck === 1 ? ` ${strike.nodes[0]}` : ` ${strike.struck} nodes`;
      offers.push(button(`If ${strike.fault} at ${when} had not happened (${strike.word}${whom})`,
        () => this.spare(strike)));
    }
    return offers;
  }

  /** Strikes that can still be taken out, those of the chosen node first. */
  strikes() {
    const address = this.hearers.chosen();
    const taken = new Set(this.edits.map((edit) => edit.seq));
    const all = this.about.marks.filter((mark) => mark.kind === 'faultStruck' && !taken.has(mark.seq));
    const isOfChosen = (mark) => mark.nodes.includes(address);
    return [...all.filter(isOfChosen), ...all.filter((mark) => !isOfChosen(mark))];
  }

  spare(strike, address) {
    const time = microseconds(strike.time);
    const edit = { deed: 'spare', seq: strike.seq };
    if (address) edit.node = address;
    // Before it strikes, or there is nothing to spare.
    if (this.moment > time) this.at = time;
    this.add(edit, `${strike.fault} spares ${address ?? 'everybody'}`);
  }

  add(edit, words) {
    // What is put in happens at the moment shown when it was chosen, and so the fork begins then.
    if (this.at === null || edit.deed !== 'spare') this.at ??= this.hearers.at();
    this.edits.push({ ...edit, words: words ?? `${edit.node}: ${edit.deed}` });
    this.draw();
  }

  line(edit, place) {
    const line = paragraph(edit.words, '');
    line.append(' ', button('undo', () => {
      this.edits.splice(place, 1);
      if (this.edits.length === 0) this.at = null;
      this.draw();
    }));
    return line;
  }

  async start() {
    this.isRunning = true;
    this.draw();
    const edits = this.edits.map(({ words, ...edit }) => edit);
    try {
      await this.source.fork(this.moment - microseconds(this.about.scenarioStart), edits);
      await this.follow();
    } catch (trouble) {
      replace(this.parts.outcome, paragraph(trouble.message, 'bad'));
    }
    this.isRunning = false;
    this.draw();
  }

  async follow() {
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', 'The run again, then the fork');
    replace(this.parts.outcome, paragraph('First the run again, as proof; then the fork.', 'status'), bar);
    for (;;) {
      const told = await this.source.forkState();
      bar.value = told.share;
      if (told.state === 'refused') throw new Error(told.reason);
      if (told.state === 'done') return this.showOutcome(told.outcome);
      await new Promise((resolve) => { setTimeout(resolve, askInterval); });
    }
  }

  showOutcome(outcome) {
    const isSame = outcome.originalPrefix === outcome.forkPrefix;
    const table = document.createElement('table');
    table.append(row('th', ['figure', 'run', 'fork']), ...outcome.figures.map((figure) => {
      const line = row('td', [figure.name, inFigures(figure.original), inFigures(figure.fork)]);
      if (figure.original !== figure.fork) line.className = 'differs';
      return line;
    }));
    const other = this.about.id === outcome.run ? outcome.of : outcome.run;
    const link = document.createElement('a');
    link.href = `?run=${encodeURIComponent(other)}#t=${outcome.atSeconds.toFixed(6)}`;
    link.textContent = this.about.id === outcome.run ? 'The run it was forked from, at this moment'
      : 'Open the fork at the moment where it begins';
    replace(this.parts.outcome,
      paragraph(`Fork at ${outcome.atSeconds} s: ${outcome.changes.join('; ')}.`, ''),
      paragraph(isSame ? `Until then both are one: fingerprint ${outcome.forkPrefix}.`
        : `They differ before: ${outcome.originalPrefix} and ${outcome.forkPrefix}.`, isSame ? 'good' : 'bad'),
      table, link);
  }
}

const nodeWords = new Set(['crash', 'restart', 'leave', 'pause', 'slowNode', 'clockSkew', 'byzantine']);

function inFigures(value) {
  if (value === null || value === undefined) return '\u2013';
  return Number(value.toPrecision(5)).toLocaleString('en', { maximumFractionDigits: 4 });
}

function replace(element, ...children) { element.replaceChildren(...children); }

function paragraph(text, className) {
  const element = document.createElement('p');
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function button(text, act, className = 'button deed') {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}

function disabled(text, reason) {
  const element = button(text, () => {});
  element.disabled = true;
  element.title = reason;
  return element;
}

function row(kind, texts) {
  const element = document.createElement('tr');
  for (const text of texts) {
    const cell = document.createElement(kind);
    cell.textContent = text;
    element.append(cell);
  }
  return element;
}
