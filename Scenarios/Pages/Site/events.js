// The list of events, newest below. Only the rows in view are elements, so that a hundred thousand cost no more.

import { groupOf, groups, inWords, timeOf } from './words.js';

const mostKept = 50000;
const rowHeight = 24;

export class EventList {
  /** element gets the list; options.onPick gets the event that somebody chose, options.startOf the scenario's start. */
  constructor(element, options = {}) {
    this.element = element;
    this.onPick = options.onPick ?? (() => {});
    this.startOf = options.startOf ?? (() => null);
    this.all = [];
    this.shown = [];
    this.hiddenGroups = new Set(['gossip']);
    this.text = '';
    this.sticks = true;
    this.build();
  }

  build() {
    const bar = make('div', 'toolbar');
    for (const [id, group] of Object.entries(groups)) {
      const label = make('label', 'check');
      const box = make('input');
      box.type = 'checkbox';
      box.checked = !this.hiddenGroups.has(id);
      box.addEventListener('change', () => {
        if (box.checked) this.hiddenGroups.delete(id);
        else this.hiddenGroups.add(id);
        this.refilter();
      });
      label.append(box, ` ${group.name}`);
      bar.append(label);
    }
    this.search = make('input');
    this.search.type = 'search';
    this.search.placeholder = 'filter: a port, a word';
    this.search.setAttribute('aria-label', 'Show only events with this text');
    this.search.addEventListener('input', () => this.setFilter(this.search.value));
    this.total = make('span', 'status');
    bar.append(this.search, this.total);

    this.view = make('div', 'rows');
    this.view.tabIndex = 0;
    this.view.setAttribute('role', 'log');
    this.view.setAttribute('aria-label', 'Events');
    this.view.setAttribute('aria-live', 'off');
    this.space = make('div', 'space');
    this.list = make('ol', 'list');
    this.space.append(this.list);
    this.view.append(this.space);
    this.view.addEventListener('scroll', () => {
      this.sticks = this.view.scrollTop + this.view.clientHeight > this.view.scrollHeight - rowHeight * 1.5;
      this.draw();
    });
    this.element.append(bar, this.view);
    new ResizeObserver(() => this.draw()).observe(this.view);
  }

  add(events) {
    for (const event of events) {
      this.all.push(event);
      if (this.isShown(event)) this.shown.push(event);
    }
    if (this.all.length > mostKept * 1.2) {
      this.all.splice(0, this.all.length - mostKept);
      this.shown = this.all.filter((event) => this.isShown(event));
    }
    this.schedule();
  }

  clear() {
    this.all = [];
    this.shown = [];
    this.schedule();
  }

  setFilter(text) {
    this.text = text.trim().toLowerCase();
    if (this.search.value !== text) this.search.value = text;
    this.refilter();
  }

  refilter() {
    this.shown = this.all.filter((event) => this.isShown(event));
    this.schedule();
  }

  isShown(event) {
    if (this.hiddenGroups.has(groupOf(event))) return false;
    return this.text === '' || inWords(event).toLowerCase().includes(this.text);
  }

  schedule() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  draw() {
    this.space.style.height = `${this.shown.length * rowHeight}px`;
    if (this.sticks) this.view.scrollTop = this.view.scrollHeight;
    const first = Math.max(0, Math.floor(this.view.scrollTop / rowHeight) - 2);
    const count = Math.ceil(this.view.clientHeight / rowHeight) + 4;
    const rows = this.shown.slice(first, first + count);
    this.list.style.transform = `translateY(${first * rowHeight}px)`;
    while (this.list.children.length > rows.length) this.list.lastChild.remove();
    while (this.list.children.length < rows.length) this.list.append(this.makeRow());
    rows.forEach((event, place) => this.fill(this.list.children[place], event));
    this.total.textContent = `${this.shown.length} of ${this.all.length} events`;
  }

  makeRow() {
    const row = make('li');
    const button = make('button', 'row');
    button.type = 'button';
    button.append(make('span', 'mono when'), make('span', 'what'));
    button.addEventListener('click', () => this.onPick(row.event));
    row.append(button);
    return row;
  }

  fill(row, event) {
    if (row.event === event) return;
    row.event = event;
    const [when, what] = row.firstChild.children;
    when.textContent = timeOf(event.time, this.startOf());
    what.textContent = inWords(event);
    row.firstChild.dataset.group = groupOf(event);
    row.firstChild.title = what.textContent;
  }
}

function make(name, className = '') {
  const element = document.createElement(name);
  if (className) element.className = className;
  return element;
}
