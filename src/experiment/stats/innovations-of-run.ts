import { descendantLines, keyInnovations } from '../../analysis/tree/key-innovations.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import type { History } from '../../export/history.ts';
import type { NamedStream } from '../../math/streams.ts';
import type { TraitColumns } from './quantitative-of-run.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Fewest species that split off another: of 7 the correlation of one trait has to be above 0.78 to differ from 0. */
const fewest = 8;

/**
 * Traits whose change, from the mean of a species to that of one that splits off, goes with the number of species that descend from it.
 * @param members rows of the population's organisms
 */
export function innovationsOfRun(
  { organisms }: History,
  tree: Tree,
  { ids, columns }: TraitColumns,
  members: Int32Array,
  place: RowPlace,
  stream: NamedStream,
): StatisticRow[] {
  const nodeOf = new Map(Array.from(tree.id, (id, node) => [id, node]));
  const sizes = new Float64Array(tree.count);
  const sums = ids.map(() => new Float64Array(tree.count));
  for (const row of members) {
    const node = nodeOf.get(organisms.species[row]);
    if (node === undefined) continue;
    sizes[node]++;
    for (const [t, column] of columns.entries()) sums[t][node] += column[row];
  }
  const split: number[] = [];
  for (let i = 0; i < tree.count; i++) if (tree.parent[i] >= 0 && sizes[i] > 0 && sizes[tree.parent[i]] > 0) split.push(i);
  const all = descendantLines(tree);
  const descendants = split.map((i) => all[i]);
  const statistics = ['key_innovation', 'key_innovation_p'] as const;
  const unrecorded = tree.count === 0 ? 'the run did not record species' : `fewer than ${fewest} species split off another`;
  const note =
    split.length < fewest
      ? unrecorded
      : descendants.every((one) => one === descendants[0])
        ? 'no species has more descendants than another'
        : '';
  if (note !== '' || ids.length === 0) {
    return statistics.map((id) => statisticRow(place, id, Number.NaN, split.length, { note: note || 'the run has no traits' }));
  }
  const mean = (t: number, node: number) => sums[t][node] / sizes[node];
  const changes = ids.map((_, t) => split.map((i) => mean(t, i) - mean(t, tree.parent[i])));
  const varying = ids.flatMap((_, t) => (changes[t].some((one) => one !== changes[t][0]) ? [t] : []));
  const found = keyInnovations(
    varying.map((t) => changes[t]),
    descendants,
    stream,
  );
  return statistics.flatMap((id) =>
    ids.map((about, t) => {
      const one = found[varying.indexOf(t)];
      if (!one) return statisticRow(place, id, Number.NaN, split.length, { about, note: 'the trait does not vary' });
      return statisticRow(place, id, id === 'key_innovation' ? one.correlation : one.p, split.length, { about });
    }),
  );
}
