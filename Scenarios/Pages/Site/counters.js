// A few numbers about the whole run.

const rows = [
  ['live peers', (world) => world.nodes.filter((node) => !node.isSeed && node.isUp && !node.hasLeft).length],
  ['seed nodes up', (world) => {
    const seeds = world.nodes.filter((node) => node.isSeed);
    return `${seeds.filter((seed) => seed.isUp).length} of ${seeds.length}`;
  }],
  ['quorum', (world) => world.run.quorum ?? ''],
  ['links', (world) => world.links.size],
  ['messages', (world) => world.countOf('gossipPublished')],
  ['deliveries', (world) => world.countOf('gossipDelivered')],
  ['duplicates', (world) => world.countOf('gossipDuplicate')],
  ['suspicions', (world) => world.countOf('suspected')],
  ['crashes', (world) => world.countOf('processCrashed')],
  ['peers removed', (world) => world.nodes.filter((node) => node.isRemoved).length],
];

export class Counters {
  /** element is a dl. */
  constructor(element) {
    this.values = rows.map(([name]) => {
      const pair = document.createElement('div');
      const term = document.createElement('dt');
      const value = document.createElement('dd');
      term.textContent = name;
      pair.append(term, value);
      element.append(pair);
      return value;
    });
  }

  draw(world) {
    rows.forEach(([, count], place) => {
      const value = count(world);
      const text = typeof value === 'number' ? value.toLocaleString('en') : `${value}`;
      if (this.values[place].textContent !== text) this.values[place].textContent = text;
    });
  }
}
