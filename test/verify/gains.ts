import json from '../../scenes/meadow.json';
import { meanReliability, predictedGain, sumGains } from '../../src/experiment/describe-gains.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from '../theory/gains.ts';
import { summaryTable } from './summary.ts';
import type { Verification } from './verification.ts';
import { sceneWith } from './watch-scene.ts';

const [every, until, horizon, forks] = [1000, 4000, 400, 40];

const rows = [
  ['selection', 'everything'],
  ['selection', 'traits'],
  ['selection', 'policy'],
  ['between', 'everything'],
  ['between', 'policy'],
  ['within', 'everything'],
  ['within', 'policy'],
  ['mutation', 'everything'],
  ['mutation', 'policy'],
  ['change', 'everything'],
] as const;

const titles: Readonly<Record<string, string>> = {
  selection: 'selection',
  between: `sorting of clades, from tick ${every.toLocaleString('en')} on`,
  within: `selection within clades, from tick ${every.toLocaleString('en')} on`,
  mutation: 'mutation',
  change: 'the whole change',
};

/** What a population of meadow climbed from its founders on, by cause and by segment. */
export const gains: Verification = {
  name: 'gains',
  scenes: ['meadow'],
  title: `Gains of meadow along its gradients, ticks 0 to ${until} (intervals and clades of ${every} ticks, horizon ${horizon}, ${forks} perturbed forks in pairs, policy weights by two mutations)`,
  mostSeeds: 5,
  measure(seed) {
    const simulation = createSimulation(sceneWith(json, 'meadow'), String(seed));
    const ticks = Array.from({ length: until / every + 1 }, (_, k) => k * every);
    const { intervals } = followClimb(simulation, {
      ticks,
      horizon,
      forks,
      size: 1,
      policySize: 2,
      nulls: false,
      seed: String(seed),
    });
    simulation.dispose();
    const steps = intervals.map(({ subjects: [own], horizonGenerations }) => ({ gains: own, horizonGenerations }));
    const numbers: Record<string, number> = {
      generations: intervals.reduce((sum, one) => sum + one.generations, 0),
      clades: intervals[1].clades,
    };
    for (const [part, segment] of rows) {
      // The first interval has no clades.
      const some = part === 'between' || part === 'within' ? steps.slice(1) : steps;
      const { gain, error } = sumGains(some, segment, part);
      numbers[`${part}/${segment}`] = gain;
      numbers[`${part}/${segment}/error`] = error;
    }
    for (const segment of ['everything', 'policy']) numbers[`${segment}/reliability`] = meanReliability(intervals, segment);
    numbers.predicted = predictedGain(intervals, horizon);
    return numbers;
  },
  judge: (results) => ({
    lines: gainsTable(results),
    // What selection does is uphill, and by more than its error, in every seed.
    holds: results.every((one) => one['selection/everything'] > 2 * one['selection/everything/error']),
  }),
  tables: (results) => ({ gains: gainsTable(results) }),
};

const gainsTable = (results: readonly Record<string, number>[]): string[] =>
  summaryTable(
    [
      ...rows.flatMap(([part, segment]) => {
        const title = `${titles[part]}, ${segment === 'everything' ? 'all loci' : segment === 'policy' ? 'policy weights' : segment}`;
        return [
          { key: `${part}/${segment}`, title, digits: 3 },
          ...(part === 'selection' || part === 'within'
            ? [{ key: `${part}/${segment}/error`, title: 'its standard error over forks', digits: 3 }]
            : []),
        ];
      }),
      { key: 'predicted', title: 'what a response in proportion to G would have gained', digits: 2 },
      { key: 'everything/reliability', title: 'reliability of the gradient, mean over intervals', digits: 2 },
      { key: 'policy/reliability', title: 'the same, policy weights', digits: 2 },
      { key: 'generations', title: 'generations', digits: 1 },
      { key: 'clades', title: `clades at tick ${every.toLocaleString('en')}`, digits: 0 },
    ],
    results,
  );
