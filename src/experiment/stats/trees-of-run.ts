import type { StatisticId } from '../../analysis/stats/statistics.ts';
import { budding } from '../../analysis/tree/budding.ts';
import { colless } from '../../analysis/tree/colless.ts';
import { fairProportions } from '../../analysis/tree/fair-proportions.ts';
import { gamma } from '../../analysis/tree/gamma.ts';
import { genealogyOf } from '../../analysis/tree/genealogy-of.ts';
import { lineagesThroughTime } from '../../analysis/tree/lineages-through-time.ts';
import type { Phylogeny } from '../../analysis/tree/phylogeny.ts';
import { sackin } from '../../analysis/tree/sackin.ts';
import { totalBranchLength } from '../../analysis/tree/total-branch-length.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import { turnover } from '../../analysis/tree/turnover.ts';
import { poissonBounds } from '../../math/poisson.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** The dated phylogeny of the species that live at a tick, from their first species on; undefined where none lives. */
export function phylogenyOfLiving(species: Tree, tick: number): Phylogeny | undefined {
  const { count, parent, origin, end, id } = species;
  const isLiving = (i: number) => origin[i] <= tick && end[i] > tick;
  const living = Array.from({ length: count }, (_, i) => i).filter(isLiving);
  if (living.length === 0) return undefined;
  const deathTick = end.map((at) => (at > tick ? Number.NaN : at));
  const { tree, sampled } = genealogyOf({ count, id, firstParent: parent, birthTick: origin, deathTick }, living);
  return budding(tree, { present: tick, tips: sampled });
}

/**
 * Statistics of the phylogeny of the species that live at the end of a window.
 * @param isAlive whether an organism lives then: a species ends with the next detection, which may come later than its last organism
 */
export function treesOfWindow(species: Tree, isAlive: boolean, place: RowPlace): StatisticRow[] {
  const tick = place.to;
  const state = { ...place, from: tick };
  const phylogeny = isAlive ? phylogenyOfLiving(species, tick) : undefined;
  if (!phylogeny) {
    const ids = ['phylogenetic_diversity', 'evolutionary_distinctiveness', ...shapes] as const;
    const without = isAlive ? 'no species lives at this tick' : 'no organism lives at this tick';
    const note = species.count === 0 ? unrecorded : without;
    const none = species.count === 0 ? { value: Number.NaN, note } : { value: 0, note: '' };
    return [
      statisticRow(state, 'lineages', none.value, 0, { note: none.note }),
      ...ids.map((id) => statisticRow(state, id, Number.NaN, 0, { note })),
    ];
  }
  const isParent = new Set(phylogeny.parent);
  const tips = Array.from(phylogeny.parent, (_, i) => i).filter((i) => !isParent.has(i));
  const shares = fairProportions(phylogeny);
  const row = (id: StatisticId, value: number, note = '') => statisticRow(state, id, value, tips.length, { note });
  const roots = phylogeny.parent.filter((up) => up < 0).length;
  return [
    row('lineages', tips.length),
    row('phylogenetic_diversity', totalBranchLength(phylogeny, { stems: true })),
    ...tips
      .sort((a, b) => shares[b] - shares[a] || a - b)
      .map((i) =>
        statisticRow(
          { ...state, kind: 'species', group: String(phylogeny.id[i]) },
          'evolutionary_distinctiveness',
          shares[i],
          tips.length,
        ),
      ),
    ...shapesOf(phylogeny, tips.length, roots).map(([id, value, note]) => row(id, value, note)),
  ];
}

const shapes = ['colless', 'sackin', 'gamma'] as const;
const unrecorded = 'the run did not record species';

/** Of fewer than three tips every shape is the same. */
function shapesOf(phylogeny: Phylogeny, tips: number, roots: number): [StatisticId, number, string][] {
  const none = tips < 3 ? 'fewer than three species live' : roots > 1 ? `the living descend from ${roots} first species` : '';
  if (none !== '') return shapes.map((id) => [id, Number.NaN, none]);
  const { normalised, polytomies } = colless(phylogeny);
  // Species of one detection branch at one point: expectations are those of trees that branch in two.
  if (polytomies > 0) {
    const note = `${polytomies === 1 ? '1 branching has' : `${polytomies} branchings have`} more than two lines: several species began at one detection`;
    return shapes.map((id) => [id, Number.NaN, note]);
  }
  const slope = gamma(phylogeny);
  return [
    ['colless', normalised, ''],
    ['sackin', sackin(phylogeny).normalised, ''],
    ['gamma', slope, Number.isNaN(slope) ? 'all species began at this tick' : ''],
  ];
}

/** Lineages through time: at each tick of a change, the species that live, and the lines with descendants among those that live at the end. */
export function lineagesOfRun(species: Tree, endTick: number): { tick: number; species: number; ancestral: number }[] {
  const all = lineagesThroughTime(species);
  const phylogeny = phylogenyOfLiving(species, endTick);
  const old = phylogeny && lineagesThroughTime(phylogeny, endTick);
  const ticks = [...new Set([...all.time, ...(old?.time ?? [])])].sort((a, b) => a - b);
  let [a, o] = [-1, -1];
  return ticks.map((tick) => {
    while (a + 1 < all.time.length && all.time[a + 1] <= tick) a++;
    while (old && o + 1 < old.time.length && old.time[o + 1] <= tick) o++;
    return { tick, species: a < 0 ? 0 : all.lines[a], ancestral: old && o >= 0 ? old.lines[o] : 0 };
  });
}

/**
 * Origination and extinction rates of species in a window.
 * @param isMerged whether a species ended by merging into another
 */
export function turnoverOfWindow(species: Tree, isMerged: (node: number) => boolean, place: RowPlace): StatisticRow[] {
  const { exposure, originations, ends: extinctions } = turnover(species, place, (node) => !isMerged(node));
  const { ends: mergers } = turnover(species, place, isMerged);
  const rate = (id: StatisticId, events: number, about = '') => {
    if (exposure === 0)
      return statisticRow(place, id, Number.NaN, 0, {
        about,
        note: species.count === 0 ? unrecorded : 'no species lived in the window',
      });
    const { low, high } = poissonBounds(events);
    return statisticRow(place, id, events / exposure, events, { about, low: low / exposure, high: high / exposure });
  };
  return [
    rate('origination_rate', originations),
    rate('extinction_rate', extinctions),
    rate('extinction_rate', mergers, 'mergers'),
  ];
}
