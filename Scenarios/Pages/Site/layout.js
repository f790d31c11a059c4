// Where nodes are drawn: a force layout that goes on in small steps. Links pull, all nodes push each other away; the
// push is summed over the cells of a quadtree (Barnes and Hut, 1986). Pure: no page, no clock but the budget's.

const openingAngle = 0.9;      // our choice: cells that look smaller than this count as one node
const restLength = 34;
const pull = 0.06;
const push = 26;
const towardsCenter = 0.0125;
const leastHeat = 0.012;
const cooling = 0.985;
const mostStep = 30;

export class ForceLayout {
  constructor() {
    this.count = 0;
    this.capacity = 0;
    this.x = new Float32Array(0);
    this.y = new Float32Array(0);
    this.heat = 0;
    this.tree = new QuadTree();
    this.place = 0;              // how far the step under way has come
  }

  get isAtRest() {
    return this.heat <= leastHeat;
  }

  /** Room for so many nodes; new ones begin beside a neighbor that is placed, or on a spiral. */
  grow(count, neighborOf) {
    if (count > this.capacity) this.enlarge(Math.max(64, count * 2));
    for (let i = this.count; i < count; i++) {
      const beside = neighborOf(i);
      const turn = i * 2.399963;                             // the golden angle: no two lie on one ray
      const [near, far] = [12 + (i % 5), restLength * 0.55 * Math.sqrt(i + 1)];
      const known = beside >= 0 && beside < i;
      this.x[i] = known ? this.x[beside] + near * Math.cos(turn) : far * Math.cos(turn);
      this.y[i] = known ? this.y[beside] + near * Math.sin(turn) : far * Math.sin(turn);
      this.pinned[i] = 0;
    }
    if (count !== this.count) this.warm(count > this.count * 1.2 ? 1 : 0.3);
    this.count = count;
  }

  warm(heat) {
    this.heat = Math.max(this.heat, heat);
  }

  /** The farthest that a node is from the center. */
  get reach() {
    let reach = 1;
    for (let i = 0; i < this.count; i++) {
      if (!this.pinned[i]) reach = Math.max(reach, Math.hypot(this.x[i], this.y[i]));
    }
    return reach;
  }

  pin(index, x, y) {
    this.x[index] = x;
    this.y[index] = y;
    this.pinned[index] = 1;
  }

  /** Computes for so many milliseconds. ends: pairs of indexes; weights: how many links each node has. */
  step(budget, ends, degrees) {
    const until = performance.now() + budget;
    while (!this.isAtRest && this.count > 1) {
      if (this.place === 0) this.begin(ends, degrees);
      if (!this.repel(until)) return;
      this.move();
      if (performance.now() > until) return;
    }
  }

  enlarge(capacity) {
    for (const name of ['x', 'y', 'dx', 'dy', 'pinned']) {
      const larger = new Float32Array(capacity);
      if (this[name]) larger.set(this[name]);
      this[name] = larger;
    }
    this.capacity = capacity;
  }

  begin(ends, degrees) {
    this.dx.fill(0, 0, this.count);
    this.dy.fill(0, 0, this.count);
    for (let i = 0; i < ends.length; i += 2) {
      const [a, b] = [ends[i], ends[i + 1]];
      const [dx, dy] = [this.x[b] - this.x[a], this.y[b] - this.y[a]];
      const distance = Math.hypot(dx, dy) || 0.01;
      if (this.pinned[a] || this.pinned[b]) continue;
      // A hub is not dragged about by each of its many links.
      const force = pull * (distance - restLength) / distance;
      const [shareA, shareB] = [force / Math.sqrt(degrees[a] || 1), force / Math.sqrt(degrees[b] || 1)];
      this.dx[a] += dx * shareA;
      this.dy[a] += dy * shareA;
      this.dx[b] -= dx * shareB;
      this.dy[b] -= dy * shareB;
    }
    this.tree.build(this.x, this.y, this.pinned, this.count);
  }

  /** Goes on with the push where it stopped; false when the time is up before the end. */
  repel(until) {
    while (this.place < this.count) {
      const end = Math.min(this.count, this.place + 64);
      for (; this.place < end; this.place++) {
        if (!this.pinned[this.place]) this.tree.pushAway(this.place, this.x, this.y, this.dx, this.dy);
      }
      if (performance.now() > until && this.place < this.count) return false;
    }
    this.place = 0;
    return true;
  }

  move() {
    const most = mostStep * this.heat;
    for (let i = 0; i < this.count; i++) {
      if (this.pinned[i]) continue;
      const dx = this.dx[i] - this.x[i] * towardsCenter;
      const dy = this.dy[i] - this.y[i] * towardsCenter;
      const length = Math.hypot(dx, dy);
      const scale = length > most ? most / length : 1;
      this.x[i] += dx * scale;
      this.y[i] += dy * scale;
    }
    this.heat *= cooling;
  }
}

/** Cells in flat arrays, made anew for each step. */
class QuadTree {
  constructor() {
    this.resize(256);
  }

  resize(cells) {
    this.child = new Int32Array(cells * 4);      // 0: none; positive: a cell; negative: the node -(n + 1)
    this.mass = new Float32Array(cells);
    this.sumX = new Float32Array(cells);
    this.sumY = new Float32Array(cells);
    this.cells = cells;
    this.stack = new Int32Array(4 * 64 * 4);
    this.sizes = new Float32Array(4 * 64 * 4);
  }

  build(x, y, pinned, count) {
    if (this.cells < count * 3 + 16) this.resize(count * 4 + 16);
    let reach = 1;
    for (let i = 0; i < count; i++) {
      if (!pinned[i]) reach = Math.max(reach, Math.abs(x[i]), Math.abs(y[i]));
    }
    this.reach = reach;
    this.used = 1;
    this.empty(0);
    for (let i = 0; i < count; i++) if (!pinned[i]) this.insert(i, x, y);
  }

  empty(cell) {
    this.child.fill(0, cell * 4, cell * 4 + 4);
    this.mass[cell] = this.sumX[cell] = this.sumY[cell] = 0;
  }

  insert(node, x, y) {
    let [cell, cx, cy, half] = [0, 0, 0, this.reach];
    for (let depth = 0; ; depth++) {
      this.mass[cell]++;
      this.sumX[cell] += x[node];
      this.sumY[cell] += y[node];
      const quarter = (x[node] > cx ? 1 : 0) + (y[node] > cy ? 2 : 0);
      const at = cell * 4 + quarter;
      half /= 2;
      cx += quarter & 1 ? half : -half;
      cy += quarter & 2 ? half : -half;
      const there = this.child[at];
      if (there === 0) {
        this.child[at] = -(node + 1);
        return;
      }
      if (there > 0) {
        cell = there;
        continue;
      }
      // Two at one place stay in one cell, and only its mass tells of the second.
      if (depth > 24 || this.used >= this.cells) return;
      const made = this.used++;
      this.empty(made);
      this.child[at] = made;
      const other = -there - 1;
      const of = (x[other] > cx ? 1 : 0) + (y[other] > cy ? 2 : 0);
      this.child[made * 4 + of] = there;
      this.mass[made] = 1;
      this.sumX[made] = x[other];
      this.sumY[made] = y[other];
      cell = made;
    }
  }

  pushAway(node, x, y, dx, dy) {
    const { child, mass, sumX, sumY, stack, sizes } = this;
    if (mass[0] === 0) return;
    const [px, py] = [x[node], y[node]];
    let [fx, fy, top] = [0, 0, 1];
    stack[0] = 0;
    sizes[0] = this.reach * 2;
    while (top > 0) {
      const cell = stack[--top];
      const size = sizes[top];
      const many = mass[cell];
      const ox = px - sumX[cell] / many;
      const oy = py - sumY[cell] / many;
      const squared = ox * ox + oy * oy;
      if (size * size < openingAngle * openingAngle * squared) {
        const force = push * many / (squared + 1);
        fx += ox * force;
        fy += oy * force;
        continue;
      }
      for (let quarter = 0; quarter < 4; quarter++) {
        const there = child[cell * 4 + quarter];
        if (there > 0) {
          stack[top] = there;
          sizes[top++] = size / 2;
        } else if (there < 0 && there !== -(node + 1)) {
          const other = -there - 1;
          const qx = px - x[other] + (node - other) * 1e-4;   // two at one place part all the same
          const qy = py - y[other];
          const force = push / (qx * qx + qy * qy + 1);
          fx += qx * force;
          fy += qy * force;
        }
      }
    }
    dx[node] += fx;
    dy[node] += fy;
  }
}
