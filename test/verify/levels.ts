import islandsJson from '../../scenes/islands.json';
import meadowJson from '../../scenes/meadow.json';
import type { ClimbInterval } from '../../src/analysis/gains/gains-log.ts';
import { selectionLevels } from '../../src/analysis/gains/step-part.ts';
import { sumGains } from '../../src/experiment/describe-gains.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from '../theory/gains.ts';
import { markdownTable } from './markers.ts';
import { summarise } from './summary.ts';
import type { Verification } from './verification.ts';
import { sceneWith } from './watch-scene.ts';

const [every, forks] = [1000, 40];

/** Where species live: since when, until when, and over how many ticks copies are counted. */
const worlds = [
  { name: 'meadow', json: meadowJson, from: 3000, until: 6000, horizon: 400 },
  // The corridor opens when the barrier has made two species, so that they meet.
  { name: 'islands', json: islandsJson, from: 24_000, until: 30_000, horizon: 200 },
] as const;

const corridor = [
  { x: 88, y: 0, width: 24, height: 24 },
  { x: 88, y: 64, width: 24, height: 24 },
];

const parts = ['selection', ...selectionLevels];

/** Gains of each level in the intervals with two species or more; NaN where there is none. */
function levelsOf(name: string, intervals: readonly ClimbInterval[]): Record<string, number> {
  const several = intervals.filter((one) => one.parts.some(({ account }) => account === 'levels'));
  const steps = several.map(({ subjects: [gains], horizonGenerations }) => ({ gains, horizonGenerations }));
  const numbers: Record<string, number> = {
    [`${name}/intervals`]: several.length,
    [`${name}/generations`]: several.reduce((sum, one) => sum + one.generations, 0),
    [`${name}/clades`]: several.reduce((sum, one) => sum + one.clades / several.length, 0),
    [`${name}/species`]: several.reduce(
      (sum, { subjects }) => sum + subjects.filter(({ kind }) => kind === 'species').length / several.length,
      0,
    ),
  };
  for (const part of parts) {
    const { gain, error } = several.length > 0 ? sumGains(steps, 'everything', part) : { gain: Number.NaN, error: Number.NaN };
    numbers[`${name}/${part}`] = gain;
    numbers[`${name}/${part}/error`] = error;
    numbers[`${name}/${part}/cosine`] = steps.reduce((sum, { gains }) => {
      const found = gains.segments[0].parts.find((one) => one.part === part);
      return sum + (found?.cosine ?? Number.NaN) / steps.length;
    }, 0);
  }
  return numbers;
}

/** Whether selection climbs by sorting species, or clades within species. */
export const levels: Verification = {
  name: 'levels',
  scenes: ['meadow', 'islands'],
  title: `Selection between species, between clades of ${every} ticks within species, and within these (${forks} perturbed forks in pairs each ${every} ticks, policy weights by two mutations)`,
  mostSeeds: 5,
  measure(seed) {
    const numbers: Record<string, number> = {};
    for (const { name, json, from, until, horizon } of worlds) {
      const simulation = createSimulation(sceneWith(json, name), String(seed));
      if (name === 'islands') simulation.schedule(from, 'habitat.barriers', corridor);
      const ticks = Array.from({ length: (until - from) / every + 1 }, (_, k) => from + k * every);
      const plan = {
        ticks,
        horizon,
        forks,
        size: 1,
        policySize: 2,
        nulls: false,
        seed: String(seed),
        species: true,
        since: from - every,
      };
      const { intervals } = followClimb(simulation, plan);
      simulation.dispose();
      Object.assign(numbers, levelsOf(name, intervals));
    }
    return numbers;
  },
  judge: (results) => ({
    lines: levelsTable(results),
    // The levels sum to selection.
    holds: results.every((one) =>
      worlds.every(({ name }) => {
        const sum = selectionLevels.reduce((total, part) => total + one[`${name}/${part}`], 0);
        return Number.isNaN(sum) || Math.abs(sum - one[`${name}/selection`]) < 1e-9;
      }),
    ),
  }),
  tables: (results) => ({ levels: levelsTable(results) }),
};

const levelsTable = (results: readonly Record<string, number>[]): string[] => {
  const { both, mean } = summarise(results);
  return markdownTable(
    [
      'scene',
      'ticks',
      'generations',
      'species',
      'clades',
      'level',
      'gain, log fitness a generation',
      'standard error over forks',
      'cosine to the gradient',
    ],
    worlds.flatMap(({ name, from, until }) =>
      parts.map((part) => [
        name,
        `${from.toLocaleString('en')} to ${until.toLocaleString('en')}`,
        mean(`${name}/generations`, 1),
        mean(`${name}/species`, 1),
        mean(`${name}/clades`, 0),
        part === 'selection' ? 'all of it' : part,
        both(`${name}/${part}`, 3),
        mean(`${name}/${part}/error`, 3),
        both(`${name}/${part}/cosine`, 2),
      ]),
    ),
  );
};
