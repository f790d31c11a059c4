// The step-by-step page: what the reader chooses and presses, and what is shown of each step.
import { Picture } from "./demo-picture.js";
import { Story, setup } from "./demo-story.js";
import { gone, watchProgram } from "./program.js";

const byId = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const small = matchMedia("(max-width: 800px), (max-height: 600px)");

/** Milliseconds that a step stays at speed 1, before its words are counted. */
const STEP = 1200;
const PER_LETTER = 22;
const WAVE = 750;

/** What is chosen, and the field of the form where it stands. */
const FIELDS = { seeds: "seeds", peers: "peers", rule: "rule", randomSeed: "random-seed" };

const LEGEND = [
  ["seed", "seed node"], ["peer", "peer"], ["vote", "vote YES"], ["gossip", "has the message"],
  ["paused", "stopped"], ["suspect", "suspected"], ["dead", "dead"], ["removed", "removed"],
];

let story;
let titles = [];
let timer = 0;
let isBusy = false;
let waiting;
const picture = new Picture(byId("picture"));

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

const speed = () => 2 ** (Number(byId("speed").value) - 2);

function showPhases() {
  byId("phases").replaceChildren(...titles.map((title, index) => {
    const button = element("button", `${index + 1} `, "demo-phase");
    button.type = "button";
    button.append(element("span", title));
    if (index + 1 === story.phase) button.setAttribute("aria-current", "step");
    else if (index + 1 < story.phase) button.dataset.state = "done";
    button.addEventListener("click", () => act(() => story.goTo(index + 1)));
    const item = element("li");
    item.append(button);
    return item;
  }));
}

function tableOf({ title, columns, rows, marked }) {
  const table = element("table");
  table.append(element("caption", title));
  const head = element("tr");
  for (const column of columns) {
    const cell = element("th", column);
    cell.scope = "col";
    head.append(cell);
  }
  const body = element("tbody");
  rows.forEach((cells, index) => {
    const row = element("tr", undefined, marked.includes(index) ? "marked" : "");
    row.append(...cells.map((cell) => element("td", cell)));
    body.append(row);
  });
  const top = element("thead");
  top.append(head);
  table.append(top, body);
  return table;
}

/** Columns of tables that are also written in the picture. */
const NOTES = {
  vote: (value) => value,
  links: (value) => (value === "1" ? "1 link" : `${value} links`),
  "missed in a row": (value) => `missed ${value}`,
};

/** The first table of votes or misses is also written under the nodes that it is about. */
function notesOf(step) {
  const notes = new Map();
  for (const { columns, rows } of step.tables) {
    if (!(columns[1] in NOTES)) continue;
    for (const [label, value] of rows) {
      const node = story.nodes.findIndex((each) => each.label === label);
      if (node >= 0 && !notes.has(node) && value !== "\u2013") notes.set(node, NOTES[columns[1]](value));
    }
  }
  return notes;
}

function show(withMotion) {
  const step = story.step;
  showPhases();
  const place = `step ${story.index + 1} of ${story.length}`;
  byId("where").textContent = `Phase ${story.phase} of ${story.phaseCount}: ${titles[story.phase - 1]}, ${place}`;
  byId("clock").textContent = `${step.seconds.toFixed(3)} s`;
  byId("title").textContent = step.title;
  byId("text").replaceChildren(...step.text.map((paragraph) => element("p", paragraph)));
  byId("tables").replaceChildren(...step.tables.map(tableOf));
  byId("source").textContent = step.source ?? "";
  const now = story.picture();
  picture.draw(now, step, notesOf(step));
  byId("picture-words").textContent = inWords(now, step);
  picture.fly(withMotion ? step.messages : [], WAVE / speed(), still.matches);
  byId("back").disabled = story.isAtBeginning;
  byId("step").disabled = byId("next-phase").disabled = byId("play").disabled = story.isAtEnd;
  byId("next-phase").disabled = story.phase === story.phaseCount;
  const moment = new URLSearchParams({ ...story.choice, phase: story.phase, step: story.index + 1 });
  history.replaceState(null, "", `#${moment}`);
}

function inWords({ looks, links }, step) {
  const there = story.nodes.filter((_, index) => looks[index]).length;
  const busy = step.nodes.map((node) => story.nodes[node].name).join(", ");
  return `${there} of ${story.nodes.length} nodes are there, with ${links.size} links. Shown: ${busy || "all"}.`;
}

/** What is pressed while an answer is awaited is not counted. */
async function act(deed, withMotion = true) {
  if (story && !isBusy) await only(deed, withMotion);
}

/** One thing at a time; the last choice that came meanwhile is taken up afterwards. */
async function only(deed, withMotion) {
  isBusy = true;
  try {
    if (await deed() !== false) show(withMotion);
    byId("refused").textContent = "";
  } catch (wrong) {
    pause();
    byId("refused").textContent = wrong.message;
  } finally {
    isBusy = false;
  }

  const next = waiting;
  waiting = undefined;
  await next?.();
}

const isPlaying = () => timer !== 0;

function pause() {
  clearTimeout(timer);
  timer = 0;
  byId("play").textContent = "Play";
  byId("play").setAttribute("aria-pressed", "false");
}

function play() {
  byId("play").textContent = "Pause";
  byId("play").setAttribute("aria-pressed", "true");
  timer = setTimeout(async () => {
    await act(() => story.forward());
    if (!isPlaying()) return;
    if (story.isAtEnd) pause();
    else play();
  }, lengthOf(story.step) / speed());
}

/** As long as its words take to read, and at least as long as its messages move. */
function lengthOf(step) {
  const letters = step.text.join(" ").length + step.title.length;
  const waves = new Set(step.messages.map((message) => message.wave)).size;
  return Math.max(STEP + PER_LETTER * letters, (waves + 0.5) * WAVE);
}

const toggle = () => (isPlaying() ? pause() : story.isAtEnd || play());

/** What is chosen once takes no room on a small screen. */
function foldNetwork() {
  byId("network").open = !small.matches;
}

function showSpeed() {
  byId("speed-words").textContent = `${speed().toLocaleString("en", { maximumFractionDigits: 2 })} \u00d7 reading pace`;
}

const chosen = () => Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, byId(id).value]));

async function restart(place) {
  pause();
  if (isBusy) {
    waiting = () => restart(place);
    return;
  }

  await only(async () => {
    const next = new Story(chosen(), titles.length);
    await next.goTo(place?.phase ?? 1, place?.index ?? 0);
    picture.place(next.nodes);
    story = next;
  }, true);
}

function toggleHelp() {
  byId("help").hidden = !byId("help").hidden;
  byId("keys").setAttribute("aria-expanded", String(!byId("help").hidden));
}

function changeSpeed(by) {
  byId("speed").value = Number(byId("speed").value) + by;
  showSpeed();
}

const deeds = {
  " ": toggle,
  ".": () => { pause(); act(() => story.forward()); },
  ",": () => { pause(); act(() => story.back(), false); },
  n: nextPhase,
  N: nextPhase,
  "+": () => changeSpeed(0.5),
  "-": () => changeSpeed(-0.5),
  "?": toggleHelp,
};

function nextPhase() {
  act(() => (story.phase < story.phaseCount ? story.goTo(story.phase + 1) : false));
}

function pressed(event) {
  const isTyping = event.target instanceof Element && event.target.closest("input, select, textarea");
  const isButton = event.target instanceof Element && event.target.closest("button") && event.key === " ";
  if (isTyping || isButton || event.ctrlKey || event.altKey || event.metaKey || !(event.key in deeds)) return;
  event.preventDefault();
  deeds[event.key]();
}

function listen() {
  byId("choice").addEventListener("submit", (event) => { event.preventDefault(); restart(); });
  byId("rule").addEventListener("change", () => restart());
  byId("step").addEventListener("click", deeds["."]);
  byId("back").addEventListener("click", deeds[","]);
  byId("play").addEventListener("click", toggle);
  byId("next-phase").addEventListener("click", nextPhase);
  byId("keys").addEventListener("click", toggleHelp);
  byId("speed").addEventListener("input", showSpeed);
  document.addEventListener("keydown", pressed);
  addEventListener("hashchange", () => restart(placeInLink()));
  small.addEventListener("change", foldNetwork);
  new ResizeObserver(() => { if (story && !isBusy) picture.resize(); }).observe(byId("picture"));
}

/** A link to a moment: #seeds=3&peers=8&phase=5&step=12; what it does not say is as the form has it. */
function placeInLink() {
  const link = new URLSearchParams(location.hash.slice(1));
  for (const [name, id] of Object.entries(FIELDS)) if (link.has(name)) byId(id).value = link.get(name);
  const phase = Number(link.get("phase"));
  const step = Number(link.get("step"));
  return phase >= 1 && phase <= titles.length ? { phase, index: Math.max(0, (step || 1) - 1) } : undefined;
}

async function begin() {
  const given = await setup();
  titles = given.phases;
  for (const [id, value, least, most] of [
    ["seeds", given.seeds, given.fewestSeeds, given.mostSeeds],
    ["peers", given.peers, given.fewestPeers, given.mostPeers],
  ]) {
    Object.assign(byId(id), { value, min: least, max: most, title: `${least} to ${most}` });
  }
  byId("random-seed").value = given.randomSeed;
  byId("rule").replaceChildren(...given.rules.map(({ word, label }) => {
    const option = element("option", label);
    option.value = word;
    option.selected = word === given.rule;
    return option;
  }));
  byId("legend").replaceChildren(...LEGEND.map(([kind, words]) => {
    const chip = element("li", words, "chip");
    chip.dataset.kind = kind;
    return chip;
  }));
  showSpeed();
  foldNetwork();
  listen();
  // For tests and for the curious: where the reader is.
  window.gossipsim = { get story() { return story; } };
  await restart(placeInLink());
  watchProgram((isThere) => { byId("refused").textContent = isThere ? "" : gone; });
}

begin();
