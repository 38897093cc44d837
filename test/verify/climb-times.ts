import type { AssayKind } from '../../src/analysis/assay/perform-assay-fork.ts';
import type { Alignment, SegmentSummary } from '../../src/analysis/assay/summarise-assay.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { climb } from '../theory/climb.ts';
import { markdownTable } from './markers.ts';
import type { Verification } from './verification.ts';

const ticks = [250, 500, 1000, 2000, 4000, 8000, 16_000];
const [forks, replays, oldest] = [160, 16, 2000];

/** What an assay of meadow at one tick says, by names; clades are 2,000 ticks old, or as old as the world. */
export function measureClimb(seed: number, tick: number): Record<string, number> {
  const { segments, organisms, clades, additiveVariance, fitnessVariance } = climb({
    seed: String(seed),
    side: 768,
    tick,
    age: Math.min(oldest, tick),
    horizon: 400,
    forks,
    replays,
  });
  const numbers: Record<string, number> = { organisms, clades, additiveVariance, fitnessVariance };
  for (const name of [
    'everything',
    'policy',
    'policy: to hidden units',
    'policy: to turn',
    'policy: to thrust',
    'policy: to eat',
    'traits',
  ]) {
    const segment = segments.find((one) => one.name === name) as SegmentSummary;
    numbers[`${name}/trust`] = segment.reliability;
    numbers[`${name}/share`] = segment.share;
    numbers[`${name}/length`] = segment.steepness;
    numbers[`${name}/trustEffects`] = segment.effects?.reliability ?? Number.NaN;
    for (const kind of ['realised', 'reshuffled'] as const) {
      for (const part of ['whole', 'within'] as const) {
        const of = (alignments: SegmentSummary['alignments'], which: string) => {
          const a = alignments[kind]?.[part] as Alignment;
          const put = (key: string, value: number) => {
            numbers[`${name}/${kind}/${part}/${which}${key}`] = value;
          };
          for (const key of ['cosine', 'cosineError', 'corrected', 'reliability', 'percentile', 'throughG'] as const)
            put(key, a[key]);
          put('high', a.null[1]);
          if (which === '') for (const key of ['gain', 'gainError', 'length'] as const) put(key, a[key]);
        };
        of(segment.alignments, '');
        if (segment.effects) of(segment.effects.alignments, 'effects/');
      }
    }
  }
  return numbers;
}

const plus = (value: number, error: number, digits: number) =>
  Number.isNaN(value)
    ? '-'
    : `${value >= 0 ? '+' : ''}${value.toFixed(digits)}${Number.isNaN(error) ? '' : ` ± ${error.toFixed(digits)}`}`;

const heads = [
  'tick',
  'reliability of b',
  'cosine, bodies as they are',
  'bodies shuffled',
  'in the metric of effects',
  'above 97.5 % of random directions',
  'gain, bodies as they are',
  'gain, bodies shuffled',
];

/** The numbers of one tick, of all seeds. */
const atTick = (results: readonly Record<string, number>[], tick: number): Record<string, number>[] =>
  results.map((result) =>
    Object.fromEntries(
      Object.entries(result).flatMap(([key, value]) =>
        key.startsWith(`${tick}/`) ? [[key.slice(`${tick}/`.length), value]] : [],
      ),
    ),
  );

/** What was measured of a segment at each tick, a row each: means over seeds and their standard errors, of one seed its own over forks. */
function timesTable(results: readonly Record<string, number>[], segment: string, part: 'within' | 'whole'): string[] {
  const rows = ticks.map((tick) => {
    const name = tick.toLocaleString('en-GB');
    const all = atTick(results, tick);
    if (all.length === 0) return [name, ...heads.slice(1).map(() => '')];
    const values = (key: string) => all.map((one) => one[`${segment}/${key}`] ?? Number.NaN);
    const over = (key: string, error: string, digits: number) =>
      all.length > 1
        ? plus(mean(values(key)), standardError(values(key)), digits)
        : plus(values(key)[0], values(error)[0], digits);
    const of = (kind: AssayKind, what: string) => `${kind}/${part}/${what}`;
    const trusts = values('trust');
    return [
      name,
      // No more than noise is a reliability of 0.
      mean(trusts.map((trust) => (Number.isNaN(trust) ? 0 : trust))).toFixed(2),
      over(of('realised', 'cosine'), of('realised', 'cosineError'), 3),
      over(of('reshuffled', 'cosine'), of('reshuffled', 'cosineError'), 3),
      segment === 'policy' ? over(of('reshuffled', 'effects/cosine'), of('reshuffled', 'effects/cosineError'), 3) : '-',
      `${values(of('reshuffled', 'percentile')).filter((p) => p > 0.975).length} of ${all.length}`,
      over(of('realised', 'gain'), of('realised', 'gainError'), 5),
      over(of('reshuffled', 'gain'), of('reshuffled', 'gainError'), 5),
    ];
  });
  return markdownTable(heads, rows);
}

/** When the policy climbs: selection against the assayed gradient at several ticks, by segment, bodies as they are and shuffled. */
export const climbTimes: Verification = {
  name: 'climb-times',
  scenes: ['meadow'],
  title: `Climb by time: selection in meadow against the assayed gradient (horizon 400, ${forks} perturbed forks in pairs, policy weights by two mutations, ${replays} forks each of the other kinds; clades of ${oldest} ticks, or as old as the world)`,
  measure: (seed) =>
    Object.fromEntries(
      ticks.flatMap((tick) => Object.entries(measureClimb(seed, tick)).map(([key, value]) => [`${tick}/${key}`, value])),
    ),
  judge: (results) => ({
    lines: (['policy', 'traits'] as const).flatMap((segment) =>
      (['within', 'whole'] as const).flatMap((part) => [
        '',
        `${segment}, selection ${part === 'within' ? 'within clades' : 'as a whole'}`,
        ...timesTable(results, segment, part),
      ]),
    ),
    holds: true,
  }),
  tables: (results) => ({
    'climb-times-policy': timesTable(results, 'policy', 'within'),
    'climb-times-traits': timesTable(results, 'traits', 'within'),
  }),
};
