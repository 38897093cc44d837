import { describe, expect, it } from 'vitest';
import type { AssayForkResult } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { GainsLog } from '../../../src/analysis/gains/gains-log.ts';
import type { CopiesAt, Interval, Split } from '../../../src/analysis/gains/interval.ts';
import { type Subject, subjectsOf } from '../../../src/analysis/gains/subjects.ts';
import { sideSentences } from '../../../src/experiment/describe-gains.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** Twenty clones of one locus that live for ever: the value of each is a tenth of its number, and rises by `rise` an interval. */
function copiesAt(tick: number, species: readonly number[], rise: (k: number) => number): CopiesAt {
  const ids = Float64Array.from(species, (_, k) => k);
  const values = Float32Array.from(species, (_, k) => k / 10 + (tick / 100) * rise(k));
  return { tick, loci: 1, ploidy: 1, ids, values, generation: tick / 10, acquired: undefined, species: Int32Array.from(species) };
}

const half = (a: number, b: number) => Array.from({ length: 20 }, (_, k) => (k < 10 ? a : b));
const rise = (k: number) => (k < 10 ? 1 : 3);

function interval(opened: CopiesAt, closed: CopiesAt, splits: readonly Split[]): Interval {
  const moved = Float64Array.from(closed.values, (value, k) => value - opened.values[k]);
  return {
    opened,
    closed,
    origins: Uint32Array.from(opened.values, (_, k) => k + 1),
    written: new Map([['mutation', moved]]),
    added: new Map([['births', new Float32Array(20)]]),
    ancestors: closed.ids,
    clades: undefined,
    splits,
  };
}

const [at0, at100, at200] = [copiesAt(0, half(0, 0), rise), copiesAt(100, half(0, 1), rise), copiesAt(200, half(0, 1), rise)];
const first = interval(at0, at100, [{ mother: 0, daughter: 1 }]);
const second = interval(at100, at200, []);

describe('both sides of a split', () => {
  const sizes = (subjects: readonly Subject[]) =>
    subjects.map(({ kind, id, before, after }) => [kind, id, before.length, after.length]);

  it('begin with the species that split, then each with its own members', () => {
    const splits = first.splits;
    expect(sizes(subjectsOf(first, undefined, splits))).toEqual([
      ['population', -1, 20, 20],
      ['species', 0, 20, 10],
      ['mother', 0, 20, 10],
      ['daughter', 1, 20, 10],
    ]);
    expect(sizes(subjectsOf(second, undefined, splits))).toEqual([
      ['population', -1, 20, 20],
      ['species', 0, 10, 10],
      ['species', 1, 10, 10],
      ['mother', 0, 10, 10],
      ['daughter', 1, 10, 10],
    ]);
    // A daughter that splits again in the same interval also comes from the first species.
    const twice = copiesAt(
      100,
      Array.from({ length: 20 }, (_, k) => (k < 8 ? 0 : k < 14 ? 1 : 2)),
      rise,
    );
    const again = [...splits, { mother: 1, daughter: 2 }];
    expect(sizes(subjectsOf(interval(at0, twice, again), undefined, again)).slice(2)).toEqual([
      ['mother', 0, 20, 8],
      ['daughter', 1, 20, 6],
      ['mother', 1, 20, 6],
      ['daughter', 2, 20, 6],
    ]);
    // Without members on one side there is no pair any more.
    const gone = interval(at100, copiesAt(200, half(0, 0), rise), []);
    expect(sizes(subjectsOf(gone, undefined, splits)).map(([kind]) => kind)).toEqual(['population', 'species']);
  });

  it('have gains of their own, which a sentence sums', () => {
    const forks = [0, 1, 2].map(
      (f): AssayForkResult => ({
        ...{ kind: 'perturbed', seed: String(f), gradient: Float64Array.of(1), organisms: 20, living: 20, fitnessVariance: 0 },
        ...{ between: new Float64Array(1), within: new Float64Array(1) },
        ...{ neutralBetween: new Float64Array(1), neutralWithin: new Float64Array(1) },
      }),
    );
    const segments = [{ name: 'everything', loci: [0] }];
    const log = new GainsLog({ horizon: 10, segments, scales: Float64Array.of(1), lines: true });
    for (const one of [first, second]) log.add(one, forks, undefined, namedStream('sides', String(one.opened.tick)));
    const gainsOf = (kind: string, k: number, part: string) =>
      log.intervals[k].subjects.find((one) => one.kind === kind)?.segments[0].parts.find((one) => one.part === part)?.gain;
    // From the mean of all, 0.95: to 1.45 by being those with low numbers, and to 4.45 by being the others.
    expect([gainsOf('mother', 0, 'selection'), gainsOf('daughter', 0, 'selection')]).toEqual([
      expect.closeTo(-0.5, 6),
      expect.closeTo(0.5, 6),
    ]);
    expect([gainsOf('mother', 0, 'change'), gainsOf('daughter', 0, 'change')]).toEqual([
      expect.closeTo(0.5, 6),
      expect.closeTo(3.5, 6),
    ]);
    expect([gainsOf('mother', 1, 'change'), gainsOf('daughter', 1, 'change')]).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(3, 6),
    ]);
    // A generation is ten ticks, as is the horizon.
    const report = { population: 'p', horizon: 10, loci: ['l'], segments, intervals: log.intervals, line: undefined };
    expect(sideSentences(report)).toEqual([
      'species 1 split from species 0 between ticks 0 and 100; from tick 0 to 200 the mother side climbed -0.500 ± 0.00 by selection and +1.50 ± 0.00 in all, the daughter side +0.500 ± 0.00 by selection and +6.50 ± 0.00 in all, log fitness a generation, each along the gradient of the whole population',
    ]);
    // A line is split by what wrote into it.
    const line = log.line(12, namedStream('sides', 'line')) ?? [];
    expect(line.map(({ opened, closed }) => [opened[0], closed[0]].map((value) => Number(value.toFixed(3))))).toEqual([
      [1.2, 4.2],
      [4.2, 7.2],
    ]);
    const own = line[1].gains.segments[0].parts.filter(({ account }) => account === 'own line');
    expect(own.map(({ part, gain }) => [part, Number(gain.toFixed(5))])).toEqual([
      ['mutation', 3],
      ['other', 0],
    ]);
  });
});
