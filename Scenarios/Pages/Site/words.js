// Events in plain words, and which group of the list each kind is in.

export const groups = {
  gossip: { name: 'gossip', kinds: ['gossipPublished', 'gossipDelivered', 'gossipRefused', 'gossipGivenUp'] },
  links: { name: 'links', kinds: ['neighborAdded', 'neighborRemoved', 'neighborsSelected', 'peerListReceived', 'joined'] },
  votes: {
    name: 'votes',
    kinds: ['proposalOpened', 'voteCast', 'voteHeard', 'proposalApproved', 'proposalRejected', 'entryCommitted',
      'entryRecalled', 'registrationAsked', 'registered', 'registrationRefused', 'registrationAcknowledged',
      'registrationDenied'],
  },
  detection: {
    name: 'detection',
    kinds: ['suspected', 'suspicionCleared', 'witnessHeard', 'deathReported', 'reportHeard', 'reportRefused',
      'reportAmbiguous', 'silentMemberProbed', 'foundItselfRemoved'],
  },
  faults: {
    name: 'processes and faults',
    kinds: ['processStarted', 'processCrashed', 'processPaused', 'processResumed', 'faultStruck', 'faultEnded', 'left',
      'seedNodeStarted', 'learningFinished', 'scenarioStarted', 'runEnded', 'inputRefused', 'outboxDropped',
      'handlerThrew'],
  },
};

const groupOfKind = new Map(Object.entries(groups).flatMap(([id, group]) => group.kinds.map((kind) => [kind, id])));

export const groupOf = (event) => groupOfKind.get(event.kind) ?? 'faults';

const doneTo = (detail) => detail.op === 'remove' ? 'removal' : 'registration';

const sentences = {
  processStarted: (e) => `${e.node} started${e.number ? ` again (start ${e.number + 1})` : ''}`,
  processCrashed: (e) => `${e.node} crashed${e.detail?.text ? ` (${e.detail.text})` : ''}`,
  processPaused: (e) => `${e.node} stands still`,
  processResumed: (e) => `${e.node} goes on`,
  faultStruck: (e) => `fault ${e.detail.fault}: ${e.detail.type} strikes ${e.detail.groups.flat().slice(0, 6).join(', ')}`,
  faultEnded: (e) => `fault ${e.detail.fault}: ${e.detail.type} is over`,
  inputRefused: (e) => `${e.node} refused input${e.about ? ` from ${e.about}` : ''}: ${e.detail?.text ?? ''}`,
  outboxDropped: (e) => `${e.node} dropped ${e.number ?? 0} messages to ${e.about}: its outbox is full`,
  registrationAsked: (e) => `${e.node} asks ${e.about} to be registered`,
  registered: (e) => `${e.node} is registered, epoch ${e.number}`,
  registrationRefused: (e) => `${e.node} was not registered: ${e.detail?.reason ?? ''}`,
  peerListReceived: (e) => `${e.node} got a list of ${e.number ?? 0} peers from ${e.about}`,
  neighborsSelected: (e) => `${e.node} chose ${(e.detail?.targets ?? []).join(', ')}`,
  neighborAdded: (e) => `${e.node} is linked to ${e.about}`,
  neighborRemoved: (e) => `${e.node} is no longer linked to ${e.about}`,
  joined: (e) => `${e.node} takes part, with ${e.number ?? 0} links`,
  gossipPublished: (e) => `${e.node} published ${e.detail.id}`,
  gossipDelivered: (e) => `${e.node} got ${e.detail.id} from ${e.about} over ${e.number ?? 0} hops`
    + (e.detail.recovered ? ', made up for' : ''),
  gossipDuplicate: (e) => `${e.node} dropped a copy from ${e.about}`,
  gossipRefused: (e) => `${e.node} refused ${e.detail.id}: ${e.detail.why ?? ''}`,
  gossipGivenUp: (e) => `${e.node} gave up on a message that ${e.about} no longer has`,
  suspected: (e) => `${e.node} suspects ${e.about}: it misses pings`,
  suspicionCleared: (e) => `${e.node} no longer suspects ${e.about}`,
  witnessHeard: (e) => `${e.node} heard a neighbor of ${e.about} say: ${e.detail?.verdict ?? ''}`,
  deathReported: (e) => `${e.node} reports ${e.about} as dead${e.detail?.flag ? ` (${e.detail.flag})` : ''}`,
  reportHeard: (e) => `seed node ${e.node} heard a report that ${e.about} is dead`
    + (e.detail?.reporter ? `, by ${e.detail.reporter}` : ''),
  reportRefused: (e) => `${e.node}: its report was refused, ${e.about} lives`,
  reportAmbiguous: (e) => `seed node ${e.node} cannot tell whom a report means`,
  silentMemberProbed: (e) => `seed node ${e.node} probes ${e.about}, of which nobody heard`,
  foundItselfRemoved: (e) => `${e.node} learned that it was removed`,
  left: (e) => `${e.node} left`,
  seedNodeStarted: (e) => `seed node ${e.node} started, quorum ${e.number ?? ''}`
    + (e.detail?.learning ? '; its disk was empty, and it learns first' : ''),
  learningFinished: (e) => `seed node ${e.node} votes again`,
  proposalOpened: (e) => `seed node ${e.node} asks all seed nodes about the ${doneTo(e.detail)} of ${e.about}`,
  voteCast: (e) => `seed node ${e.node} votes ${e.detail.yes ? 'YES' : `NO (${e.detail.reason})`}`
    + ` on the ${doneTo(e.detail)} of ${e.about}`,
  voteHeard: (e) => `seed node ${e.node} heard ${e.detail.voter} vote ${e.detail.yes ? 'YES' : 'NO'} on ${e.about}`,
  proposalApproved: (e) => `a quorum agrees: ${doneTo(e.detail)} of ${e.about}`
    + ` (${e.detail.voters.length} votes, ${e.detail.quorum} needed)`,
  proposalRejected: (e) => `no quorum for the ${doneTo(e.detail)} of ${e.about}: ${e.detail.reason ?? ''}`,
  entryCommitted: (e) => e.detail.op === 'remove'
    ? `${e.about} is removed from the list of seed node ${e.node}`
    : `${e.about} is in the list of seed node ${e.node}, epoch ${e.detail.epoch}`,
  entryRecalled: (e) => `seed node ${e.node} read ${e.about} back from its disk`,
  registrationAcknowledged: (e) => `seed node ${e.node} acknowledges the registration of ${e.about}`,
  registrationDenied: (e) => `seed node ${e.node} does not register ${e.about}: ${e.detail?.reason ?? ''}`,
  scenarioStarted: () => 'all have registered and linked: scenario time 0',
  runEnded: () => 'the run ended',
};

/** One sentence about an event. */
export function inWords(event) {
  const sentence = sentences[event.kind];
  if (sentence) return sentence(event);
  return [event.node, event.kind, event.about].filter((word) => word !== undefined).join(' ');
}

/** Seconds since scenario time 0, or since the beginning before it is known. */
export function timeOf(seconds, scenarioStart) {
  const since = seconds - (scenarioStart ?? 0);
  return `${since < 0 ? '\u2212' : ''}${Math.abs(since).toFixed(3)} s`;
}
