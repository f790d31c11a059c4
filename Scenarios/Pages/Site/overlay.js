// The overlay on two canvases, what moves above what stands still: lays it out, draws it, and lets people move in it and
// choose a node or a link.

import { ForceLayout } from './layout.js';
import { colorsOf, drawLinks, drawNodes, drawVotes, radiusOf, votesShown } from './drawing.js';
import { drawLabels } from './labels.js';
import { Pulses } from './pulses.js';

const ringGap = 46;              // between the peers and the seed nodes around them
const layoutBudget = 7;          // milliseconds of a frame
const firstBudget = 350;         // when a picture is loaded: less of it flies about
const fewNodes = 1500;           // up to here everything is drawn anew for each frame
const redrawInterval = 120;      // beyond, nodes and links are drawn so often, and pulses for each frame
const redrawShare = 6;           // and no more than one part in so many of the time goes into it
const fewShare = 2;              // the same where all is drawn for each frame: the rest is for what people do
const frameTime = 17;            // milliseconds that a frame takes though nothing is drawn
const framesASecond = 36;        // smooth enough; more would be taken from a run on the same machine

export class Overlay {
  /** options.onSelect gets {node}, {link: [node, node]} or null. */
  constructor(canvas, world, options = {}) {
    this.canvas = canvas;
    this.world = world;
    this.onSelect = options.onSelect ?? (() => {});
    this.context = canvas.getContext('2d');
    this.still = document.createElement('canvas');
    this.still.ariaHidden = 'true';
    canvas.before(this.still);
    this.layout = new ForceLayout();
    this.pulses = new Pulses();
    this.camera = { x: 0, y: 0, scale: 1, follows: true };
    this.selection = null;
    this.labels = [];            // where words stand, as boxes in the world
    this.ring = 0;
    this.due = 0;                // when the next frame is to be drawn
    this.drawCost = 0;           // milliseconds that nodes and links took last
    this.stats = { frames: 0, drawnAt: 0 };
    this.isDirty = true;
    this.isRunning = true;
    this.seen = { links: 0, nodes: 0, looks: 0, votes: 0 };
    this.ends = new Int32Array(0);
    this.degrees = new Float32Array(0);
    this.watch();
    this.frame = this.frame.bind(this);
    this.request = requestAnimationFrame(this.frame);
  }

  dispose() {
    cancelAnimationFrame(this.request);
    this.stopping.abort();
    this.sizes.disconnect();
    this.still.remove();
  }

  /** The world is another one now: it is laid out at once, as far as that goes quickly. */
  reload() {
    this.keepPlaces();
    this.measure();
    if (!this.isKnown) this.layout.warm(1);
    this.layout.step(this.isKnown ? layoutBudget : firstBudget, this.ends, this.degrees);
    if (!this.isKnown) this.fit();
    this.isDirty = true;
  }

  note(event) {
    this.pulses.note(event, this.world, performance.now());
  }

  pulse(from, to, kind) {
    const [a, b] = [this.world.find(from), this.world.find(to)];
    if (a && b) this.pulses.send(a.index, b.index, kind, performance.now());
  }

  select(selection) {
    this.selection = selection;
    this.isDirty = true;
    this.onSelect(selection);
  }

  selectAddress(address) {
    const node = address === null ? null : this.world.find(address);
    this.select(node ? { node } : null);
  }

  setRunning(isRunning) {
    this.isRunning = isRunning;
  }

  /** Everything in view, and it stays so until somebody moves it. */
  fit() {
    this.camera.follows = true;
    this.isDirty = true;
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const camera = this.camera;
    const scale = Math.min(12, Math.max(0.02, camera.scale * factor));
    const [wx, wy] = this.toWorld(x, y);
    camera.x = wx - (x - this.width / 2) / scale;
    camera.y = wy - (y - this.height / 2) / scale;
    camera.scale = scale;
    camera.follows = false;
    this.isDirty = true;
  }

  pan(dx, dy) {
    this.camera.x -= dx / this.camera.scale;
    this.camera.y -= dy / this.camera.scale;
    this.camera.follows = false;
    this.isDirty = true;
  }

  toWorld(x, y) {
    return [
      (x - this.width / 2) / this.camera.scale + this.camera.x,
      (y - this.height / 2) / this.camera.scale + this.camera.y,
    ];
  }

  /** The node or link at a point of the canvas. */
  at(x, y) {
    const [wx, wy] = this.toWorld(x, y);
    const slack = 7 / this.camera.scale;
    let best = null;
    let nearest = Infinity;
    for (const node of this.world.nodes) {
      const distance = Math.hypot(this.layout.x[node.index] - wx, this.layout.y[node.index] - wy);
      const reach = radiusOf(node) * Math.max(1, Math.min(3, 0.75 / this.camera.scale)) + slack;
      if (distance < reach && distance < nearest) [best, nearest] = [{ node }, distance];
    }
    if (best) return best;
    for (const link of this.world.links.values()) {
      const distance = this.distanceTo(link, wx, wy);
      if (distance < slack && distance < nearest)
        [best, nearest] = [{ link: [this.world.nodes[link.a], this.world.nodes[link.b]] }, distance];
    }
    return best;
  }

  distanceTo(link, x, y) {
    const [ax, ay] = [this.layout.x[link.a], this.layout.y[link.a]];
    const [dx, dy] = [this.layout.x[link.b] - ax, this.layout.y[link.b] - ay];
    const share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const along = Math.min(1, Math.max(0, share));
    return Math.hypot(ax + dx * along - x, ay + dy * along - y);
  }

  watch() {
    this.stopping = new AbortController();
    const signal = { signal: this.stopping.signal };
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.canvas);
    this.resize();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const motion = matchMedia('(prefers-reduced-motion: reduce)');
    const restyle = () => {
      this.colors = colorsOf(this.canvas);
      this.pulses.isStill = motion.matches;
      this.isDirty = true;
    };
    dark.addEventListener('change', restyle, signal);
    motion.addEventListener('change', restyle, signal);
    restyle();
    this.listenToPointer(signal);
    this.canvas.addEventListener('keydown', (event) => this.onKey(event), signal);
  }

  listenToPointer(signal) {
    const canvas = this.canvas;
    const held = new Map();
    let moved = 0;
    const spread = () => {
      const [a, b] = [...held.values()];
      return Math.hypot(a.x - b.x, a.y - b.y) || 1;
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      moved = held.size > 1 ? 99 : 0;
    }, signal);
    canvas.addEventListener('pointermove', (event) => {
      const last = held.get(event.pointerId);
      if (!last) return;
      const [dx, dy] = [event.offsetX - last.x, event.offsetY - last.y];
      const before = held.size === 2 ? spread() : 0;
      Object.assign(last, { x: event.offsetX, y: event.offsetY });
      moved += Math.abs(dx) + Math.abs(dy);
      if (held.size === 2) this.zoom(spread() / before, event.offsetX, event.offsetY);
      else if (moved > 4) this.pan(dx, dy);
    }, signal);
    for (const end of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(end, (event) => {
        const wasHeld = held.delete(event.pointerId);
        if (wasHeld && end === 'pointerup' && moved <= 4) this.select(this.at(event.offsetX, event.offsetY));
      }, signal);
    }
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
    }, { ...signal, passive: false });
  }

  onKey(event) {
    const step = 40;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) this.pan(...moves[event.key]);
    else if (event.key === '+' || event.key === '=') this.zoom(1.25);
    else if (event.key === '-') this.zoom(0.8);
    else if (event.key === '0') this.fit();
    else if (event.key === 'Escape') this.select(null);
    else if (event.key === '[' || event.key === ']') this.selectNext(event.key === ']' ? 1 : -1);
    else return;
    event.preventDefault();
  }

  selectNext(step) {
    const nodes = this.world.nodes;
    if (nodes.length === 0) return;
    const now = this.selection?.node?.index ?? (step > 0 ? -1 : 0);
    this.select({ node: nodes[(now + step + nodes.length) % nodes.length] });
  }

  resize() {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.width = this.canvas.clientWidth || 300;
    this.height = this.canvas.clientHeight || 150;
    for (const canvas of [this.canvas, this.still]) {
      canvas.width = Math.round(this.width * ratio);
      canvas.height = Math.round(this.height * ratio);
    }
    this.ratio = ratio;
    this.isDirty = true;
  }

  /** Nodes stay where they are though a new picture counts them in another order. */
  keepPlaces() {
    const places = new Map();
    for (const [index, address] of (this.placed ?? []).entries())
      places.set(address, [this.layout.x[index], this.layout.y[index]]);
    this.layout.count = 0;
    this.layout.grow(this.world.nodes.length, (index) => this.oldestNeighborOf(index));
    this.world.nodes.forEach((node, index) => {
      const place = places.get(node.address);
      if (place) [this.layout.x[index], this.layout.y[index]] = place;
    });
    this.isKnown = places.size > this.world.nodes.length / 2;
  }

  /** Takes over the nodes and links that there are now. */
  measure() {
    const world = this.world;
    if (world.nodes.length < this.layout.count) this.layout.count = 0;
    const before = this.seen;
    const now = {
      links: world.linkChanges, nodes: world.nodeChanges, looks: world.changes, votes: votesShown(world).length,
    };
    this.seen = now;
    if (now.looks !== before.looks || now.votes !== before.votes) this.isDirty = true;
    if (now.links === before.links && now.nodes === before.nodes) return;
    const changes = now.links - before.links;
    this.ends = new Int32Array(world.links.size * 2);
    this.degrees = new Float32Array(world.nodes.length);
    let at = 0;
    for (const link of world.links.values()) {
      this.ends[at++] = link.a;
      this.ends[at++] = link.b;
      this.degrees[link.a]++;
      this.degrees[link.b]++;
    }
    this.layout.grow(world.nodes.length, (index) => this.oldestNeighborOf(index));
    this.placed = world.nodes.map((node) => node.address);
    this.layout.warm(Math.min(1, 0.12 + changes / (world.links.size + 1)));
    this.isDirty = true;
  }

  oldestNeighborOf(index) {
    let oldest = -1;
    for (const set of [this.world.nodes[index].links, this.world.nodes[index].listedBy]) {
      for (const other of set) {
        if (!this.world.nodes[other].isSeed && other < index && (oldest < 0 || other < oldest)) oldest = other;
      }
    }
    return oldest;
  }

  placeSeeds() {
    const seeds = this.world.nodes.filter((node) => node.isSeed);
    const wanted = Math.max(60, this.layout.reach + ringGap);
    const isLarge = this.world.nodes.length > fewNodes;
    this.ring = isLarge || this.ring === 0 || Math.abs(wanted - this.ring) > 0.5 * wanted
      ? wanted : this.ring + (wanted - this.ring) * 0.12;
    seeds.forEach((seed, place) => {
      const angle = -Math.PI / 2 + place * 2 * Math.PI / seeds.length;
      this.layout.pin(seed.index, this.ring * Math.cos(angle), this.ring * Math.sin(angle));
    });
  }

  follow() {
    if (!this.camera.follows) return;
    const room = 34;
    const scale = (Math.min(this.width, this.height) / 2 - room) / (this.ring || 60);
    this.camera.x = this.camera.y = 0;
    this.camera.scale = Math.min(3, Math.max(0.02, scale));
  }

  frame(now) {
    this.request = requestAnimationFrame(this.frame);
    // What browsers do after drawing was asked for takes longer than asking: the next frame tells.
    if (this.wasDrawn) this.drawCost = Math.max(0, now - this.stats.drawnAt - frameTime);
    this.wasDrawn = false;
    if (now < this.due) return;
    const interval = 1000 / framesASecond;
    this.due = Math.max(this.due + interval, now - interval);
    this.stats.frames++;
    this.measure();
    const isMoving = !this.layout.isAtRest;
    if (isMoving && this.isRunning) this.layout.step(layoutBudget, this.ends, this.degrees);
    const isLarge = this.world.nodes.length > fewNodes;
    const rest = isLarge ? Math.max(redrawInterval, redrawShare * this.drawCost) : fewShare * this.drawCost;
    const wantsStill = (this.isDirty || isMoving) && now - this.stats.drawnAt > rest;
    if (!wantsStill && !this.pulses.any) return;
    if (wantsStill) {
      this.placeSeeds();
      this.follow();
      this.drawStill();
      this.stats.drawnAt = now;
      this.wasDrawn = true;
      this.isDirty = false;
    }
    this.drawMoving(now);
  }

  transform(context) {
    const { x, y, scale } = this.camera;
    const zoom = scale * this.ratio;
    context.setTransform(
      zoom, 0, 0, zoom, (this.width / 2 - x * scale) * this.ratio, (this.height / 2 - y * scale) * this.ratio);
  }

  drawStill() {
    const context = this.still.getContext('2d', { alpha: false });
    const { layout, world, colors } = this;
    const scale = this.camera.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.colors.panel;
    context.fillRect(0, 0, this.still.width, this.still.height);
    this.transform(context);
    drawLinks(context, world, layout, scale, colors);
    drawVotes(context, world, layout, scale, colors);
    drawNodes(context, world, layout, scale, colors);
    this.drawSelection(context, scale);
    this.labels = drawLabels(context, world, layout, colors, this.view(), this.chosenNodes());
  }

  /** The part of the world that is seen. */
  view() {
    const [left, top] = this.toWorld(0, 0);
    const [right, bottom] = this.toWorld(this.width, this.height);
    return { left, top, right, bottom, scale: this.camera.scale, width: this.width };
  }

  chosenNodes() {
    return this.selection?.node ? [this.selection.node] : this.selection?.link ?? [];
  }

  drawMoving(now) {
    const context = this.context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.transform(context);
    this.pulses.draw(context, now, this.camera.scale, this.layout, this.colors);
  }

  drawSelection(context, scale) {
    const nodes = this.chosenNodes();
    context.strokeStyle = this.colors.accent;
    context.lineWidth = 3 / scale;
    if (nodes.length === 2) {
      context.beginPath();
      context.moveTo(this.layout.x[nodes[0].index], this.layout.y[nodes[0].index]);
      context.lineTo(this.layout.x[nodes[1].index], this.layout.y[nodes[1].index]);
      context.stroke();
    }
    for (const node of nodes) {
      const radius = radiusOf(node) * Math.max(1, Math.min(3, 0.75 / scale)) + 5 / scale;
      context.beginPath();
      context.arc(this.layout.x[node.index], this.layout.y[node.index], radius, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}
