// Two small figures that grow with the run: how many links peers have, and how long messages take.

import { LatencyBins, endOfBin } from './world.js';

const width = 320;
const height = 190;
const margin = { left: 46, right: 20, top: 10, bottom: 34 };
const namespace = 'http://www.w3.org/2000/svg';

class Chart {
  constructor(svg, title) {
    this.svg = svg;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', title);
    this.grid = add(svg, 'g', { class: 'grid' });
    this.data = add(svg, 'g', {});
    this.notes = add(svg, 'g', { class: 'notes' });
    this.title = title;
  }

  clear() {
    this.grid.replaceChildren();
    this.data.replaceChildren();
    this.notes.replaceChildren();
  }

  x(share) { return margin.left + share * (width - margin.left - margin.right); }

  y(share) { return height - margin.bottom - share * (height - margin.top - margin.bottom); }

  axis(xTicks, yTicks, xLabel, yLabel) {
    for (const [share, text] of xTicks) {
      add(this.grid, 'line', { x1: this.x(share), x2: this.x(share), y1: this.y(0), y2: this.y(1) });
      write(this.notes, text, { x: this.x(share), y: this.y(0) + 13, 'text-anchor': 'middle' });
    }
    for (const [share, text] of yTicks) {
      add(this.grid, 'line', { x1: this.x(0), x2: this.x(1), y1: this.y(share), y2: this.y(share) });
      write(this.notes, text, { x: this.x(0) - 5, y: this.y(share) + 4, 'text-anchor': 'end' });
    }
    write(this.notes, xLabel, { x: this.x(0.5), y: height - 4, 'text-anchor': 'middle' });
    write(this.notes, yLabel, {
      transform: `translate(11 ${this.y(0.5)}) rotate(-90)`, 'text-anchor': 'middle',
    });
  }

  say(text) {
    write(this.notes, text, { x: this.x(0.5), y: this.y(0.5), 'text-anchor': 'middle' });
    this.svg.setAttribute('aria-label', `${this.title}: ${text}`);
  }
}

/** Share of live peers with at least k links, both axes logarithmic: a power law is a line there. */
export class DegreeChart extends Chart {
  constructor(svg) {
    super(svg, 'Degree distribution');
  }

  draw(world) {
    const degrees = world.nodes.filter((node) => !node.isSeed && node.isUp && node.degree > 0)
      .map((node) => node.degree).sort((a, b) => a - b);
    this.clear();
    if (degrees.length < 2) return this.say('no links yet');
    const xDecades = Math.max(1, Math.ceil(Math.log10(degrees.at(-1) + 1)));
    const yDecades = Math.max(1, Math.ceil(Math.log10(degrees.length)));
    this.axis(
      ticks(xDecades, (decade) => `${10 ** decade}`),
      ticks(yDecades, (decade) => `${Number((10 ** (decade - yDecades)).toPrecision(1))}`),
      'links k', 'share with at least k');
    let radiusShrinks = degrees.length > 500 ? 2 : 2.6;
    for (let i = 0; i < degrees.length; i++) {
      if (i > 0 && degrees[i] === degrees[i - 1]) continue;
      const share = (degrees.length - i) / degrees.length;
      add(this.data, 'circle', {
        cx: this.x(Math.log10(degrees[i]) / xDecades), cy: this.y(1 + Math.log10(share) / yDecades),
        r: radiusShrinks, class: 'degree',
      });
    }
    const mean = degrees.reduce((sum, degree) => sum + degree, 0) / degrees.length;
    const told = `${degrees.length} peers, mean ${mean.toFixed(1)}, most ${degrees.at(-1)}`;
    this.svg.setAttribute('aria-label', `${this.title}: ${told}`);
  }
}

/** Share of deliveries that took at most so long. */
export class LatencyChart extends Chart {
  constructor(svg) {
    super(svg, 'Propagation latency');
  }

  draw(world) {
    this.clear();
    const total = world.latency.reduce((sum, count) => sum + count, 0);
    if (total === 0) return this.say('no deliveries yet');
    let first = 0;
    let last = LatencyBins - 1;
    while (world.latency[first] === 0) first++;
    while (world.latency[last] === 0) last--;
    const from = Math.floor(Math.log10(endOfBin(first - 1)) + 1e-9);
    const to = Math.max(from + 1, Math.ceil(Math.log10(endOfBin(last)) - 1e-9));
    const at = (milliseconds) => (Math.log10(milliseconds) - from) / (to - from);
    this.axis(
      Array.from({ length: to - from + 1 }, (_, i) => [i / (to - from), nameOfDecade(from + i)]),
      [0, 0.25, 0.5, 0.75, 1].map((share) => [share, `${share}`]), 'latency', 'share of deliveries');
    let sum = 0;
    let path = `M ${this.x(at(endOfBin(first - 1)))} ${this.y(0)}`;
    const quantiles = new Map();
    for (let bin = first; bin <= last; bin++) {
      sum += world.latency[bin];
      const share = sum / total;
      path += ` L ${this.x(at(endOfBin(bin)))} ${this.y(share)}`;
      for (const wanted of [0.5, 0.99]) if (share >= wanted && !quantiles.has(wanted)) quantiles.set(wanted, bin);
    }
    add(this.data, 'path', { d: path, class: 'latency' });
    const [p50, p99] = [quantiles.get(0.5), quantiles.get(0.99)].map((bin) => inMilliseconds(endOfBin(bin)));
    write(this.notes, `p50 ${p50}, p99 ${p99}`, { x: this.x(0) + 6, y: this.y(1) + 14 });
    this.svg.setAttribute('aria-label', `${this.title}: ${total} deliveries, p50 ${p50}, p99 ${p99}`);
  }
}

function ticks(decades, name) {
  return Array.from({ length: decades + 1 }, (_, decade) => [decade / decades, name(decade)]);
}

function nameOfDecade(decade) {
  if (decade >= 3) return `${10 ** (decade - 3)} s`;
  return decade >= 0 ? `${10 ** decade} ms` : `${10 ** (decade + 3)} \u00b5s`;
}

export function inMilliseconds(value) {
  if (value >= 1000) return `${(value / 1000).toPrecision(2)} s`;
  return value >= 1 ? `${Number(value.toPrecision(2))} ms` : `${Number((value * 1000).toPrecision(2))} \u00b5s`;
}

function add(parent, name, attributes) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

function write(parent, text, attributes) {
  add(parent, 'text', attributes).textContent = text;
}
