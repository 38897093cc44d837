import { checkTree } from '../../analysis/tree/check-tree.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import type { Branches } from './branches.ts';
import type { Reticulations } from './reticulations.ts';

/** A dated network: branches of a tree, in which hybrid nodes have a second parent. */
export interface Network extends Omit<Branches, 'start' | 'subtree'> {
  /** Row of the reticulation whose hybrid node this is, or (for nodes without children) which it represents; otherwise -1. */
  readonly hybrid: Int32Array;
}

/**
 * The order of events of a line at one tick: it begins as a hybrid, gives genes (as they were before the tick's transfers),
 * receives genes or another line, and then children leave it, from either parent, or it ends in another line.
 */
const [begin, give, take, leave, bear] = [0, 1, 2, 3, 4];
const order = Uint8Array.of(0, 1, 2, 3, 3);

/**
 * The network of a tree of lines and its reticulations, drawn as `budding` draws trees: dates are true, every line has one tip.
 * Where a line receives something it has a hybrid node with one child; the giver's line has a childless node of length 0 that
 * represents it. Trees that reticulations connect get one root, at the earliest of their origins.
 * Throws RangeError for a wrong tree, a reticulation before the origin of one of its lines, or a line that begins after the
 * present.
 */
export function networkOf(tree: Tree, { count: crossings, line, from, tick, kind }: Reticulations, present: number): Network {
  checkTree(tree);
  const { count, parent, origin, end } = tree;
  for (let k = 0; k < crossings; k++) {
    for (const i of [line[k], from[k]]) {
      if (origin[i] <= tick[k] && tick[k] <= present) continue;
      throw new RangeError(
        `network: reticulation ${k} at ${tick[k]} is not within line ${tree.id[i]}, from ${origin[i]} to ${present}`,
      );
    }
  }

  // Events of every line: the value is the row of a reticulation, or of the child that is born.
  const start = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    if (!(origin[i] <= present)) {
      throw new RangeError(`network: line ${tree.id[i]} begins at ${origin[i]}, after the present (${present})`);
    }
    if (parent[i] >= 0) start[parent[i] + 1]++;
  }
  for (let k = 0; k < crossings; k++) {
    start[line[k] + 1]++;
    start[from[k] + 1]++;
  }
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const events = start[count];
  const at = new Float64Array(events);
  const what = new Uint8Array(events);
  const value = new Int32Array(events);
  const room = start.slice(0, count);
  const add = (i: number, time: number, event: number, of: number) => {
    const place = room[i]++;
    at[place] = time;
    what[place] = event;
    value[place] = of;
  };
  for (let k = 0; k < crossings; k++) {
    add(line[k], tick[k], kind[k] === 0 ? begin : take, k);
    add(from[k], tick[k], kind[k] === 1 ? give : leave, k);
  }
  for (let i = 0; i < count; i++) if (parent[i] >= 0) add(parent[i], origin[i], bear, i);
  const sorted = new Int32Array(events);
  for (let e = 0; e < events; e++) sorted[e] = e;
  const compare = (a: number, b: number) => at[a] - at[b] || order[what[a]] - order[what[b]] || a - b;
  for (let i = 0; i < count; i++) {
    for (let e = start[i] + 1; e < start[i + 1]; e++) {
      if (compare(e - 1, e) < 0) continue;
      sorted.subarray(start[i], start[i + 1]).sort(compare);
      break;
    }
  }

  const top = commonRoots(tree, line, from, crossings);
  const most = top.count + count + events + crossings;
  const [above, node, hybrid] = [new Int32Array(most), new Int32Array(most).fill(-1), new Int32Array(most).fill(-1)];
  const length = new Float64Array(most);
  let next = 0;
  const place = (up: number, long: number) => {
    above[next] = up;
    length[next] = long;
    return next++;
  };
  for (let r = 0; r < top.count; r++) place(-1, 0);

  const departs = new Int32Array(count).fill(-1);
  for (let i = 0; i < count; i++) {
    let up = departs[i];
    let since = origin[i];
    if (parent[i] < 0 && top.root[i] >= 0) {
      up = top.root[i];
      since = top.origin[up];
    }
    for (let k = start[i]; k < start[i + 1]; k++) {
      const e = sorted[k];
      const before = sorted[k - 1];
      const event = what[e];
      const taken = event === begin || event === take;
      if (taken || k === start[i] || at[e] !== at[before] || order[event] !== order[what[before]]) {
        up = place(up, at[e] - since);
        since = at[e];
      }
      if (taken) hybrid[up] = value[e];
      else if (event === bear) departs[value[e]] = up;
      else hybrid[place(up, 0)] = value[e];
    }
    node[place(up, Math.max(since, Math.min(end[i], present)) - since)] = i;
  }
  const cut = <T extends Int32Array | Float64Array>(column: T) => column.subarray(0, next) as T;
  return { count: next, parent: cut(above), length: cut(length), line: cut(node), hybrid: cut(hybrid) };
}

/**
 * The connected roots, and the tick from which they are connected: `root` of a tree's root line is the number of their common
 * root, or -1.
 */
function commonRoots({ count, parent, origin }: Tree, line: Int32Array, from: Int32Array, crossings: number) {
  // Union by the smaller row, with path halving.
  const joins = new Int32Array(count);
  for (let i = 0; i < count; i++) joins[i] = parent[i] < 0 ? i : joins[parent[i]];
  const find = (i: number) => {
    while (joins[i] !== i) i = joins[i] = joins[joins[i]];
    return i;
  };
  for (let k = 0; k < crossings; k++) {
    const [a, b] = [find(line[k]), find(from[k])];
    joins[Math.max(a, b)] = Math.min(a, b);
  }
  const members = new Int32Array(count);
  for (let i = 0; i < count; i++) if (parent[i] < 0) members[find(i)]++;
  const root = new Int32Array(count).fill(-1);
  const earliest: number[] = [];
  for (let i = 0; i < count; i++) {
    const first = find(i);
    if (parent[i] >= 0 || members[first] < 2) continue;
    if (root[first] < 0) root[first] = earliest.push(Infinity) - 1;
    root[i] = root[first];
    earliest[root[i]] = Math.min(earliest[root[i]], origin[i]);
  }
  return { count: earliest.length, root, origin: earliest };
}
