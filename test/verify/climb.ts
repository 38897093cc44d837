import type { AssayKind } from '../../src/analysis/assay/perform-assay-fork.ts';
import type { Alignment, SegmentSummary } from '../../src/analysis/assay/summarise-assay.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { climb } from '../theory/climb.ts';
import { markdownTable } from './markers.ts';
import { summarise, summaryTable } from './summary.ts';
import type { Verification } from './verification.ts';

const ticks = [250, 500, 1000, 2000, 4000, 8000, 16_000];
const [forks, replays, oldest, horizon] = [160, 16, 2000, 400];

/** What an assay of meadow at one tick says, by names; clades are 2,000 ticks old, or as old as the world. */
export function measureClimb(seed: number, tick: number): Record<string, number> {
  const { segments, organisms, clades, additiveVariance, fitnessVariance } = climb({
    seed: String(seed),
    side: 768,
    tick,
    age: Math.min(oldest, tick),
    horizon,
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
  'share of the gain',
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

/** Share of the gain by policy and traits together that a segment has, bodies shuffled: of means over seeds, its standard error by leaving each seed out. */
function shareOfGain(all: readonly Record<string, number>[], segment: string, part: 'within' | 'whole'): string {
  if (all.length < 2) return '-';
  const of = (seeds: typeof all) => {
    const gain = (name: string) => mean(seeds.map((one) => one[`${name}/reshuffled/${part}/gain`]));
    return gain(segment) / (gain('policy') + gain('traits'));
  };
  const without = all.map((_, k) => of(all.filter((__, other) => other !== k)));
  const centre = mean(without);
  const error = Math.sqrt(
    ((all.length - 1) / all.length) * without.reduce((sum, one) => sum + (one - centre) * (one - centre), 0),
  );
  return `${(100 * of(all)).toFixed(0)} ± ${(100 * error).toFixed(0)} %`;
}

/** The answer in a sentence or two: when the policy climbs, and how much of what selection buys it is. */
function answer(results: readonly Record<string, number>[]): string[] {
  if (results.length < 3) return [];
  const key = 'policy/reshuffled/within/cosine';
  const cosines = ticks.map((tick) => {
    const values = atTick(results, tick).map((one) => one[key]);
    return { tick, mean: mean(values), error: standardError(values) };
  });
  const sure = cosines.filter((one) => one.mean > 2 * one.error);
  const highest = cosines.reduce((best, one) => (one.mean > best.mean ? one : best));
  const name = (tick: number) => tick.toLocaleString('en-GB');
  return [
    '',
    `Over ${results.length} seeds the mean cosine of selection within clades on the weights of policies, bodies shuffled, is more than two standard errors above 0 at ticks ${sure.map(({ tick }) => name(tick)).join(', ') || 'none'}, ` +
      `and highest at tick ${name(highest.tick)}: ${highest.mean.toFixed(3)} (${highest.error.toFixed(3)}). Between ticks 500 and 16,000 policies have ${ticks
        .filter((tick) => tick >= 500)
        .map((tick) => shareOfGain(atTick(results, tick), 'policy', 'within').replace(/ ± .*/, ''))
        .join(', ')} % of the gain within clades, in the order of ticks.`,
  ];
}

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
      shareOfGain(all, segment, part),
    ];
  });
  return markdownTable(heads, rows);
}

/** The tick of which a seed has a column of its own, the oldest that clades are of the full age and much is known. */
const shown = 8000;

/** One tick by segment: mean, standard error, lowest and highest seed. */
function shownTable(results: readonly Record<string, number>[]): string[] {
  const row = (key: string, title: string, digits: number) => ({ key, title, digits });
  return summaryTable(
    [
      row('everything/reshuffled/within/cosine', 'all loci, bodies shuffled: cosine', 3),
      row('traits/reshuffled/within/cosine', 'traits, bodies shuffled: cosine', 3),
      row('policy/reshuffled/within/cosine', 'policy weights, bodies shuffled: cosine', 3),
      row('policy/reshuffled/within/cosineError', 'its standard error over forks', 3),
      row('policy/reshuffled/within/high', '97.5 % of random directions of the policy lie below', 3),
      row('policy/reshuffled/within/corrected', 'corrected for the noise of both', 3),
      row('policy/share', "policy's share of the square of the gradient", 2),
      row('policy/trust', "reliability of the policy's gradient", 2),
      row('traits/reshuffled/within/gain', 'gain in relative fitness by traits, bodies shuffled', 5),
      row('policy/reshuffled/within/gain', 'gain by the policy, bodies shuffled', 5),
      row('policy/reshuffled/within/gainError', 'its standard error over forks', 5),
      row('policy/realised/within/gain', 'gain by the policy, bodies as they are', 5),
      row('additiveVariance', 'b G b, additive variance in relative fitness', 3),
      row('organisms', 'living', 0),
      row('clades', 'clades', 0),
    ],
    atTick(results, shown),
  );
}

/** What the scene *meadow* says of the climb. */
function found(results: readonly Record<string, number>[]): string {
  const at = atTick(results, shown);
  const { seeds, both, count } = summarise(at);
  const of = (segment: string, what: string) => `${segment}/reshuffled/within/${what}`;
  return (
    `${seeds}, tick ${shown.toLocaleString('en')}, bodies shuffled: selection within clades has a cosine of ${both(of('everything', 'cosine'), 2)} to the assayed gradient over all loci (standard error in brackets), ` +
    `${both(of('traits', 'cosine'), 2)} over the traits of bodies and ${both(of('policy', 'cosine'), 2)} over the weights of policies; the last is above 97.5 % of random directions in ` +
    `${count((one) => one[of('policy', 'cosine')] > one[of('policy', 'high')])} seeds. Over ${horizon} ticks traits gain ${both(of('traits', 'gain'), 4)} in relative fitness, policies ${both(of('policy', 'gain'), 5)}. ` +
    `Not shown: selection on what differs between clades, other scenes, and policies in any one population, where the gain is within two standard errors of 0 in ${count((one) => Math.abs(one[of('policy', 'gain')]) < 2 * one[of('policy', 'gainError')])}.`
  );
}

/** Check 4d: lineages climb; and when the policy does: selection against the assayed gradient at several ticks, by segment, bodies as they are and shuffled. */
export const climbing: Verification = {
  name: 'climb',
  scenes: ['meadow'],
  title: `Climb: selection in meadow against the assayed gradient, by time (horizon ${horizon}, ${forks} perturbed forks in pairs, policy weights by two mutations, ${replays} forks each of the other kinds; clades of ${oldest} ticks, or as old as the world)`,
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
    holds:
      atTick(results, shown).filter((one) => one['everything/reshuffled/within/percentile'] > 0.99).length >=
      0.9 * results.length,
  }),
  tables: (results) => ({
    climb: shownTable(results),
    'climb-policy': [...timesTable(results, 'policy', 'within'), ...answer(results)],
    'climb-policy-whole': timesTable(results, 'policy', 'whole'),
    'climb-traits': timesTable(results, 'traits', 'within'),
  }),
  found: { scene: 'meadow', text: found },
};
