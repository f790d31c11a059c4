// What a run looks like at a moment: nodes, links, suspicions, votes, messages. Pure: no page, no clock. It begins with
// a snapshot and goes on with events, the lines of a run's event log.

export const Marks = {
  seed: 1, up: 2, paused: 4, registered: 8, removed: 16, left: 32, learning: 64, liar: 128, started: 256,
};

export const LatencyBins = 181;
const binsPerDecade = 20;
const binOfOneMillisecond = 60;
const mostMessages = 512;
const mostVotes = 256;

/** The bin of a latency: 20 for each factor of ten, from 1 microsecond on. */
export function binOf(milliseconds) {
  if (!(milliseconds > 0)) return 0;
  const bin = Math.floor(binsPerDecade * Math.log10(milliseconds)) + binOfOneMillisecond;
  return Math.min(LatencyBins - 1, Math.max(0, bin));
}

/** The upper end of a bin, in milliseconds. */
export const endOfBin = (bin) => 10 ** ((bin + 1 - binOfOneMillisecond) / binsPerDecade);

export class WorldNode {
  constructor(index, address) {
    this.index = index;
    this.address = address;
    this.isSeed = this.isUp = this.isPaused = this.isRegistered = this.isRemoved = false;
    this.hasLeft = this.isLearning = this.isLiar = this.everStarted = false;
    this.epoch = 0;
    this.links = new Set();        // the links that this node lists, by the other end's index
    this.listedBy = new Set();     // who lists this node
    this.suspectedBy = new Set();
    this.suspects = new Set();
  }

  /** Neighbors of which at least one of both knows. */
  get degree() {
    let count = this.links.size;
    for (const other of this.listedBy) if (!this.links.has(other)) count++;
    return count;
  }

  /** One word for its state. */
  get state() {
    if (!this.everStarted) return 'elsewhere';
    if (!this.isUp) return this.isRemoved ? 'removed' : 'crashed';
    if (this.isPaused) return 'paused';
    if (this.isSeed) return this.isLearning ? 'learning' : 'up';
    if (this.hasLeft) return 'left';
    if (this.isRemoved) return 'removed';
    if (!this.isRegistered) return 'registering';
    return this.suspectedBy.size > 0 ? 'suspected' : 'member';
  }
}

export class World {
  static of(snapshot) {
    const world = new World(snapshot.run);
    world.load(snapshot);
    return world;
  }

  constructor(run) {
    this.run = run ?? {};
    this.linkChanges = 0;          // counts every link that comes or goes
    this.nodeChanges = 0;
    this.changes = 0;              // counts what makes the world look different; gossip does not
    this.clear();
  }

  clear() {
    this.seq = 0;
    this.at = 0;
    this.batch = 0;
    this.scenarioStart = null;
    this.ended = null;
    this.nodes = [];
    this.indexOf = new Map();
    this.links = new Map();        // key of the pair -> {a, b, mask}: mask 1, a lists b; 2, b lists a
    this.linkChanges++;
    this.nodeChanges++;
    this.changes++;
    this.faults = new Map();
    this.proposals = new Map();
    this.messages = new Map();
    this.counts = new Map();
    this.latency = new Float64Array(LatencyBins);
    for (const address of this.run.seedNodes ?? []) this.nodeAt(address).isSeed = true;
  }

  /** Begins anew with a snapshot. */
  load(snapshot) {
    this.run = snapshot.run ?? this.run;
    this.clear();
    this.seq = snapshot.seq;
    this.at = snapshot.time;
    this.batch = snapshot.batch ?? 0;
    this.scenarioStart = snapshot.scenarioStart;
    this.ended = snapshot.ended;
    snapshot.addresses.forEach((address, index) => {
      const node = this.nodeAt(address);
      for (const [mark, property] of markedProperties) node[property] = (snapshot.flags[index] & Marks[mark]) !== 0;
      node.epoch = snapshot.epochs[index];
    });
    const nodeOf = (index) => this.nodeAt(snapshot.addresses[index]);
    for (let i = 0; i < snapshot.links.length; i += 3) {
      const [a, b, mask] = [nodeOf(snapshot.links[i]), nodeOf(snapshot.links[i + 1]), snapshot.links[i + 2]];
      if (mask & 1) this.addLink(a, b);
      if (mask & 2) this.addLink(b, a);
    }
    for (let i = 0; i < snapshot.suspicions.length; i += 2)
      this.suspect(nodeOf(snapshot.suspicions[i]), nodeOf(snapshot.suspicions[i + 1]));
    for (const fault of snapshot.faults ?? []) this.faults.set(fault.detail.fault, fault.detail);
    for (const open of snapshot.proposals ?? []) this.openVote(open, open.yes, open.no);
    for (const [kind, count] of Object.entries(snapshot.counts)) this.counts.set(kind, count);
    addBins(this.latency, snapshot.latency);
  }

  /** A batch of a live feed: events, and counts of those that were left out. */
  applyBatch(batch) {
    for (const event of batch.events) this.apply(event);
    for (const [kind, count] of Object.entries(batch.left ?? {})) this.count(kind, count);
    addBins(this.latency, batch.leftLatency ?? []);
    this.seq = Math.max(this.seq, batch.to);
    this.at = Math.max(this.at, batch.time);
    this.batch = batch.batch ?? this.batch;
  }

  apply(event) {
    this.seq = event.seq;
    this.at = event.time;
    const handler = handlers[event.kind];
    if (event.kind === 'scenarioStarted') this.scenarioStart = event.time;
    else if (event.kind === 'runEnded') this.ended = event.time;
    else this.count(event.kind, 1);
    if (!handler) return;
    handler(this, event, event.node === undefined ? null : this.nodeAt(event.node));
    if (!event.kind.startsWith('gossip')) this.changes++;
  }

  count(kind, more) {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + more);
  }

  countOf(kind) {
    return this.counts.get(kind) ?? 0;
  }

  find(address) {
    const index = this.indexOf.get(address);
    return index === undefined ? null : this.nodes[index];
  }

  /** The node at an address; it is made when nobody knew of it. */
  nodeAt(address) {
    const found = this.find(address);
    if (found) return found;
    const node = new WorldNode(this.nodes.length, address);
    this.nodes.push(node);
    this.indexOf.set(address, node.index);
    this.nodeChanges++;
    return node;
  }

  linkBetween(a, b) {
    return this.links.get(keyOf(a.index, b.index));
  }

  addLink(from, to) {
    from.links.add(to.index);
    to.listedBy.add(from.index);
    const key = keyOf(from.index, to.index);
    let link = this.links.get(key);
    if (!link) {
      link = { a: Math.min(from.index, to.index), b: Math.max(from.index, to.index), mask: 0 };
      this.links.set(key, link);
      this.linkChanges++;
    }
    link.mask |= link.a === from.index ? 1 : 2;
  }

  removeLink(from, to) {
    from.links.delete(to.index);
    to.listedBy.delete(from.index);
    const key = keyOf(from.index, to.index);
    const link = this.links.get(key);
    if (!link) return;
    link.mask &= link.a === from.index ? ~1 : ~2;
    if (link.mask !== 0) return;
    this.links.delete(key);
    this.linkChanges++;
  }

  /** A process begins or ends: what it knew is gone. */
  forget(node) {
    for (const other of [...node.links]) this.removeLink(node, this.nodes[other]);
    for (const other of [...node.suspects]) this.clearSuspicion(node, this.nodes[other]);
  }

  suspect(by, node) {
    by.suspects.add(node.index);
    node.suspectedBy.add(by.index);
  }

  clearSuspicion(by, node) {
    by.suspects.delete(node.index);
    node.suspectedBy.delete(by.index);
  }

  openVote(told, yes, no) {
    const vote = {
      proposal: told.proposal, op: told.op, about: told.about, epoch: told.epoch, quorum: told.quorum,
      coordinator: told.coordinator, yes: new Set(yes), no: new Map(), state: 'open', openedAt: this.at,
    };
    for (const voter of no) vote.no.set(voter, '');
    this.proposals.set(vote.proposal, vote);
    dropOldest(this.proposals, mostVotes);
    return vote;
  }

  /** The state in words, for those who do not see the picture. */
  describe() {
    const peers = this.nodes.filter((node) => !node.isSeed);
    const live = peers.filter((node) => node.isUp && !node.hasLeft);
    const named = (title, nodes) => nodes.length === 0 ? '' :
      ` ${title}: ${nodes.slice(0, 20).map((node) => node.address).join(', ')}${nodes.length > 20 ? ', ...' : ''}.`;
    const hubs = [...live].sort((a, b) => b.degree - a.degree).slice(0, 3).filter((node) => node.degree > 0);
    const one = (count, thing) => `${count} ${thing}${count === 1 ? '' : 's'}`;
    return `${one(this.nodes.length - peers.length, 'seed node')}, ${one(live.length, 'live peer')}, `
      + `${one(this.links.size, 'link')}.`
      + (hubs.length === 0 ? '' : ` Most links: ${hubs.map((hub) => `${hub.address} (${hub.degree})`).join(', ')}.`)
      + named('Paused', this.nodes.filter((node) => node.isUp && node.isPaused))
      + named('Suspected', peers.filter((node) => node.suspectedBy.size > 0))
      + named('Crashed', this.nodes.filter((node) => node.state === 'crashed'))
      + named('Removed', peers.filter((node) => node.isRemoved));
  }
}

const markedProperties = [
  ['seed', 'isSeed'], ['up', 'isUp'], ['paused', 'isPaused'], ['registered', 'isRegistered'], ['removed', 'isRemoved'],
  ['left', 'hasLeft'], ['learning', 'isLearning'], ['liar', 'isLiar'], ['started', 'everStarted'],
];

const keyOf = (a, b) => Math.min(a, b) * 1048576 + Math.max(a, b);

function addBins(bins, pairs) {
  for (let i = 0; i < pairs.length; i += 2) bins[pairs[i]] += pairs[i + 1];
}

function dropOldest(map, most) {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

/** What a kind of event does to a world; kinds that are missing here change only its counts. */
const handlers = {
  processStarted(world, event, node) {
    Object.assign(node, {
      everStarted: true, isUp: true, isPaused: false, isRegistered: false, hasLeft: false, isLearning: false,
    });
    world.forget(node);
  },
  processCrashed(world, event, node) {
    Object.assign(node, { isUp: false, isPaused: false, isLearning: false });
    world.forget(node);
  },
  processPaused(world, event, node) { node.isPaused = true; },
  processResumed(world, event, node) { node.isPaused = false; },
  seedNodeStarted(world, event, node) {
    node.isSeed = true;
    node.isLearning = event.detail?.learning === true;
  },
  learningFinished(world, event, node) { node.isLearning = false; },
  registered(world, event, node) {
    Object.assign(node, { isRegistered: true, isRemoved: false, hasLeft: false, epoch: event.number ?? 0 });
  },
  foundItselfRemoved(world, event, node) { node.isRegistered = false; },
  left(world, event, node) { Object.assign(node, { isRegistered: false, hasLeft: true }); },
  neighborAdded(world, event, node) { world.addLink(node, world.nodeAt(event.about)); },
  neighborRemoved(world, event, node) {
    const other = world.nodeAt(event.about);
    world.removeLink(node, other);
    world.clearSuspicion(node, other);
  },
  suspected(world, event, node) { world.suspect(node, world.nodeAt(event.about)); },
  suspicionCleared(world, event, node) { world.clearSuspicion(node, world.nodeAt(event.about)); },
  gossipPublished(world, event, node) {
    world.messages.set(event.detail.id, {
      id: event.detail.id, origin: node.address, at: event.time, text: event.detail.text ?? '', receipts: 0,
    });
    dropOldest(world.messages, mostMessages);
  },
  gossipDelivered(world, event) {
    const message = world.messages.get(event.detail?.id);
    if (!message) return;
    message.receipts++;
    if (!event.detail.recovered) world.latency[binOf((event.time - message.at) * 1000)]++;
  },
  proposalOpened(world, event) { world.openVote(votedOn(event), [], []); },
  voteCast: hearVote,
  voteHeard: hearVote,
  proposalApproved(world, event) { closeVote(world, event, 'approved'); },
  proposalRejected(world, event) { closeVote(world, event, 'rejected'); },
  entryCommitted(world, event) {
    closeVote(world, event, 'committed');
    commit(world, event);
  },
  entryRecalled: commit,
  faultStruck(world, event) {
    const { type, fault, groups } = event.detail;
    if (type === 'partition' || type === 'cut') world.faults.set(fault, event.detail);
    if (type === 'byzantine' || type === 'sybil')
      for (const address of groups.flat()) world.nodeAt(address).isLiar = true;
  },
  faultEnded(world, event) { world.faults.delete(event.detail.fault); },
};

function votedOn(event) {
  const { proposal, op, epoch, quorum } = event.detail;
  return { proposal, op, epoch, quorum, about: event.about, coordinator: proposal.split('#')[0] };
}

function hearVote(world, event) {
  const { proposal, voter, yes, reason } = event.detail;
  const vote = world.proposals.get(proposal) ?? world.openVote(votedOn(event), [], []);
  if (voter === undefined) return;
  if (yes) vote.yes.add(voter);
  else vote.no.set(voter, reason ?? '');
}

function closeVote(world, event, state) {
  const vote = world.proposals.get(event.detail.proposal);
  if (!vote || vote.state === 'committed') return;
  vote.state = state;
  vote.closedAt = event.time;
  for (const voter of event.detail.voters ?? []) vote.yes.add(voter);
}

function commit(world, event) {
  const node = world.nodeAt(event.about);
  if (event.detail.epoch < node.epoch) return;
  node.epoch = event.detail.epoch;
  node.isRemoved = event.detail.op === 'remove';
  if (!node.isRemoved) return;
  node.isRegistered = false;
  for (const by of [...node.suspectedBy]) world.clearSuspicion(world.nodes[by], node);
}
