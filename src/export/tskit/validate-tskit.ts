// Checks the text tables of tskit by the rules by which tskit loads them.

import { FormatError, quoted } from '../validate/format-error.ts';
import { disjointEdges, type EdgeIndex } from './edge-index.ts';
import { finiteNumber, reference, type TskitRow, tskitRows } from './tskit-rows.ts';
import { checkMutations } from './validate-mutations.ts';
import type { TskitFile } from './write-tskit.ts';

export interface TskitCounts {
  readonly nodes: number;
  readonly edges: number;
  readonly individuals: number;
}

/**
 * Checks text tables by the rules of `tskit.load_text` and of the tree sequence that is built from them: references to existing
 * rows, times that are finite and greater in the parent, intervals that are half-open, inside the genome and disjoint for each
 * child, parents of individuals before them.
 * @param files chunks of each file
 * @param length of the genome; undefined: as far as the edges reach, or unknown without edges
 * @throws {FormatError} that names the first wrong line
 */
export function validateTskit(
  files: Readonly<Record<TskitFile, Iterable<Uint8Array>>>,
  length = Number.POSITIVE_INFINITY,
  folder = '',
): TskitCounts {
  const rows = (file: TskitFile, columns: readonly string[]) => tskitRows(`${folder}${file}`, files[file], columns);
  let populations = 0;
  for (const _ of rows('populations.txt', ['metadata'])) populations++;
  let individuals = 0;
  for (const { row, fields, fail } of rows('individuals.txt', ['flags', 'location', 'parents'])) {
    if (!/^\d+$/.test(fields[0])) throw fail(`flags is ${quoted(fields[0])}, not a whole number`);
    if (fields[1] !== '' && fields[1].split(',').some((part) => !Number.isFinite(Number(part)) || part === '')) {
      throw fail(`location is ${quoted(fields[1])}, not numbers`);
    }
    for (const parent of fields[2] === '' ? [] : fields[2].split(',')) {
      if (reference(parent, row) < 0 && parent !== '-1') throw fail(`the parent ${quoted(parent)} does not come before it`);
    }
    individuals++;
  }
  const times = readNodes(rows('nodes.txt', ['is_sample', 'time', 'population', 'individual']), populations, individuals);
  const edges = readEdges(rows('edges.txt', ['left', 'right', 'parent', 'child']), times, length);
  const broken = disjointEdges(edges, times.length);
  if (broken !== undefined) {
    throw new FormatError(`${folder}edges.txt, line ${broken + 2}`, `overlaps another edge of the child ${edges.child[broken]}`);
  }
  if (length === Number.POSITIVE_INFINITY && edges.count > 0)
    length = edges.right.reduce((most, right) => Math.max(most, right), 0);
  checkMutations(
    rows('sites.txt', ['position', 'ancestral_state']),
    rows('mutations.txt', mutationColumns),
    times,
    edges,
    length,
    folder,
  );
  return { nodes: times.length, edges: edges.count, individuals };
}

const mutationColumns = ['site', 'node', 'time', 'derived_state', 'parent'];

/** Times of the nodes. */
function readNodes(rows: Iterable<TskitRow>, populations: number, individuals: number): Float64Array {
  let times = new Float64Array(1024);
  let count = 0;
  for (const { fields, fail } of rows) {
    const [sample, time, population, individual] = fields;
    if (sample !== '0' && sample !== '1') throw fail(`is_sample is ${quoted(sample)}, not 0 or 1`);
    const ago = finiteNumber(time);
    if (ago !== ago) throw fail(`time is ${quoted(time)}, not a finite number`);
    if (population !== '-1' && reference(population, populations) < 0)
      throw fail(`population ${quoted(population)} does not exist`);
    if (individual !== '-1' && reference(individual, individuals) < 0)
      throw fail(`individual ${quoted(individual)} does not exist`);
    if (count === times.length) times = grown(times, new Float64Array(2 * count));
    times[count++] = ago;
  }
  return times.subarray(0, count);
}

function readEdges(rows: Iterable<TskitRow>, times: Float64Array, length: number): EdgeIndex {
  let left = new Float64Array(1024);
  let right = new Float64Array(1024);
  let parent = new Uint32Array(1024);
  let child = new Uint32Array(1024);
  let count = 0;
  for (const { fields, fail } of rows) {
    const [from, to] = [finiteNumber(fields[0]), finiteNumber(fields[1])];
    const [above, below] = [reference(fields[2], times.length), reference(fields[3], times.length)];
    if (!(from >= 0 && from < to)) throw fail(`left ${quoted(fields[0])} and right ${quoted(fields[1])} are not an interval`);
    if (to > length) throw fail(`right is ${fields[1]}, beyond the length of the genome, ${length}`);
    if (above < 0) throw fail(`the parent node ${quoted(fields[2])} does not exist`);
    if (below < 0) throw fail(`the child node ${quoted(fields[3])} does not exist`);
    if (!(times[above] > times[below])) {
      throw fail(`the parent ${above} has time ${times[above]}, not more than ${times[below]} of the child ${below}`);
    }
    if (count === left.length) {
      left = grown(left, new Float64Array(2 * count));
      right = grown(right, new Float64Array(2 * count));
      parent = grown(parent, new Uint32Array(2 * count));
      child = grown(child, new Uint32Array(2 * count));
    }
    left[count] = from;
    right[count] = to;
    parent[count] = above;
    child[count++] = below;
  }
  return { count, left, right, parent, child, starts: new Uint32Array(0), order: new Uint32Array(0) };
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
