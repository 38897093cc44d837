import { quoted } from '../validate/format-error.ts';
import { type EdgeIndex, parentAt } from './edge-index.ts';
import { finiteNumber, reference, type TskitRow } from './tskit-rows.ts';

/** Checks sites and mutations: unique positions inside the genome; times between the node's and its parent's. */
export function checkMutations(
  sites: Iterable<TskitRow>,
  mutations: Iterable<TskitRow>,
  times: Float64Array,
  edges: EdgeIndex,
  length: number,
): void {
  const positions: number[] = [];
  const seen = new Set<number>();
  for (const { fields, fail } of sites) {
    const position = finiteNumber(fields[0]);
    if (!(position >= 0 && position < length)) throw fail(`position is ${quoted(fields[0])}, not from 0 to below the length`);
    if (seen.has(position)) throw fail(`there is another site at ${position}`);
    seen.add(position);
    positions.push(position);
  }
  let known: boolean | undefined;
  for (const { row, fields, fail } of mutations) {
    const site = reference(fields[0], positions.length);
    const node = reference(fields[1], times.length);
    if (site < 0) throw fail(`there is no site ${quoted(fields[0])}`);
    if (node < 0) throw fail(`there is no node ${quoted(fields[1])}`);
    if (fields[4] !== '-1' && reference(fields[4], row) < 0)
      throw fail(`the parent ${quoted(fields[4])} does not stand before it`);
    const isKnown = fields[2] !== 'unknown';
    if (known !== undefined && known !== isKnown) throw fail('known and unknown times stand in one file');
    known = isKnown;
    if (!isKnown) continue;
    const time = finiteNumber(fields[2]);
    const above = parentAt(edges, node, positions[site]);
    if (!(time >= times[node])) throw fail(`time is ${quoted(fields[2])}, less than ${times[node]} of its node`);
    if (above >= 0 && !(time < times[above]))
      throw fail(`time is ${fields[2]}, not less than ${times[above]} of the parent node`);
  }
}
