import { climb } from '../theory/climb.ts';
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

/** Check 4d: lineages climb; what clade sorting does stands beside it. */
export const climbing = claimed(
  {
    name: 'climb',
    title:
      'Climb: cosine of selection in meadow (tick 8,000, clades of 2,000 ticks, horizon 400, 40 forks, bodies dealt anew) to the assayed gradient, within and between clades',
    measure(seed) {
      const { within, between, whole, reliability, clades, organisms, additiveVariance } = climb({
        seed: String(seed),
        side: 768,
        tick: 8000,
        age: 2000,
        horizon: 400,
        forks: 40,
        size: 1,
      });
      return {
        within: within.projection.cosine,
        withinG: within.throughG,
        withinBeats: 100 * within.percentile,
        withinNull: within.null[1],
        between: between.projection.cosine,
        betweenG: between.throughG,
        betweenBeats: 100 * between.percentile,
        whole: whole.projection.cosine,
        reliability,
        corrected: within.corrected,
        clades,
        organisms,
        additiveVariance,
      };
    },
  },
  [
    { key: 'within', title: 'within', digits: 3 },
    { key: 'withinG', title: 'to G b', digits: 3 },
    { key: 'withinBeats', title: 'beats (%)', digits: 1 },
    { key: 'withinNull', title: 'null 97.5 %', digits: 3 },
    { key: 'corrected', title: 'corrected', digits: 3 },
    { key: 'between', title: 'between', digits: 3 },
    { key: 'betweenG', title: 'to G b', digits: 3 },
    { key: 'betweenBeats', title: 'beats (%)', digits: 1 },
    { key: 'whole', title: 'whole', digits: 3 },
    { key: 'reliability', title: 'reliability of b', digits: 2 },
    { key: 'clades', title: 'clades', digits: 0 },
    { key: 'organisms', title: 'living', digits: 0 },
    { key: 'additiveVariance', title: 'b G b', digits: 3 },
  ],
  [['within clades the alignment beats 99 % of random directions', ({ withinBeats }) => withinBeats > 99]],
  0.9,
);

/** The same with single mechanisms, as it is found: nothing is claimed. */
export const climbingWith = claimed(
  {
    name: 'climb-with',
    title:
      'Climb with mechanisms: cosine of selection to the assayed gradient within (w) and between (b) clades in half of the meadow (tick 6,000, clades of 2,000 ticks, horizon 400, 40 forks)',
    mostSeeds: 5,
    measure(seed) {
      return Object.fromEntries(
        Object.entries(variants).flatMap(([name, set]) => {
          const { within, between } = climb({
            seed: String(seed),
            side: 544,
            tick: 6000,
            age: 2000,
            horizon: 400,
            forks: 40,
            size: 1,
            set,
          });
          return [
            [`${name}W`, within.projection.cosine],
            [`${name}P`, 100 * within.percentile],
            [`${name}B`, between.projection.cosine],
          ];
        }),
      );
    },
  },
  Object.keys(variants).flatMap((name) => [
    { key: `${name}W`, title: `${name}: w`, digits: 3 },
    { key: `${name}P`, title: 'beats', digits: 0 },
    { key: `${name}B`, title: 'b', digits: 3 },
  ]),
  [],
);
