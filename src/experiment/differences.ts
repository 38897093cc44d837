import type { ExportTable } from '../export/export-table.ts';
import { holmCorrection } from '../math/holm.ts';
import type { Sweep } from './expand-plan.ts';
import { fewestForInterval, meanInterval } from './mean-interval.ts';
import type { Measure, RunResult } from './run-result.ts';

/** Difference of two kinds of runs in a measure at a tick, over pairs of runs that share their seed and draws. */
export interface Difference {
  readonly measure: Measure;
  readonly tick: number;
  /** Pairs in which both runs had a value. */
  readonly pairs: number;
  /** Means of the first and of the second kind over these pairs. */
  readonly first: number;
  readonly second: number;
  /**
   * Mean of first minus second and its 95 % Student interval over pairs, of this measure alone; NaN for fewer than five pairs, or if
   * the differences of all pairs are equal.
   */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation between pairs; NaN for fewer than two. */
  readonly deviation: number;
  /** Two-sided p of Student's test over pairs, of this measure alone; NaN if there is no interval. */
  readonly p: number;
  /** The same after Holm's correction over all measures of the tick that have five pairs or more. */
  readonly holm: number;
}

/**
 * Differences between the first and the second combination of a sweep that has two, measure by measure, each in the order of ticks.
 * After an early extinction, samples are those of the empty world, as elsewhere.
 * @param read result of a run; undefined while it is not finished
 * @throws {RangeError} unless the sweep has two combinations and a finished pair
 */
export function differencesOf(sweep: Sweep, read: (id: string) => RunResult | undefined): Difference[] {
  if (sweep.cells.length !== 2) throw new RangeError(`a comparison has two kinds of runs, not ${sweep.cells.length}`);
  const count = sweep.seeds.length;
  const pairs = sweep.seeds.flatMap((_, s) => {
    const [first, second] = [read(sweep.runs[s].id), read(sweep.runs[count + s].id)];
    return first && second ? [{ first: first.probes, second: second.probes }] : [];
  });
  if (pairs.length === 0) throw new RangeError('no pair of runs is finished yet');
  const [{ first }] = pairs;
  const values = new Float64Array(pairs.length);
  const differences = first.measures.flatMap((measure, m) => {
    // Runs with different mechanisms may have different probes.
    const other = pairs[0].second.measures.findIndex(({ probe, name }) => probe === measure.probe && name === measure.name);
    if (other < 0) return [];
    return Array.from(first.ticks, (tick, k) => {
      let [a, b, both] = [0, 0, 0];
      for (const [p, pair] of pairs.entries()) {
        const one = pair.first.values[k * pair.first.measures.length + m];
        const two = pair.second.values[k * pair.second.measures.length + other];
        values[p] = one - two;
        if (Number.isNaN(values[p])) continue;
        a += one;
        b += two;
        both++;
      }
      const { mean, low, high, deviation, p } = meanInterval(values);
      return { measure, tick, pairs: both, first: a / both, second: b / both, mean, low, high, deviation, p };
    });
  });
  return correctByTick(differences);
}

/** Measures of one tick are examined together, so they are one family. */
function correctByTick(differences: readonly Omit<Difference, 'holm'>[]): Difference[] {
  const families = new Map<number, number[]>();
  for (const [at, { tick, pairs }] of differences.entries()) {
    if (pairs < fewestForInterval) continue;
    const family = families.get(tick) ?? [];
    family.push(at);
    families.set(tick, family);
  }
  const holm = new Float64Array(differences.length).fill(Number.NaN);
  for (const family of families.values()) {
    for (const [k, corrected] of holmCorrection(family.map((at) => differences[at].p)).entries()) holm[family[k]] = corrected;
  }
  return differences.map((difference, at) => ({ ...difference, holm: holm[at] }));
}

/** The table of differences. */
export const differencesTable: ExportTable = {
  name: 'differences',
  title: 'Differences',
  row: 'A measure at a tick: the first kind of runs minus the second, over pairs that share a seed.',
  columns: [
    { name: 'tick', type: 'INT64', nullable: false, unit: 'ticks', description: 'Tick at whose end it was measured.' },
    { name: 'probe', type: 'STRING', nullable: false, unit: '', description: 'Id of the probe.' },
    { name: 'measure', type: 'STRING', nullable: false, unit: '', description: 'What was measured.' },
    { name: 'unit', type: 'STRING', nullable: false, unit: '', description: 'Unit of the values.' },
    { name: 'pairs', type: 'INT32', nullable: false, unit: 'pairs', description: 'Pairs in which both runs had a value.' },
    { name: 'first', type: 'DOUBLE', nullable: true, unit: '', description: 'Mean of the first kind over these pairs.' },
    { name: 'second', type: 'DOUBLE', nullable: true, unit: '', description: 'Mean of the second kind.' },
    { name: 'difference', type: 'DOUBLE', nullable: true, unit: '', description: 'Mean of first minus second.' },
    {
      name: 'low',
      type: 'DOUBLE',
      nullable: true,
      unit: '',
      description:
        'Lower bound of the mean: 95 % Student interval over pairs, each measure and tick separately; null for fewer than five pairs, or if all differences are equal.',
    },
    { name: 'high', type: 'DOUBLE', nullable: true, unit: '', description: 'Upper bound.' },
    { name: 'deviation', type: 'DOUBLE', nullable: true, unit: '', description: 'Standard deviation between pairs.' },
    {
      name: 'p',
      type: 'DOUBLE',
      nullable: true,
      unit: '',
      description: 'Two-sided p of Student’s test over pairs, each measure and tick separately; null if there is no interval.',
    },
    {
      name: 'p_holm',
      type: 'DOUBLE',
      nullable: true,
      unit: '',
      description: 'The same after Holm’s correction over all measures of the tick with five pairs or more.',
    },
  ],
};
