import { type RiseStrength, riseDistribution, riseStrength } from '../../analysis/stats/rise.ts';
import type { History } from '../../export/history.ts';
import { livingRows } from '../../export/tskit/alleles-of-history.ts';
import { type OriginCounts, originsOfHistory } from '../../export/tskit/origins-of-history.ts';
import type { NodePlan } from '../../export/tskit/plan-nodes.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Samples in which common origins are looked for, their organisms, and the share of copies that makes an origin common. */
const [samples, organismsDrawn, commonShare] = [48, 100, 0.12];
/** Ticks at which carriers are counted, at most. */
const mostTicks = 1000;
/** Frequencies at which a rise is judged, the highest that was reached counts: complete, partial, and one of several. */
const [complete, partial, several] = [0.95, 0.5, 0.2];
/** Ticks of a rise at which carriers were counted, and copies of the locus, below which nothing is said of it. */
const [fewestPoints, fewestCopies] = [10, 20];
/** Chance with which an origin under drift alone that reached its frequency is called a sweep. */
export const falseSweeps = 0.01;

/** An origin that rose, with those that rose bit by bit with it. */
export interface Rise {
  readonly locus: number;
  /** Row of the organism in which it began. */
  readonly row: number;
  readonly isMutation: boolean;
  /** Other origins with the same carriers at every tick. */
  readonly linked: number;
  readonly originTick: number;
  /** Tick at which it was judged, and its frequency there. */
  readonly tick: number;
  readonly frequency: number;
  /** Carriers at that tick, and the share of them that have the locus by a transfer since. */
  readonly carriers: number;
  readonly transferred: number;
  /** Sum of p(1 - p) over the ticks of its rise: exposure to selection. */
  readonly exposedTicks: number;
  /** The same, each tick times mean size over size: exposure to the drift of births, in units of the mean size. */
  readonly exposure: number;
  /** Drift by deaths that made the population smaller than it had been during the rise: sum of p(1 - p) (1/copies after - 1/copies before). */
  readonly dieOff: number;
  /** Ticks of the rise at which carriers were counted, and fewest copies at one of them. */
  readonly points: number;
  readonly fewest: number;
  /** Place among the origins that were followed. */
  readonly place: number;
}

/** Rises of a run. */
export interface Rises {
  readonly rises: readonly Rise[];
  /** Place of the origin on which each origin that was followed arose, -1 for none. */
  readonly above: readonly number[];
  /** Mean size over the run, organisms: the unit of `Rise.exposure`. */
  readonly meanSize: number;
}

/** A rise that drift alone makes too rarely. */
export interface Sweep extends Rise, RiseStrength {
  readonly extent: 'complete' | 'partial' | 'part';
  /** soft: another sweep of the locus rose at the same time, and neither arose on the other. */
  readonly kind: 'hard' | 'soft';
}

/** All origins of a run that rose to a fifth of the copies or more, with all that is known of their rise. */
export function risesOfRun(history: History, plan: NodePlan, population: number): Rises {
  const { endTick } = history;
  const looks = Math.min(samples, endTick);
  const looked = Array.from({ length: looks }, (_, k) => {
    const tick = Math.ceil(((k + 1) * endTick) / looks);
    const living = livingRows(history, population, tick);
    const used = Math.min(organismsDrawn, living.length);
    return { tick, rows: Int32Array.from({ length: used }, (_, i) => living[Math.floor((i * living.length) / used)]) };
  });
  const counts = originsOfHistory(history, plan, population, looked, commonShare, { to: endTick, most: mostTicks });
  const groups = new Map<string, Rise & { linked: number }>();
  const rises: (Rise & { linked: number })[] = [];
  for (let place = 0; place < counts.origins.length; place++) {
    const rise = riseOf(history, counts, place);
    if (!rise) continue;
    // Origins of one birth that stay together have the same carriers at every tick.
    const key = `${rise.row} ${rise.tick} ${rise.carriers} ${rise.exposure}`;
    const known = groups.get(key);
    if (known) known.linked++;
    else {
      const one = { ...rise, linked: 0 };
      groups.set(key, one);
      rises.push(one);
    }
  }
  const { ploidy } = history.populations[population];
  const meanSize = counts.copies.reduce((sum, one) => sum + one, 0) / (counts.ticks.length * ploidy);
  return { rises, above: counts.origins.map(({ above }) => above), meanSize };
}

function riseOf({ organisms }: History, { origins, ticks, copies, carriers, transferred }: OriginCounts, place: number) {
  const points = ticks.length;
  const share = (k: number) => (copies[k] > 0 ? carriers[place * points + k] / copies[k] : 0);
  let highest = 0;
  for (let k = 0; k < points; k++) highest = Math.max(highest, share(k));
  const level = [complete, partial, several].find((one) => highest >= one);
  if (level === undefined || share(0) >= level) return undefined;
  let mean = 0;
  for (let k = 0; k < points; k++) mean += copies[k] / points;
  let [at, exposed, exposure, dieOff, counted, fewest] = [0, 0, 0, 0, 0, Number.POSITIVE_INFINITY];
  for (; share(at) < level; at++) {
    const p = share(at);
    if (p === 0) continue;
    const variance = p * (1 - p);
    const span = ticks[at + 1] - ticks[at];
    exposed += variance * span;
    exposure += (variance * span * mean) / copies[at];
    fewest = Math.min(fewest, copies[at]);
    if (copies[at + 1] < fewest) dieOff += variance * (1 / copies[at + 1] - 1 / fewest);
    counted++;
  }
  const { locus, row, isMutation } = origins[place];
  const count = carriers[place * points + at];
  return {
    ...{ locus, row, isMutation, place, linked: 0, exposedTicks: exposed, exposure, dieOff, points: counted },
    ...{ fewest: Math.min(fewest, copies[at]), carriers: count },
    originTick: organisms.birthTick[row],
    tick: ticks[at],
    frequency: share(at),
    transferred: transferred ? transferred[place * points + at] / count : 0,
  };
}

/** What drift needs: of the population in a window. */
export interface DriftOfWindow {
  /** Generation time, ticks. */
  readonly generation: number;
  /** Effective size over the mean of the census size, of the window. */
  readonly effectiveShare: number;
  readonly ploidy: 1 | 2;
}

/**
 * Rises that reached their level in a window, as sweeps where drift alone is too slow. Rises at fewer than ten of the counted ticks, and those of fewer than twenty copies, are not
 * judged: the clock of drift is not known well enough.
 */
export function sweepsOfWindow(
  { rises, above, meanSize }: Rises,
  { from, to }: { readonly from: number; readonly to: number },
  { generation, effectiveShare, ploidy }: DriftOfWindow,
): { readonly tested: number; readonly left: number; readonly sweeps: readonly Sweep[] } {
  const copies = ploidy * meanSize * effectiveShare;
  const all = rises.filter(({ tick }) => tick > from && tick <= to);
  const within = all.filter(({ points, fewest }) => points >= fewestPoints && fewest >= fewestCopies);
  const found = within.flatMap((rise) => {
    const clock = rise.exposure / (copies * generation) + rise.dieOff;
    if (!(riseDistribution(clock / (rise.frequency * rise.frequency), 0) < falseSweeps)) return [];
    const strength = riseStrength(clock, rise.frequency, falseSweeps);
    const extent = rise.frequency >= complete ? 'complete' : rise.frequency >= partial ? 'partial' : 'part';
    // N s of the clock of this rise, whatever the sizes in it: s times exposure in generations.
    const size = rise.exposedTicks / (clock * generation);
    const scaled = { strength: strength.strength / size, low: strength.low / size, high: strength.high / size };
    return [{ ...rise, ...scaled, p: strength.p, extent } as const];
  });
  const isOn = (one: Rise, other: Rise) => {
    let at = one.place;
    while (at >= 0 && at !== other.place) at = above[at];
    return at >= 0;
  };
  const meets = (one: Rise, other: Rise) =>
    one.place !== other.place && one.locus === other.locus && one.originTick < other.tick && other.originTick < one.tick;
  const sweeps = found.map(
    (one): Sweep => ({
      ...one,
      kind: found.some((other) => meets(one, other) && !isOn(one, other) && !isOn(other, one)) ? 'soft' : 'hard',
    }),
  );
  return {
    tested: within.filter(({ frequency }) => frequency >= partial).length,
    left: all.filter((rise) => rise.frequency >= partial && !within.includes(rise)).length,
    // An origin that stayed below one half is a sweep only together with others.
    sweeps: sweeps
      .filter(({ extent, kind }) => extent !== 'part' || kind === 'soft')
      .sort((a, b) => a.p - b.p || b.strength - a.strength || a.place - b.place),
  };
}

/** @param nameOf name of a locus */
export function sweepRows(
  place: RowPlace,
  { tested, left, sweeps }: ReturnType<typeof sweepsOfWindow>,
  nameOf: (locus: number) => string,
): StatisticRow[] {
  const strengths = sweeps.map(({ strength, low, high, carriers, ...rest }) =>
    statisticRow(place, 'sweep_strength', strength, carriers, { low, high, about: describeSweep({ ...rest, carriers }, nameOf) }),
  );
  const none = 'no sweep was found in the window';
  return [
    statisticRow(place, 'sweeps', sweeps.length, tested, {
      note:
        left === 0
          ? ''
          : `${left} more rose at fewer than ${fewestPoints} of the counted ticks, or among fewer than ${fewestCopies} copies, and were not judged`,
    }),
    ...(strengths.length > 0 ? strengths : [statisticRow(place, 'sweep_strength', Number.NaN, 0, { note: none })]),
  ];
}

/** For the terminal and the table of statistics. */
function describeSweep(sweep: Omit<Sweep, 'strength' | 'low' | 'high'>, nameOf: (locus: number) => string): string {
  const { locus, linked, kind, extent, originTick, tick, frequency, isMutation, transferred } = sweep;
  const others = linked === 0 ? '' : ` and ${linked} linked`;
  const reach = extent === 'complete' ? 'complete' : `to ${(100 * frequency).toFixed(0)} %`;
  const way = transferred > 0.5 ? ', by transfer' : '';
  return `${nameOf(locus)}${others}: ${kind}, ${reach}, ${isMutation ? 'mutation' : 'founder copy'} of tick ${originTick}, there at ${tick}${way}`;
}
