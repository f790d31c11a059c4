// What moves for a moment: messages along links, votes, and rings where something happened.

const most = 800;
const dotSize = 5;               // squares: without a graphics card a stroke costs four times as much
const lasting = { gossip: 420, vote: 700, probe: 500, ring: 1400 };

export class Pulses {
  constructor() {
    this.items = [];
    this.isStill = false;        // for readers who want no motion: nothing travels, rings stand for a moment
  }

  get any() {
    return this.items.length > 0;
  }

  /** Something travels from one node to another. */
  send(from, to, kind, now) {
    if (this.isStill || this.items.length >= most || from === to) return;
    this.items.push({ from, to, kind, begun: now, ends: now + lasting[kind === 'gossip' ? 'gossip' : 'vote'] });
  }

  /** A ring around a node. */
  ring(node, kind, now) {
    if (this.items.length >= most) return;
    this.items.push({ from: node, to: node, kind, begun: now, ends: now + lasting.ring });
  }

  /** Starts what an event shows. */
  note(event, world, now) {
    const at = event.node === undefined ? null : world.find(event.node);
    const about = event.about === undefined ? null : world.find(event.about);
    switch (event.kind) {
      case 'gossipDelivered': if (at && about) this.send(about.index, at.index, 'gossip', now); break;
      case 'gossipPublished': if (at) this.ring(at.index, 'gossip', now); break;
      case 'voteCast': if (at && about) this.send(at.index, about.index, event.detail.yes ? 'yes' : 'no', now); break;
      case 'deathReported':
        for (const node of world.nodes) if (at && node.isSeed) this.send(at.index, node.index, 'dead', now);
        break;
      case 'witnessHeard': if (at && about) this.send(at.index, about.index, 'suspect', now); break;
      case 'suspected': if (about) this.ring(about.index, 'suspect', now); break;
      case 'processCrashed': if (at) this.ring(at.index, 'dead', now); break;
      case 'entryCommitted':
        if (about) this.ring(about.index, event.detail.op === 'remove' ? 'dead' : 'yes', now);
        break;
      case 'processStarted': if (at && world.scenarioStart !== null) this.ring(at.index, 'yes', now); break;
    }
  }

  draw(context, now, scale, layout, colors) {
    this.items = this.items.filter((item) => item.ends > now);
    for (const item of this.items) {
      const share = Math.min(1, Math.max(0, (now - item.begun) / (item.ends - item.begun)));
      const color = colors[item.kind];
      const [ax, ay] = [layout.x[item.from], layout.y[item.from]];
      if (item.from === item.to) {
        context.globalAlpha = 1 - share;
        context.strokeStyle = color;
        context.lineWidth = 2.5 / scale;
        context.beginPath();
        context.arc(ax, ay, (8 + (this.isStill ? 10 : 26 * share)) / Math.sqrt(scale), 0, 2 * Math.PI);
        context.stroke();
      } else {
        const [bx, by] = [layout.x[item.to], layout.y[item.to]];
        const size = dotSize / scale;
        context.globalAlpha = 0.9;
        context.fillStyle = color;
        context.fillRect(ax + (bx - ax) * share - size / 2, ay + (by - ay) * share - size / 2, size, size);
      }
    }
    context.globalAlpha = 1;
  }
}
