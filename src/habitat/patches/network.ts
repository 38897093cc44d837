import { sin } from '../../math/elementary.ts';
import type { PatchesParameters } from './parameters.ts';

/** Side of the square in which patches are drawn, lengths. */
export const side = 512;

const circle = 6.283185307179586;
const cos = (angle: number) => sin(angle + circle / 4);

/** Patches as nodes of a graph: the links of node i are `starts[i]` to `starts[i + 1] - 1`, sorted by the node that they lead to. */
export interface Network {
  readonly nodes: number;
  readonly starts: Uint32Array;
  readonly to: Uint32Array;
  /** Chance that an attempt to travel along a link succeeds. */
  readonly rates: Float64Array;
  /** Unit vector from the node to the other end of the link, as they are drawn. */
  readonly directionX: Float64Array;
  readonly directionY: Float64Array;
  /** Centres of the patches as they are drawn, lengths. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Radius of a patch as it is drawn, lengths. */
  readonly radius: number;
}

/** Pairs of linked patches, `from` before `to`. */
function pairsOf({ graph, nodes, links }: PatchesParameters): readonly { from: number; to: number; rate: number }[] {
  const pairs: { from: number; to: number; rate: number }[] = [];
  const link = (from: number, to: number) => pairs.push({ from, to, rate: 1 });
  const along = Math.round(Math.sqrt(nodes));
  for (let i = 0; i < nodes; i++) {
    if (graph === 'ring' && (i + 1 < nodes || nodes > 2)) link(i, (i + 1) % nodes);
    else if (graph === 'star' && i > 0) link(0, i);
    else if (graph === 'complete') for (let j = i + 1; j < nodes; j++) link(i, j);
    else if (graph === 'lattice') {
      const [column, row] = [i % along, Math.floor(i / along)];
      link(i, row * along + ((column + 1) % along));
      link(i, ((row + 1) % along) * along + column);
    }
  }
  return graph === 'given' ? links : pairs;
}

/** The network of a scene. A link that is listed twice counts once, by its first rate; a link from a patch to itself is left out. */
export function layNetwork(parameters: PatchesParameters): Network {
  const { graph, nodes } = parameters;
  const [x, y] = [new Float64Array(nodes), new Float64Array(nodes)];
  let radius: number;
  if (graph === 'lattice') {
    const along = Math.round(Math.sqrt(nodes));
    const step = side / along;
    radius = 0.4 * step;
    for (let i = 0; i < nodes; i++) {
      x[i] = ((i % along) + 0.5) * step;
      y[i] = (Math.floor(i / along) + 0.5) * step;
    }
  } else {
    const around = graph === 'star' ? nodes - 1 : nodes;
    const far = 0.4 * side;
    radius = Math.min(0.18 * side, 0.42 * 2 * far * sin(circle / 2 / Math.max(around, 2)));
    for (let i = 0; i < nodes; i++) {
      const hub = graph === 'star' && i === 0;
      const angle = (circle * (graph === 'star' ? i - 1 : i)) / around - circle / 4;
      x[i] = side / 2 + (hub ? 0 : far * cos(angle));
      y[i] = side / 2 + (hub ? 0 : far * sin(angle));
    }
  }
  const ends = new Map<number, number>();
  for (const { from, to, rate } of pairsOf(parameters)) {
    for (const [a, b] of [
      [from, to],
      [to, from],
    ]) {
      if (a !== b && !ends.has(a * nodes + b)) ends.set(a * nodes + b, rate);
    }
  }
  const keys = [...ends.keys()].sort((a, b) => a - b);
  const starts = new Uint32Array(nodes + 1);
  for (const key of keys) starts[Math.floor(key / nodes) + 1]++;
  for (let i = 0; i < nodes; i++) starts[i + 1] += starts[i];
  const to = Uint32Array.from(keys, (key) => key % nodes);
  const direction = (of: Float64Array) =>
    Float64Array.from(keys, (key, k) => {
      const from = Math.floor(key / nodes);
      const [dx, dy] = [x[to[k]] - x[from], y[to[k]] - y[from]];
      return (of[to[k]] - of[from]) / Math.sqrt(dx * dx + dy * dy);
    });
  return {
    nodes,
    starts,
    to,
    rates: Float64Array.from(keys, (key) => ends.get(key) as number),
    directionX: direction(x),
    directionY: direction(y),
    x,
    y,
    radius,
  };
}

/** The link of a node that points most nearly along a heading; -1 if it has none. The first of several that are equally near. */
export function linkAhead(network: Network, node: number, headingX: number, headingY: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let chosen = -1;
  for (let k = network.starts[node]; k < network.starts[node + 1]; k++) {
    const along = network.directionX[k] * headingX + network.directionY[k] * headingY;
    if (along > best) {
      best = along;
      chosen = k;
    }
  }
  return chosen;
}
