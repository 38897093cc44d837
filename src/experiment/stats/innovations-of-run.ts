import { descendantLines, keyInnovations } from '../../analysis/tree/key-innovations.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import type { History } from '../../export/history.ts';
import { firstPlace } from '../../math/first-place.ts';
import type { NamedStream } from '../../math/streams.ts';
import type { TraitColumns } from './quantitative-of-run.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Fewest species that split off another: of 7 the correlation of one trait has to be above 0.78 to differ from 0. */
const fewest = 8;

/**
 * Traits whose change, from the mean of a species to that of one that splits off, goes with the number of species that descend from it. Both means are of the organisms that
 * live at the tick of the split: of whole lives of species the drift of a long-lived ancestor would be in all changes, and go with the time that is left to descendants.
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
  const [own, above] = [new MeansAtSplits(tree.count, columns), new MeansAtSplits(tree.count, columns)];
  const children = Array.from(tree.parent, (): number[] => []);
  for (let i = 0; i < tree.count; i++) if (tree.parent[i] >= 0) children[tree.parent[i]].push(i);
  for (const list of children) list.sort((a, b) => tree.origin[a] - tree.origin[b]);
  for (const row of members) {
    const node = nodeOf.get(organisms.species[row]);
    if (node === undefined) continue;
    const [born, died] = [organisms.birthTick[row], organisms.deathTick[row]];
    const livesAt = (tick: number) => born <= tick && !(died <= tick);
    if (livesAt(tree.origin[node])) own.add(node, row);
    const list = children[node];
    for (
      let k = firstPlace(list.length, (at) => tree.origin[list[at]] < born);
      k < list.length && livesAt(tree.origin[list[k]]);
      k++
    )
      above.add(list[k], row);
  }
  const split: number[] = [];
  for (let i = 0; i < tree.count; i++) if (tree.parent[i] >= 0 && own.sizes[i] > 0 && above.sizes[i] > 0) split.push(i);
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
  const changes = ids.map((_, t) => split.map((i) => own.mean(t, i) - above.mean(t, i)));
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

/** Means of traits over organisms, one for each split. */
class MeansAtSplits {
  readonly sizes: Float64Array;
  private readonly sums: readonly Float64Array[];

  constructor(
    splits: number,
    private readonly columns: TraitColumns['columns'],
  ) {
    this.sizes = new Float64Array(splits);
    this.sums = columns.map(() => new Float64Array(splits));
  }

  add(split: number, row: number): void {
    this.sizes[split]++;
    for (const [t, column] of this.columns.entries()) this.sums[t][split] += column[row];
  }

  mean(trait: number, split: number): number {
    return this.sums[trait][split] / this.sizes[split];
  }
}
