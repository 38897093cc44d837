import { firstPlace } from '../../math/first-place.ts';
import { FormatError, quoted } from '../validate/format-error.ts';
import { type EdgeIndex, parentAt } from './edge-index.ts';
import { finiteNumber, reference, type TskitRow } from './tskit-rows.ts';

/**
 * Checks sites and mutations: unique positions inside the genome; times between the node's and its parent's; parents that are
 * the last mutations above at the same site.
 */
export function checkMutations(
  sites: Iterable<TskitRow>,
  mutations: Iterable<TskitRow>,
  times: Float64Array,
  edges: EdgeIndex,
  length: number,
  folder: string,
): void {
  const positions: number[] = [];
  const seen = new Set<number>();
  for (const { fields, fail } of sites) {
    const position = finiteNumber(fields[0]);
    if (!(position >= 0 && position < length))
      throw fail(`position must be 0 or more and below the length (got ${quoted(fields[0])})`);
    if (seen.has(position)) throw fail(`position ${position} is listed twice`);
    seen.add(position);
    positions.push(position);
  }
  const told: Told = { count: 0, site: new Uint32Array(1024), node: new Uint32Array(1024), parent: new Int32Array(1024) };
  let known: boolean | undefined;
  for (const { row, fields, fail } of mutations) {
    const site = reference(fields[0], positions.length);
    const node = reference(fields[1], times.length);
    if (site < 0) throw fail(`site ${quoted(fields[0])} does not exist`);
    if (node < 0) throw fail(`node ${quoted(fields[1])} does not exist`);
    if (fields[4] !== '-1' && reference(fields[4], row) < 0)
      throw fail(`the parent ${quoted(fields[4])} does not come before it`);
    const isKnown = fields[2] !== 'unknown';
    if (known !== undefined && known !== isKnown) throw fail('the file mixes known and unknown times');
    known = isKnown;
    tell(told, site, node, Number(fields[4]));
    if (!isKnown) continue;
    const time = finiteNumber(fields[2]);
    const above = parentAt(edges, node, positions[site]);
    if (!(time >= times[node])) throw fail(`time is ${quoted(fields[2])}, less than ${times[node]} of its node`);
    if (above >= 0 && !(time < times[above]))
      throw fail(`time is ${fields[2]}, not less than ${times[above]} of the parent node`);
  }
  const wrong = wrongParent(told, positions, times, edges);
  if (wrong === undefined) return;
  const { row, above } = wrong;
  throw new FormatError(
    `${folder}mutations.txt, line ${row + 2}`,
    `the parent is ${told.parent[row]}; the last mutation above it at its site is ${above < 0 ? 'none, -1' : above}`,
  );
}

/** Mutations as columns. */
export interface Told {
  count: number;
  site: Uint32Array;
  node: Uint32Array;
  parent: Int32Array;
}

function tell(told: Told, site: number, node: number, parent: number): void {
  if (told.count === told.site.length) {
    for (const column of ['site', 'node'] as const) {
      const former = told[column];
      told[column] = new Uint32Array(2 * told.count);
      told[column].set(former);
    }
    const former = told.parent;
    told.parent = new Int32Array(2 * told.count);
    told.parent.set(former);
  }
  told.site[told.count] = site;
  told.node[told.count] = node;
  told.parent[told.count++] = parent;
}

/**
 * A mutation whose parent is not the last mutation above it at its site, with that one; undefined where all are right. Goes
 * down from the oldest node and keeps the states of those nodes that still have children to come.
 */
export function wrongParent(
  { count, site, node, parent }: Told,
  positions: readonly number[],
  times: Float64Array,
  edges: EdgeIndex,
): { row: number; above: number } | undefined {
  if (count === 0) return undefined;
  const nodes = times.length;
  const starts = new Uint32Array(nodes + 1);
  for (let m = 0; m < count; m++) starts[node[m] + 1]++;
  for (let n = 0; n < nodes; n++) starts[n + 1] += starts[n];
  const next = starts.slice();
  const byNode = new Uint32Array(count);
  for (let m = 0; m < count; m++) byNode[next[node[m]]++] = m;
  const uses = new Uint32Array(nodes);
  for (let e = 0; e < edges.count; e++) uses[edges.parent[e]]++;
  const ofSite = [...positions.keys()].sort((a, b) => positions[a] - positions[b]);
  const sorted = Float64Array.from(ofSite, (s) => positions[s]);
  const order = new Uint32Array(nodes).map((_, n) => n);
  order.sort((a, b) => times[b] - times[a] || a - b);
  const states = new Map<number, Int32Array>();
  let current = new Int32Array(positions.length);
  for (const child of order) {
    current.fill(-1);
    for (let k = edges.starts[child]; k < edges.starts[child + 1]; k++) {
      const e = edges.order[k];
      const from = states.get(edges.parent[e]) as Int32Array;
      const first = firstPlace(sorted.length, (place) => sorted[place] < edges.left[e]);
      for (let i = first; i < sorted.length && sorted[i] < edges.right[e]; i++) {
        current[ofSite[i]] = from[ofSite[i]];
      }
      if (--uses[edges.parent[e]] === 0) states.delete(edges.parent[e]);
    }
    for (let k = starts[child]; k < starts[child + 1]; k++) {
      const m = byNode[k];
      if (parent[m] !== current[site[m]]) return { row: m, above: current[site[m]] };
      current[site[m]] = m;
    }
    if (uses[child] === 0) continue;
    states.set(child, current);
    current = new Int32Array(positions.length);
  }
  return undefined;
}
