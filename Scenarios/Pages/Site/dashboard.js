// The live dashboard: joins the feed to what is drawn.

import { World } from './world.js';
import { Overlay } from './overlay.js';
import { DegreeChart, LatencyChart } from './charts.js';
import { EventList } from './events.js';
import { Counters } from './counters.js';
import { Deeds } from './deeds.js';
import { Feed } from './feed.js';
import { gone, watchOnly } from './program.js';
import { timeOf } from './words.js';

const $ = (id) => document.getElementById(id);
const figureInterval = 500;
const describeInterval = 3000;

const world = new World();
const deeds = new Deeds($('deeds'), world);
const overlay = new Overlay($('overlay'), world, { onSelect: (selection) => deeds.show(selection) });
const counters = new Counters($('counters'));
const degrees = new DegreeChart($('degrees'));
const latency = new LatencyChart($('latency'));
const events = new EventList($('events'), {
  startOf: () => world.scenarioStart,
  onPick: (event) => overlay.selectAddress(event.about ?? event.node ?? null),
});

function wordOf(state) {
  if (state === 'lost') return gone;
  if (state === 'loading') return 'loading';
  const isOver = world.ended !== null;
  if (world.run.stored) return isOver ? 'stored run, at its end' : 'stored run';
  return isOver ? 'the run has ended' : 'live';
}

function showState(state) {
  const word = wordOf(state);
  $('state').dataset.state = state;
  if ($('state').textContent !== word) $('state').textContent = word;
}

function introduce() {
  const { scenario, runtime, randomSeed, quorum } = world.run;
  const kind = runtime === 'tcp' ? 'real TCP' : 'simulated';
  $('title').textContent = scenario;
  $('about').textContent = `${kind}, random seed ${randomSeed}, quorum ${quorum}`;
  document.title = `${scenario}, ${world.run.stored ? 'stored run' : 'live'}: GossipSim`;
}

let state = 'loading';
new Feed({
  onSnapshot(snapshot) {
    const chosen = overlay.selection?.node?.address ?? null;
    const wasEmpty = world.nodes.length === 0;
    const gap = snapshot.seq - world.seq;
    if (gap < 0) events.clear();           // another run answers at this address now
    world.load(snapshot);
    if (!wasEmpty && gap > 0) events.add([{ seq: snapshot.seq, time: snapshot.time, kind: `${gap} events not shown` }]);
    introduce();
    overlay.reload();
    overlay.selectAddress(chosen);
    deeds.draw();
    drawFigures();
  },
  onBatch(batch) {
    world.applyBatch(batch);
    for (const event of batch.events) overlay.note(event);
    events.add(batch.events);
  },
  onState(now) {
    state = now;
    showState(now);
  },
});

let drawnSeq = -1;
function drawFigures() {
  showState(state);
  $('clock').textContent = timeOf(world.at, world.scenarioStart);
  if (document.hidden || drawnSeq === world.seq) return;
  drawnSeq = world.seq;
  counters.draw(world);
  degrees.draw(world);
  latency.draw(world);
  deeds.draw();
}

watchOnly().then((reason) => deeds.restrict(reason), () => {});
setInterval(drawFigures, figureInterval);
setInterval(() => {
  const words = world.describe();
  if ($('description').textContent !== words) $('description').textContent = words;
}, describeInterval);

$('fit').addEventListener('click', () => overlay.fit());
$('larger').addEventListener('click', () => overlay.zoom(1.4));
$('smaller').addEventListener('click', () => overlay.zoom(1 / 1.4));
$('find').addEventListener('change', () => {
  const wanted = $('find').value.trim();
  const found = wanted === '' ? null
    : world.nodes.find((node) => node.address === wanted || node.address.endsWith(`:${wanted}`));
  overlay.select(found ? { node: found } : null);
});

// For tests and for people who look under the hood; nothing of it changes the run.
window.gossipsim = { world, overlay, events };
