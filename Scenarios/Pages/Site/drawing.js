// How nodes and links look. A state is told by shape and color, so that colors alone never decide.

const names = {
  page: '--page', ink: '--ink', quiet: '--quiet', link: '--link', seed: '--seed', peer: '--peer', suspect: '--suspect',
  dead: '--dead', removed: '--removed', yes: '--vote-yes', no: '--vote-no', gossip: '--gossip', paused: '--paused',
  accent: '--accent', panel: '--panel',
};

/** The colors of the theme as it is now. */
export function colorsOf(element) {
  const style = getComputedStyle(element);
  const valueOf = (variable) => style.getPropertyValue(variable).trim();
  return Object.fromEntries(Object.entries(names).map(([name, variable]) => [name, valueOf(variable)]));
}

export const radiusOf = (node) => node.isSeed ? 9 : 3 + 1.9 * Math.sqrt(node.degree);

const linesOfAPath = 200;
const votesLinger = 4;           // seconds

/** Whether nothing passes between two nodes. */
export function cutBetween(world) {
  const sides = [...world.faults.values()].map((fault) => {
    const side = new Map();
    fault.groups.forEach((group, number) => group.forEach((address) => side.set(address, number)));
    return { side, restIsAGroup: fault.type === 'partition' };
  });
  if (sides.length === 0) return () => false;
  return (a, b) => sides.some(({ side, restIsAGroup }) => {
    const [one, other] = [side.get(a.address), side.get(b.address)];
    if (one === undefined && other === undefined) return false;
    return restIsAGroup ? one !== other : one !== undefined && other !== undefined && one !== other;
  });
}

/** Links in three strokes: whole ones, those of which one end knows nothing (any more), and cut ones. */
export function drawLinks(context, world, layout, scale, colors) {
  const isCut = cutBetween(world);
  const [half, cut] = [new Path2D(), new Path2D()];
  const isDense = world.links.size > 5000;
  context.strokeStyle = colors.link;
  context.lineWidth = (isDense ? 0.6 : 1.1) / scale;
  context.globalAlpha = isDense ? 0.12 : 0.8;
  context.beginPath();
  let drawn = 0;
  for (const link of world.links.values()) {
    const isWhole = link.mask === 3 && (world.faults.size === 0 || !isCut(world.nodes[link.a], world.nodes[link.b]));
    const path = isWhole ? context : link.mask === 3 ? cut : half;
    path.moveTo(layout.x[link.a], layout.y[link.a]);
    path.lineTo(layout.x[link.b], layout.y[link.b]);
    // One path of very many lines takes far longer to fill in than the same lines in several.
    if (!isWhole || ++drawn % linesOfAPath !== 0) continue;
    context.stroke();
    context.beginPath();
  }
  context.stroke();
  context.setLineDash([4 / scale, 4 / scale]);
  context.strokeStyle = colors.removed;
  context.stroke(half);
  context.globalAlpha = 1;
  context.strokeStyle = colors.dead;
  context.lineWidth = 1.6 / scale;
  context.setLineDash([2 / scale, 5 / scale]);
  context.stroke(cut);
  context.setLineDash([]);
}

/** Nodes, all of one look at once. */
export function drawNodes(context, world, layout, scale, colors) {
  const groups = new Map();
  for (const node of world.nodes) {
    const look = node.isSeed ? `seed ${node.state}` : node.state;
    if (!groups.has(look)) groups.set(look, []);
    groups.get(look).push(node);
  }
  const isDense = world.nodes.length > 1500;
  const enlarged = isDense ? Math.max(0.6, Math.min(3, 0.22 / scale)) : Math.max(1, Math.min(3, 0.75 / scale));
  for (const [look, nodes] of groups) drawGroup(context, look, nodes, layout, scale, enlarged, colors, isDense);
}

function drawGroup(context, look, nodes, layout, scale, enlarged, colors, isDense) {
  const fill = new Path2D();
  const marks = new Path2D();
  for (const node of nodes) {
    const radius = Math.max(radiusOf(node) * enlarged, node.isSeed ? 5 / scale : 0);
    const [x, y] = [layout.x[node.index], layout.y[node.index]];
    if (node.isSeed) fill.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else if (radius * scale < 2.2) fill.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      fill.moveTo(x + radius, y);
      fill.arc(x, y, radius, 0, 2 * Math.PI);
    }
    mark(marks, node, x, y, radius, look);
  }
  const style = lookOf(look, colors);
  context.lineWidth = 1.8 / scale;
  context.fillStyle = style.fill;
  context.fill(fill);
  context.strokeStyle = style.line;
  context.globalAlpha = style.isFaint ? 0.65 : 1;
  if (!isDense || style.line !== colors.panel) context.stroke(fill);
  context.globalAlpha = 1;
  context.strokeStyle = style.mark;
  context.lineWidth = 2.2 / scale;
  context.stroke(marks);
}

function mark(path, node, x, y, radius, look) {
  const inner = Math.max(3, radius * 0.62);
  if (look.endsWith('crashed') || look.endsWith('removed')) {
    path.moveTo(x - inner, y - inner);
    path.lineTo(x + inner, y + inner);
    path.moveTo(x + inner, y - inner);
    path.lineTo(x - inner, y + inner);
  } else if (look.endsWith('paused')) {
    for (const side of [-0.4, 0.4]) {
      path.moveTo(x + side * inner, y - inner * 0.7);
      path.lineTo(x + side * inner, y + inner * 0.7);
    }
  } else if (look === 'suspected') {
    path.moveTo(x + radius + 4, y);
    path.arc(x, y, radius + 4, 0, 2 * Math.PI);
  }
  if (node.isLiar) {
    path.moveTo(x, y - inner * 0.6);
    path.lineTo(x, y + inner * 0.2);
    path.moveTo(x, y + inner * 0.5);
    path.lineTo(x, y + inner * 0.7);
  }
}

function lookOf(look, colors) {
  switch (look) {
    case 'member': return { fill: colors.peer, line: colors.panel, mark: colors.panel };
    case 'suspected': return { fill: colors.peer, line: colors.panel, mark: colors.suspect };
    case 'registering': return { fill: colors.panel, line: colors.peer, mark: colors.peer };
    case 'paused': return { fill: colors.paused, line: colors.panel, mark: colors.panel };
    case 'elsewhere':
    case 'left': return { fill: colors.panel, line: colors.removed, mark: colors.removed, isFaint: true };
    case 'crashed': return { fill: colors.panel, line: colors.dead, mark: colors.dead };
    case 'removed': return { fill: colors.panel, line: colors.removed, mark: colors.removed, isFaint: true };
    case 'seed elsewhere': return { fill: colors.panel, line: colors.seed, mark: colors.seed, isFaint: true };
    case 'seed crashed': return { fill: colors.panel, line: colors.dead, mark: colors.dead };
    case 'seed paused': return { fill: colors.paused, line: colors.panel, mark: colors.panel };
    case 'seed learning': return { fill: colors.panel, line: colors.seed, mark: colors.seed };
    default: return { fill: colors.seed, line: colors.panel, mark: colors.panel };
  }
}

/** Votes about removals that are open, or were until a moment ago. */
export const votesShown = (world) => [...world.proposals.values()].filter(
  (vote) => vote.op === 'remove' && (vote.state === 'open' || world.at - vote.closedAt < votesLinger));

/** The votes about a removal: a line from each voter. */
export function drawVotes(context, world, layout, scale, colors) {
  for (const vote of votesShown(world)) {
    const about = world.find(vote.about);
    if (!about) continue;
    const [x, y] = [layout.x[about.index], layout.y[about.index]];
    for (const [voters, color] of [[vote.yes, colors.yes], [vote.no.keys(), colors.no]]) {
      context.strokeStyle = color;
      context.lineWidth = 1.8 / scale;
      context.setLineDash([6 / scale, 4 / scale]);
      context.beginPath();
      for (const voter of voters) {
        const node = world.find(voter);
        if (!node) continue;
        context.moveTo(layout.x[node.index], layout.y[node.index]);
        context.lineTo(x, y);
      }
      context.stroke();
    }
    context.setLineDash([]);
  }
}
