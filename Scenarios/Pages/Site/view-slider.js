// The whole run as a line: how much happened when, where faults struck, and where the page is now.

import { microseconds } from './view-source.js';
import { timeOf } from './words.js';

const namespace = 'http://www.w3.org/2000/svg';
const height = 44;
const mostButtons = 60;
const names = {
  faultStruck: 'fault', faultEnded: 'end of fault', processCrashed: 'crash', entryCommitted: 'removed',
};

export class Slider {
  /** elements: range, chart (svg), marks, time. onSeek gets microseconds, onMark a mark. */
  constructor(elements, { onSeek, onMark }) {
    Object.assign(this, elements, { onSeek, onMark });
    this.range.addEventListener('input', () => this.onSeek(Number(this.range.value)));
  }

  begin(about) {
    this.about = about;
    this.end = microseconds(about.end);
    this.range.max = this.end;
    this.range.step = Math.max(1, Math.round(this.end / 20000));
    this.drawHistogram(about);
    this.drawMarks(about.marks);
  }

  show(at) {
    this.range.value = at;
    const words = timeOf(at / 1e6, this.about.scenarioStart);
    this.range.setAttribute('aria-valuetext', words);
    if (this.time.textContent !== words) this.time.textContent = words;
  }

  /** Gossip and all else, each by its own height: roots, so that little is seen beside much. */
  drawHistogram({ gossip, others }) {
    this.chart.setAttribute('viewBox', `0 0 ${gossip.length} ${height}`);
    this.chart.setAttribute('preserveAspectRatio', 'none');
    this.chart.replaceChildren();
    for (const [counts, name] of [[gossip, 'gossip'], [others, 'others']]) {
      const most = Math.sqrt(Math.max(1, ...counts));
      let path = '';
      counts.forEach((count, bin) => {
        const bar = Math.sqrt(count) / most * (name === 'gossip' ? height : height * 0.6);
        if (bar > 0) path += `M${bin} ${height}v${-bar.toFixed(1)}h1v${bar.toFixed(1)}z`;
      });
      const bars = document.createElementNS(namespace, 'path');
      bars.setAttribute('d', path);
      bars.setAttribute('class', name);
      this.chart.append(bars);
    }
  }

  drawMarks(marks) {
    this.marks.replaceChildren();
    for (const mark of marks.slice(0, mostButtons)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'mark';
      button.dataset.kind = mark.kind;
      const what = mark.fault ? `${mark.fault}: ${mark.word}` : mark.node;
      button.title = `${names[mark.kind] ?? mark.kind}: ${what}, ${timeOf(mark.time, this.about.scenarioStart)}`;
      button.setAttribute('aria-label', button.title);
      button.style.left = `${100 * microseconds(mark.time) / Math.max(1, this.end)}%`;
      button.addEventListener('click', () => this.onMark(mark));
      this.marks.append(button);
    }
  }
}
