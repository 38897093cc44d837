import type { Alignment, AssayPart, SegmentSummary } from '../../src/analysis/assay/summarise-assay.ts';
import { climb } from '../theory/climb.ts';
import { markdownTable } from './markers.ts';
import { summarise } from './summary.ts';
import { claimed } from './watch-scene.ts';

const on = (mechanism: string) => `populations.foragers.mechanisms.${mechanism}.on`;

/** Mechanisms with which the same is measured, in half of the meadow. */
const variants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  none: {},
  transfer: { [on('transfer')]: true },
  sex: { [on('sexual-reproduction')]: true },
  recombination: { [on('sexual-reproduction')]: true, [on('recombination')]: true },
  choice: {
    [on('sexual-reproduction')]: true,
    [on('recombination')]: true,
    [on('mate-choice')]: true,
  },
  learning: { [on('learning')]: true },
};

/** What the climb is with a mechanism, one in a column. */
function mechanismsTable(names: readonly string[], results: readonly Record<string, number>[]): string[] {
  const { both } = summarise(results);
  const row = (title: string, key: string, digits: number) => [title, ...names.map((name) => both(`${name}${key}`, digits))];
  return markdownTable(
    ['mean over seeds (standard error)', ...names],
    [
      row('traits: cosine within clades', 'T', 3),
      row('random directions that it beats (%)', 'TP', 1),
      row('policy weights: cosine within clades', 'W', 3),
      row('random directions that it beats (%)', 'WP', 1),
      row("reliability of the policy's gradient", 'R', 2),
      row('all loci: cosine between clades', 'B', 3),
    ],
  );
}

/** The same with single mechanisms, as it is found: nothing is claimed. */
export const climbingWith = claimed(
  {
    name: 'climb-with',
    title:
      'Climb with mechanisms: cosine of selection to the assayed gradient, bodies shuffled, within clades over traits (t) and policy weights (w), and between clades over all loci (b), in half of the meadow (tick 6,000, clades of 2,000 ticks, horizon 400, 40 forks in mirrored pairs, policy weights moved by two mutations)',
    scenes: ['meadow'],
    tables: (results) => ({ 'climb-with': mechanismsTable(Object.keys(variants), results) }),
    mostSeeds: 5,
    measure(seed) {
      return Object.fromEntries(
        Object.entries(variants).flatMap(([name, set]) => {
          const { segments } = climb({
            seed: String(seed),
            side: 544,
            tick: 6000,
            age: 2000,
            horizon: 400,
            forks: 40,
            set,
          });
          const of = (segment: string, part: AssayPart) => {
            const { alignments, reliability } = segments.find((one) => one.name === segment) as SegmentSummary;
            return { ...(alignments.reshuffled?.[part] as Alignment), trust: reliability };
          };
          const [traits, policy] = [of('traits', 'within'), of('policy', 'within')];
          return [
            [`${name}T`, traits.cosine],
            [`${name}TP`, 100 * traits.percentile],
            [`${name}W`, policy.cosine],
            [`${name}WP`, 100 * policy.percentile],
            // No more than noise is a reliability of 0.
            [`${name}R`, Number.isNaN(policy.trust) ? 0 : policy.trust],
            [`${name}B`, of('everything', 'between').cosine],
          ];
        }),
      );
    },
  },
  Object.keys(variants).flatMap((name) => [
    { key: `${name}T`, title: `${name}: t`, digits: 3 },
    { key: `${name}W`, title: 'w', digits: 3 },
    { key: `${name}B`, title: 'b', digits: 3 },
  ]),
  [],
);
