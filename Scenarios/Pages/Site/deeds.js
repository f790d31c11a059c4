// What people may do to nodes and links, and why not where they may not.

import { gone } from './program.js';

const deeds = [
  { word: 'crash', label: 'Crash', isDanger: true, fits: ({ node }) => node?.isUp },
  { word: 'pause', label: 'Pause', fits: ({ node }) => node?.isUp && !node.isPaused },
  { word: 'resume', label: 'Resume', fits: ({ node }) => node?.isUp && node.isPaused },
  { word: 'restart', label: 'Restart', fits: ({ node }) => node !== undefined && node.everStarted },
  { word: 'leave', label: 'Leave', fits: ({ node }) => node?.isUp && !node.isSeed && !node.hasLeft },
  { word: 'cut', label: 'Cut the link', isDanger: true, fits: ({ link }, world) => link && !isCut(world, link) },
  { word: 'isolate', label: 'Cut off', isDanger: true, fits: ({ node }, world) => node && world.faults.size === 0 },
  { word: 'heal', label: 'Heal all cuts', fits: (_, world) => world.faults.size > 0 },
  { word: 'add', label: 'Add a peer', fits: () => true },
];

export class Deeds {
  constructor(element, world) {
    this.world = world;
    this.selection = null;
    this.watchOnly = null;         // why this page may do nothing, whatever the run allows
    this.title = document.createElement('p');
    this.buttons = document.createElement('div');
    this.buttons.className = 'toolbar';
    this.answer = document.createElement('p');
    this.answer.className = 'status';
    this.answer.setAttribute('role', 'status');
    element.append(this.title, this.buttons, this.answer);
    for (const deed of deeds) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = deed.isDanger ? 'button danger' : 'button';
      button.textContent = deed.label;
      button.dataset.deed = deed.word;
      button.addEventListener('click', () => this.ask(deed.word));
      this.buttons.append(button);
    }
    this.draw();
  }

  show(selection) {
    this.selection = selection;
    this.answer.textContent = '';
    this.draw();
  }

  restrict(reason) {
    this.watchOnly = reason;
    this.draw();
  }

  draw() {
    const { allowed, reason } = this.rights();
    const chosen = this.selection ?? {};
    this.title.textContent = this.inWords();
    for (const [place, deed] of deeds.entries()) {
      const button = this.buttons.children[place];
      button.hidden = !allowed.includes(deed.word);
      const refused = deed.fits(chosen, this.world) ? '' : notNow(deed, chosen);
      if (button.disabled !== (refused !== '')) button.disabled = refused !== '';
      if (button.title !== refused) button.title = refused;
    }
    if (allowed.length === 0 && this.answer.textContent !== reason) this.answer.textContent = reason;
  }

  /** The words of what is allowed, and why nothing is. */
  rights() {
    const { allowed = [], reason = '' } = this.world.run.deeds ?? {};
    return allowed.length > 0 && this.watchOnly ? { allowed: [], reason: this.watchOnly } : { allowed, reason };
  }

  inWords() {
    if (this.selection?.link) return `Link ${this.selection.link.map((node) => node.address).join(' \u2013 ')}`;
    const node = this.selection?.node;
    if (!node) return 'Choose a node or a link in the picture.';
    const what = `${node.isSeed ? 'Seed node' : 'Peer'} ${node.address}: ${node.state}`;
    return node.isSeed ? what
      : `${what}, ${node.degree} links${node.epoch ? `, epoch ${node.epoch}` : ''}`
        + (node.suspectedBy.size ? `, suspected by ${node.suspectedBy.size}` : '');
  }

  async ask(word) {
    const { node, link } = this.selection ?? {};
    const wanted = { deed: word };
    if (node) wanted.node = node.address;
    if (link) [wanted.node, wanted.other] = link.map((end) => end.address);
    this.answer.textContent = '...';
    try {
      const response = await fetch('api/deeds', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wanted),
      });
      const told = await response.json();
      this.answer.textContent = response.ok ? told.said : told.reason;
    } catch {
      this.answer.textContent = gone;
    }
  }
}

function isCut(world, [a, b]) {
  return [...world.faults.values()].some(({ groups }) =>
    groups.some((group) => group.includes(a.address)) && groups.some((group) => group.includes(b.address)
      && !group.includes(a.address)));
}

function notNow(deed, { node, link }) {
  if (deed.word === 'cut') return link ? 'this link is cut already' : 'choose a link';
  if (deed.word === 'heal') return 'nothing is cut';
  if (!node) return 'choose a node';
  if (deed.word === 'isolate') return 'the network is cut already';
  if (!node.isUp) return 'it does not run';
  return 'not in this state';
}
