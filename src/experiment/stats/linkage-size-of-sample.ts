import { allelesOfValues } from '../../analysis/stats/allele-table.ts';
import { mapPlaces } from '../../analysis/stats/linkage.ts';
import { linkageEffectiveSize } from '../../analysis/stats/linkage-size.ts';
import { type GeneticSample, noGenomes } from './genetics-of-sample.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Organisms of a group that are compared with each other. */
const mostCompared = 500;
/** Fewest organisms of a group: of fewer the interval says next to nothing. */
const fewest = 10;
/** Share of a group that may have a single parent: linkage of clones is not broken by chromosomes. */
const mostClones = 0.05;

/**
 * Effective sizes by linkage disequilibrium of the population and its groups.
 * @param hasTwoParents whether an organism of the sample has two
 */
export function linkageSizesOfSample(sample: GeneticSample, hasTwoParents: (place: number) => boolean): StatisticRow[] {
  const { descent, values, tick, population, rates, groups } = sample;
  const { ploidy, loci, organisms } = descent.byFounder;
  const place = { population, from: tick, to: tick, kind: 'population', group: '' } as const;
  const table = values && allelesOfValues(values, ploidy, loci);
  const { chromosome } = mapPlaces(rates);
  const one = (at: RowPlace, members: Int32Array) => {
    const used = spread(members);
    const none = (note: string) => statisticRow(at, 'ne_linkage', Number.NaN, used.length, { note });
    if (!table) return none(noGenomes);
    if (members.length < fewest) return none(`fewer than ${fewest} organisms`);
    if (!chromosome.some((number) => number > 0)) return none('loci do not recombine, or lie on one chromosome');
    const clones = used.reduce((sum, member) => sum + (hasTwoParents(member) ? 0 : 1), 0) / used.length;
    if (clones > mostClones)
      return none(`${(100 * clones).toFixed(0)} % of them have no two parents, so that their loci did not segregate`);
    const { pairs, size, low, high } = linkageEffectiveSize(table, used, chromosome);
    if (pairs === 0) return none('fewer than two chromosomes vary');
    const bound = `disequilibrium is not above that of a sample; the size is ${Number.isFinite(low) ? `${low.toPrecision(3)} or more` : 'not bounded'}`;
    return statisticRow(at, 'ne_linkage', size, used.length, { low, high, note: Number.isFinite(size) ? '' : bound });
  };
  const everyone = Int32Array.from({ length: organisms }, (_, i) => i);
  return [one(place, everyone), ...groups.map(({ kind, name, members }) => one({ ...place, kind, group: name }, members))];
}

/** The members that are compared, spread evenly: the order of a sample is that of ages. */
const spread = (members: Int32Array): Int32Array => {
  const used = Math.min(members.length, mostCompared);
  return Int32Array.from({ length: used }, (_, i) => members[Math.floor((i * members.length) / used)]);
};
