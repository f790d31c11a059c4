// Words in the picture: each stands where it covers no other, and as few nodes as possible. Words without such a place
// are left out, the most important ones are placed first.

import { radiusOf, votesShown } from './drawing.js';

const fontSize = 12;             // all lengths in pixels of the screen
const lineHeight = 15;
const gap = 3;
const mostNamed = 1500;          // in a larger world only some nodes have names

/**
 * view is what is seen: the part of the world as left, top, right, bottom, its scale, and its width on the screen.
 * Returns where words were written, as boxes in the world.
 */
export function drawLabels(context, world, layout, colors, view, chosen) {
  const { scale } = view;
  const circles = world.nodes.map((node) => circleOf(node, layout, scale)).filter((circle) => isIn(view, circle));
  const seen = new Set(circles.map((circle) => circle.node));
  const names = namedNodes(world, view, chosen).filter((node) => seen.has(node)).map((node) => ({
    text: node.address.slice(node.address.lastIndexOf(':')), node, isFirst: chosen.includes(node),
  }));
  const votes = votesShown(world).map((vote) => ({
    text: `${vote.yes.size} YES, ${vote.quorum} needed`, node: world.find(vote.about), isStrong: true,
  })).filter(({ node }) => node && seen.has(node));
  const placed = [];
  for (const words of [...names.filter((name) => name.isFirst), ...votes, ...names.filter((name) => !name.isFirst)]) {
    context.font = `${words.isStrong ? 600 : 400} ${fontSize / scale}px system-ui, "Liberation Sans", sans-serif`;
    const size = { width: context.measureText(words.text).width + 2 * gap / scale, height: lineHeight / scale };
    const place = placeFor(circleOf(words.node, layout, scale), size, words.isStrong, gap / scale, circles, placed);
    if (place === null) continue;
    placed.push(place);
    write(context, words, place, scale, colors);
  }
  return placed;
}

/** The nodes worth naming, the most important first: all where there is room, else the seed nodes and the hubs. */
function namedNodes(world, { scale, width }, chosen) {
  const peers = world.nodes.filter((node) => !node.isSeed && node.degree > 0);
  const areFew = peers.length <= 30 && scale > 0.8 && width > 500;
  const few = areFew ? peers : peers.sort((a, b) => b.degree - a.degree).slice(0, 4);
  const all = scale > 1.6 && world.nodes.length <= mostNamed ? world.nodes : few;
  return [...new Set([...chosen, ...world.nodes.filter((node) => node.isSeed), ...all])];
}

function circleOf(node, layout, scale) {
  const radius = radiusOf(node) * Math.max(1, Math.min(3, 0.75 / scale));
  return { node, x: layout.x[node.index], y: layout.y[node.index], radius };
}

const isIn = (view, { x, y }) => x > view.left && x < view.right && y > view.top && y < view.bottom;

/** The best of the places around a node; null when words stand at each of them. */
function placeFor({ node, x, y, radius }, { width, height }, isAbove, space, circles, placed) {
  const [down, side] = [radius + space + height / 2, radius + space + width / 2];
  const near = [[0, down], [0, -down], [side, 0], [-side, 0]];
  const far = [[side, down], [-side, down], [side, -down], [-side, -down], [0, down + height], [0, -down - height],
    [side, 2 * down], [-side, 2 * down], [side, -2 * down], [-side, -2 * down]];
  const offsets = isAbove ? [near[1], near[0], ...far, near[2], near[3]] : [...near, ...far];
  let [best, fewest] = [null, Infinity];
  for (const [dx, dy] of offsets) {
    const box = {
      x: x + dx, y: y + dy, left: x + dx - width / 2, right: x + dx + width / 2, top: y + dy - height / 2,
      bottom: y + dy + height / 2,
    };
    if (placed.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom
      && box.bottom > other.top)) continue;
    const covered = circles.reduce((count, circle) => count + (circle.node !== node && covers(box, circle) ? 1 : 0), 0);
    if (covered < fewest) [best, fewest] = [box, covered];
    if (covered === 0) break;
  }
  return best;
}

const covers = (box, { x, y, radius }) => x + radius > box.left && x - radius < box.right && y + radius > box.top
  && y - radius < box.bottom;

function write(context, { text, isStrong }, { x, y }, scale, colors) {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 3.5 / scale;
  context.lineJoin = 'round';
  context.strokeStyle = colors.panel;
  context.strokeText(text, x, y);
  context.fillStyle = isStrong ? colors.ink : colors.quiet;
  context.fillText(text, x, y);
}
