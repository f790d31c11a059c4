// Follows a run: a snapshot, then batches of events. Whoever falls behind is told so and begins again with a snapshot.

import { request } from './program.js';

const pause = 500;               // milliseconds before another attempt

export class Feed {
  /** hearers: onSnapshot(snapshot), onBatch(batch), onState('loading' | 'live' | 'lost'). */
  constructor(hearers) {
    this.hearers = hearers;
    this.begin();
  }

  async begin() {
    this.source?.close();
    this.hearers.onState('loading');
    try {
      const response = await request('api/snapshot');
      if (!response.ok) throw new Error(`snapshot: ${response.status}`);
      const snapshot = await response.json();
      this.hearers.onSnapshot(snapshot);
      this.follow(snapshot.batch);
    } catch {
      this.hearers.onState('lost');
      this.retry(2 * pause);
    }
  }

  follow(after) {
    const source = new EventSource(`api/events?after=${after}`);
    this.source = source;
    source.addEventListener('open', () => this.hearers.onState('live'));
    source.addEventListener('batch', (event) => this.hearers.onBatch(JSON.parse(event.data)));
    source.addEventListener('again', () => {
      source.close();
      this.retry(pause);
    });
    source.addEventListener('error', () => {
      source.close();
      this.hearers.onState('lost');
      this.retry(2 * pause);
    });
  }

  retry(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.begin(), after);
  }
}
