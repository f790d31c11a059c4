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

function halo(node, x, y, reach) {
  return node.isSeed
    ? make("rect", { class: "halo", x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach, rx: 9 })
    : make("circle", { class: "halo", cx: x, cy: y, r: reach });
}

export class Picture {
  #svg;
  #places = [];
  #radius = 20;
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
    this.#layers.nodes.setAttribute("class", peers > 30 ? "crowded" : "");
    this.#radius = Math.max(11, Math.min(22, 700 / Math.max(peers, 20)));
    this.#places = nodes.map((node, index) => {
      const [count, place] = node.isSeed ? [seeds, index] : [peers, index - seeds];
      const reach = node.isSeed ? (seeds === 1 ? 0 : 62 + seeds * 4) : CENTER - 42;
      const angle = (2 * Math.PI * place) / count - Math.PI / 2;
      return { x: CENTER + reach * Math.cos(angle), y: CENTER + reach * Math.sin(angle), node };
    });
  }

  /** @param notes words under nodes, by number */
  draw({ looks, links }, step, notes) {
    const isBusy = new Set(step.nodes);
    const ways = new Set(step.messages.flatMap(({ from, to }) => [`${from}-${to}`, `${to}-${from}`]));
    this.#layers.links.setAttribute("opacity", Math.max(0.3, Math.min(1, 60 / links.size)));
    this.#layers.links.replaceChildren(...[...links.entries()].map(([key, [one, other]]) =>
      this.#line(one, other, ways.has(key) ? "link busy" : "link")));
    this.#layers.nodes.replaceChildren(...this.#places.flatMap((place, index) =>
      this.#node(place, looks[index], isBusy.has(index), notes.get(index))));
  }

  #line(one, other, kind) {
    const [from, to] = [this.#places[one], this.#places[other]];
    return make("line", { class: kind, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
  }

  #node({ x, y, node }, look, isBusy, note) {
    const radius = node.isSeed ? Math.max(this.#radius, 20) : this.#radius;
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
    if (note) group.append(make("text", { class: "under", x, y: y + radius + 20 }, note));
    return [group];
  }

  /** Lets the messages of a step move, wave by wave; at once where motion is not wanted. */
  fly(messages, millisecondsPerWave, isStill) {
    const flight = ++this.#flight;
    const waves = [...new Set(messages.map((message) => message.wave))].sort((a, b) => a - b);
    this.#layers.messages.replaceChildren();
    if (isStill) {
      this.#layers.messages.append(...messages.map((message) => this.#mover(message, message.isLost ? 0.6 : 0.5)));
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
      this.#layers.messages.replaceChildren(...moving.map((message) => this.#mover(
        message, message.isLost ? Math.min(share, 0.72) : share)));
      if (!isOver) requestAnimationFrame(frame);
    };
    if (messages.length > 0) requestAnimationFrame(frame);
  }

  #mover({ from, to, word, isLost }, share) {
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
    group.append(make("text", { class: "message-word", x, y: y - 12 }, WORDS[word] ?? word));
    return group;
  }
}
