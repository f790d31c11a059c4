// The page of a stored run: joins its parts, and keeps the address of the moment in the address of the page.

import { RemoteRun } from './view-source.js';
import { Stage } from './view-stage.js';
import { Fork } from './view-fork.js';
import { Counters } from './counters.js';
import { DegreeChart, LatencyChart } from './charts.js';
import { gone, watchOnly, watchProgram } from './program.js';

const $ = (id) => document.getElementById(id);
const figureInterval = 250;
const describeInterval = 3000;
const linkInterval = 500;

const source = new RemoteRun(new URLSearchParams(location.search).get('run') ?? '');
const counters = new Counters($('counters'));
const degrees = new DegreeChart($('degrees'));
const latency = new LatencyChart($('latency'));
let fork = null;
let chosenNode = null;

const stage = new Stage(source, {
  onMoment: () => { isDue = true; },
  onSelect: (selection) => {
    chosenNode = selection?.node ?? null;
    isDue = true;
  },
});
const { world, player, follow } = stage;

let isDue = true;
function drawFigures() {
  if (!isDue || document.hidden || !stage.about) return;
  isDue = false;
  counters.draw(world);
  degrees.draw(world);
  latency.draw(world);
  fork?.draw();
  const node = chosenNode === null ? null : world.find(chosenNode.address);
  const words = node === null ? (chosenNode === null ? '' : `${chosenNode.address}: not there at this moment`)
    : `${node.isSeed ? 'Seed node' : 'Peer'} ${node.address}: ${node.state}, ${node.degree} links`
      + (node.suspectedBy.size > 0 ? `, suspected by ${node.suspectedBy.size}` : '');
  if ($('node').textContent !== words) $('node').textContent = words;
}

/** What the address says: t (scenario seconds), node, message. */
function linked() {
  const said = new URLSearchParams(location.hash.slice(1));
  const seconds = said.has('t') && said.get('t').trim() !== '' ? Number(said.get('t')) : NaN;
  return { seconds: Number.isFinite(seconds) ? seconds : null, node: said.get('node'), message: said.get('message') };
}

let written = '';
function writeLink() {
  if (!stage.about || player.direction !== 0) return;
  const said = new URLSearchParams({ t: ((player.at - player.start) / 1e6).toFixed(6) });
  if (follow.node !== null) said.set('node', follow.node);
  if (follow.message !== null) said.set('message', follow.message);
  const hash = `#${said}`;
  if (hash === written || hash === location.hash) return;
  written = hash;
  history.replaceState(null, '', hash);
}

async function goToLink(wanted) {
  if (wanted.seconds !== null) await player.seek(player.start + wanted.seconds * 1e6);
  if (wanted.message) await follow.followMessage(wanted.message);
  else if (wanted.node) stage.overlay.selectAddress(wanted.node);
}

function introduce(about) {
  const { runtime, randomSeed, quorum } = world.run;
  $('title').textContent = about.scenario;
  $('about').textContent = `${runtime === 'tcp' ? 'real TCP' : 'simulated'}, random seed ${randomSeed}, `
    + `quorum ${quorum}, ${about.events.toLocaleString('en')} events, ${about.id}`;
  document.title = `${about.scenario}, stored run: GossipSim`;
  const remarks = [about.torn, about.sampled].filter((words) => words);
  $('remark').hidden = remarks.length === 0;
  $('remark').textContent = remarks.join(' ');
  showState('stored run');
}

function showState(words, state = 'stored') {
  $('state').textContent = words;
  $('state').dataset.state = state;
}

try {
  const wanted = linked();
  await stage.begin();
  introduce(stage.about);
  stage.about.forkReason ??= await watchOnly();
  fork = new Fork($('fork'), source, stage.about, world, {
    at: () => player.at,
    chosen: () => stage.chosen,
  });
  await goToLink(wanted);
  addEventListener('hashchange', () => { if (location.hash !== written) goToLink(linked()); });
  watchProgram((isThere) => isThere ? showState('stored run') : showState(gone, 'lost'));
  setInterval(drawFigures, figureInterval);
  setInterval(writeLink, linkInterval);
  setInterval(() => {
    const words = world.describe();
    if ($('description').textContent !== words) $('description').textContent = words;
  }, describeInterval);
} catch (trouble) {
  showState(trouble.message, 'lost');
}

// For tests and for people who look under the hood.
window.gossipsim = { world, player, stage, source };
