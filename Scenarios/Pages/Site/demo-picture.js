// Draws the network of a demo: seed nodes in an inner ring, peers around them, messages that move along lines.

const SIZE = 640;
const CENTER = SIZE / 2;
const NAMESPACE = "http://www.w3.org/2000/svg";

const WORDS = {
  Register: "let me in", Propose: "propose", Ping: "ping", Pong: "answer", VoteYes: "YES", VoteNo: "NO", Ack: "ok",
  PeerList: "list", Connect: "link?", Gossip: "news", Duplicate: "again", Suspect: "is it dead?", Witness: "witness",
  Report: "dead!", Removed: "removed",
};

function make(name, attributes, text) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * Writes words at the first of some places where they cover nothing that is taken; nowhere when there is none.
 * places are given from the size of the words: [x, y] of their middle.
 */
function wordsIn(taken, kind, text, size, placesFor) {
  const [width, height] = [text.length * size * 0.56, size * 1.25];
  for (const [x, y] of placesFor(width, height)) {
    const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
    if (taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom
      && box.bottom > other.top)) continue;
    taken.push(box);
    return [make("text", { class: kind, x, y }, text)];
  }
  return [];
}

/** Below, above and beside a thing, and then farther below and above. */
const around = (x, y, reach) => (width, height) => [
  [x, y + reach + height / 2], [x, y - reach - height / 2], [x + reach + width / 2, y], [x - reach - width / 2, y],
  [x, y + reach + 1.6 * height], [x, y - reach - 1.6 * height],
];

function halo(node, x, y, reach) {
  return node.isSeed
    ? make("rect", { class: "halo", x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach, rx: 9 })
    : make("circle", { class: "halo", cx: x, cy: y, r: reach });
}

export class Picture {
  #svg;
  #places = [];
  #radius = 20;
  #shown;
  #noted = [];
  #layers = {};
  #flight = 0;

  constructor(svg) {
    this.#svg = svg;
    svg.setAttribute("viewBox", `0 0 ${SIZE} ${SIZE}`);
    for (const layer of ["links", "nodes", "messages"]) {
      this.#layers[layer] = make("g", {});
      svg.append(this.#layers[layer]);
    }
  }

  place(nodes) {
    const seeds = nodes.filter((node) => node.isSeed).length;
    const peers = nodes.length - seeds;
    const zoom = this.#zoom();
    this.#svg.style.setProperty("--zoom", zoom);
    this.#layers.nodes.setAttribute("class", peers > 30 ? "crowded" : "");
    this.#radius = Math.max(11, Math.min(22 * zoom, 700 / Math.max(peers, 20)));
    this.#places = nodes.map((node, index) => {
      const [count, place] = node.isSeed ? [seeds, index] : [peers, index - seeds];
      const reach = node.isSeed ? (seeds === 1 ? 0 : 62 + seeds * 4) : CENTER - 42;
      const angle = (2 * Math.PI * place) / count - Math.PI / 2;
      return { x: CENTER + reach * Math.cos(angle), y: CENTER + reach * Math.sin(angle), node };
    });
  }

  /** Words and nodes grow in units of the drawing where it is small on the screen. */
  #zoom() {
    const pixels = Math.min(this.#svg.clientWidth, this.#svg.clientHeight) || SIZE;
    return Math.max(1, Math.min(1.7, 500 / pixels));
  }

  /** The screen gives it another size. */
  resize() {
    if (!this.#shown) return;
    this.place(this.#places.map(({ node }) => node));
    this.draw(...this.#shown);
  }

  /** @param notes words under nodes, by number */
  draw({ looks, links }, step, notes) {
    this.#shown = [{ looks, links }, step, notes];
    const isBusy = new Set(step.nodes);
    const ways = new Set(step.messages.flatMap(({ from, to }) => [`${from}-${to}`, `${to}-${from}`]));
    this.#layers.links.setAttribute("opacity", Math.max(0.3, Math.min(1, 60 / links.size)));
    this.#layers.links.replaceChildren(...[...links.entries()].map(([key, [one, other]]) =>
      this.#line(one, other, ways.has(key) ? "link busy" : "link")));
    this.#layers.nodes.replaceChildren(...this.#places.map((place, index) =>
      this.#node(place, looks[index], isBusy.has(index))));
    this.#noted = this.#places.map((place) => this.#boxOf(place));
    for (const [index, note] of notes) {
      const { x, y, node } = this.#places[index];
      this.#layers.nodes.append(...wordsIn(
        this.#noted, "under", note, 12 * this.#zoom(), around(x, y, this.#radiusOf(node) + 7)));
    }
  }

  #radiusOf(node) { return node.isSeed ? Math.max(this.#radius, 20) : this.#radius; }

  #boxOf({ x, y, node }) {
    const radius = this.#radiusOf(node);
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  }

  #line(one, other, kind) {
    const [from, to] = [this.#places[one], this.#places[other]];
    return make("line", { class: kind, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
  }

  #node({ x, y, node }, look, isBusy) {
    const radius = this.#radiusOf(node);
    const group = make("g", look ? {} : { class: "absent" });
    group.append(make("title", {}, `${node.name}, ${node.address}${look ? `: ${look}` : ""}`));
    const common = { class: node.isSeed ? "node seed" : "node", "data-look": look ?? "" };
    group.append(node.isSeed
      ? make("rect", { ...common, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, rx: 6 })
      : make("circle", { ...common, cx: x, cy: y, r: radius }));
    if (isBusy) group.append(halo(node, x, y, radius + 6));
    group.append(make("text", { class: "label", "data-look": look ?? "", x, y }, node.label));
    if (look === "Dead" || look === "Removed") {
      const arm = radius * 0.8;
      group.append(make("line", { class: "cross", x1: x - arm, y1: y - arm, x2: x + arm, y2: y + arm }));
    }
    return group;
  }

  /** Lets the messages of a step move, wave by wave; at once where motion is not wanted. */
  fly(messages, millisecondsPerWave, isStill) {
    const flight = ++this.#flight;
    const waves = [...new Set(messages.map((message) => message.wave))].sort((a, b) => a - b);
    this.#layers.messages.replaceChildren();
    if (isStill) {
      this.#showMessages(messages, 0.5, 0.6);
      return;
    }
    const begin = performance.now();
    const frame = (now) => {
      if (flight !== this.#flight) return;
      const passed = Math.max(0, now - begin) / millisecondsPerWave;
      const wave = Math.min(Math.floor(passed), waves.length - 1);
      const isOver = passed >= waves.length;
      const share = isOver ? 1 : passed - wave;
      const moving = isOver ? [] : messages.filter((message) => message.wave === waves[wave]);
      this.#showMessages(moving, share, Math.min(share, 0.72));
      if (!isOver) requestAnimationFrame(frame);
    };
    if (messages.length > 0) requestAnimationFrame(frame);
  }

  #showMessages(messages, share, shareOfLost) {
    const taken = [...this.#noted];
    this.#layers.messages.replaceChildren(...messages.map((message) =>
      this.#mover(message, message.isLost ? shareOfLost : share, taken)));
  }

  #mover({ from, to, word, isLost }, share, taken) {
    const [start, end] = [this.#places[from], this.#places[to]];
    const x = start.x + (end.x - start.x) * share;
    const y = start.y + (end.y - start.y) * share;
    const group = make("g", {});
    group.append(make("line", { class: "path", x1: start.x, y1: start.y, x2: end.x, y2: end.y }));
    group.append(make("circle", { class: "message", "data-word": word, cx: x, cy: y, r: 8 }));
    if (isLost && share >= 0.6) {
      group.append(make("line", { class: "cross", x1: x - 8, y1: y - 8, x2: x + 8, y2: y + 8 }));
      group.append(make("line", { class: "cross", x1: x - 8, y1: y + 8, x2: x + 8, y2: y - 8 }));
    }
    group.append(...wordsIn(
      taken, "message-word", WORDS[word] ?? word, 11 * this.#zoom(), (width, height) => {
        const [below, above, ...others] = around(x, y, 9)(width, height);
        return [above, below, ...others];
      }));
    return group;
  }
}
