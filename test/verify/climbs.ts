import armsRaceJson from '../../scenes/arms-race.json';
import bloomJson from '../../scenes/bloom.json';
import islandsJson from '../../scenes/islands.json';
import meadowJson from '../../scenes/meadow.json';
import peacocksJson from '../../scenes/peacocks.json';
import type { ClimbInterval } from '../../src/analysis/gains/gains-log.ts';
import { meanReliability, sumGains } from '../../src/experiment/describe-gains.ts';
import { meanInterval } from '../../src/experiment/mean-interval.ts';
import { holmCorrection } from '../../src/math/holm.ts';
import { mean } from '../../src/math/statistics.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from '../theory/gains.ts';
import { markdownTable } from './markers.ts';
import { showNumber, summarise } from './summary.ts';
import type { Verification } from './verification.ts';
import { sceneWith } from './watch-scene.ts';

type Results = readonly Record<string, number>[];

interface World {
  readonly name: string;
  readonly scene: 'meadow' | 'arms-race' | 'islands' | 'peacocks' | 'bloom';
  readonly set?: Readonly<Record<string, unknown>>;
  /** Ticks of an interval, about three generations, and after which copies are counted in forks, somewhat more than one. */
  readonly every: number;
  readonly horizon: number;
  /** Perturbed forks of an interval: more in small populations, whose forks are noisy and cheap. */
  readonly forks: number;
  /** Where the later intervals begin. */
  readonly late: number;
}

const on = (...mechanisms: readonly string[]) =>
  Object.fromEntries(mechanisms.map((one) => [`populations.foragers.mechanisms.${one}.on`, true]));

const meadow = { scene: 'meadow', every: 1000, horizon: 400, forks: 12, late: 6000 } as const;

const worlds: readonly World[] = [
  { name: 'meadow', ...meadow },
  { name: 'with transfer', ...meadow, set: on('transfer') },
  { name: 'with sex', ...meadow, set: on('sexual-reproduction', 'recombination') },
  { name: 'with learning', ...meadow, set: on('learning') },
  { name: 'arms-race', scene: 'arms-race', every: 600, horizon: 250, forks: 12, late: 6000 },
  { name: 'peacocks', scene: 'peacocks', every: 250, horizon: 100, forks: 32, late: 4000 },
  { name: 'islands', scene: 'islands', every: 250, horizon: 100, forks: 48, late: 20_000 },
  { name: 'bloom', scene: 'bloom', every: 1000, horizon: 400, forks: 12, late: 5000 },
];

const scenes = { meadow: meadowJson, 'arms-race': armsRaceJson, islands: islandsJson, peacocks: peacocksJson, bloom: bloomJson };

/** Intervals from the founders on, and how many later. */
const windows = { early: 2, late: 1 } as const;
type Window = keyof typeof windows;

const segments = ['everything', 'traits', 'policy'] as const;
const parts = ['selection', 'between', 'within', 'change'] as const;

const keyOf = (world: World, window: Window, ...rest: readonly string[]) => [world.name, window, ...rest].join('/');

/** Numbers of a world's intervals; the first from founders on has no clades. */
function numbersOf(key: (...rest: string[]) => string, intervals: readonly ClimbInterval[]): Record<string, number> {
  const steps = intervals.map(({ subjects: [gains], horizonGenerations }) => ({ gains, horizonGenerations }));
  const cladesKnown = steps.filter((_, k) => intervals[k].clades > 0);
  const numbers: Record<string, number> = {
    [key('generations')]: intervals.reduce((sum, one) => sum + one.generations, 0),
    [key('organisms')]: mean(intervals.map(({ organisms }) => organisms)),
    [key('clades')]: mean(intervals.map(({ clades }) => clades).filter((clades) => clades > 0)),
  };
  for (const segment of segments) {
    numbers[key('reliability', segment)] = meanReliability(intervals, segment);
    for (const part of parts) {
      numbers[key(part, segment)] = sumGains(part === 'selection' || part === 'change' ? steps : cladesKnown, segment, part).gain;
    }
    numbers[key('cosine', segment)] = mean(
      steps.map(({ gains }) => {
        const own = gains.segments.find(({ name }) => name === segment);
        return own?.parts.find(({ part }) => part === 'selection')?.cosine ?? Number.NaN;
      }),
    );
  }
  // Traits one by one.
  const shared: readonly string[] = segments;
  for (const { name, loci } of intervals[0].subjects[0].segments) {
    if (loci.length === 1 && !shared.includes(name)) numbers[key('trait', name)] = sumGains(steps, name, 'selection').gain;
  }
  return numbers;
}

/** What populations of several scenes climbed, from their founders on and later, and in the meadow with single mechanisms. */
export const climbs: Verification = {
  name: 'climbs',
  scenes: Object.keys(scenes),
  title:
    'What climbs in several scenes: gains along assayed gradients of intervals of about three generations, two from the founders on and one later (perturbed forks in pairs, policy weights by two mutations)',
  measure(seed) {
    const numbers: Record<string, number> = {};
    for (const world of worlds) {
      const simulation = createSimulation(sceneWith(scenes[world.scene], world.scene, world.set), String(seed));
      const { every, horizon, forks, late } = world;
      const plan = { horizon, forks, size: 1, policySize: 2, nulls: false, seed: String(seed) };
      for (const window of Object.keys(windows) as Window[]) {
        const from = window === 'early' ? 0 : late;
        const ticks = Array.from({ length: windows[window] + 1 }, (_, k) => from + k * every);
        const since = Math.max(0, from - every);
        simulation.step(since - simulation.tick);
        if (simulation.populations[0].count < 8) break;
        const { intervals } = followClimb(simulation, { ...plan, ticks, since });
        Object.assign(
          numbers,
          numbersOf((...rest) => keyOf(world, window, ...rest), intervals),
        );
      }
      simulation.dispose();
    }
    return numbers;
  },
  judge: (results) => ({
    lines: [...climbsTable(results), '', ...switchesTable(results)],
    // What the design card claims at its weakest: from founders on selection climbs in the meadow.
    holds: results.filter((one) => one['meadow/early/selection/everything'] > 0).length >= 0.8 * results.length,
  }),
  tables: (results) => ({ climbs: climbsTable(results), 'climbs-switches': switchesTable(results) }),
};

/** The trait that gained most in the mean over seeds. */
function topTrait(world: World, window: Window, results: Results): string {
  const prefix = `${keyOf(world, window, 'trait')}/`;
  const names = Object.keys(results[0] ?? {}).filter((name) => name.startsWith(prefix));
  const means = names.map((name) => mean(results.map((one) => one[name])));
  const best = means.indexOf(Math.max(...means));
  return best < 0 ? '' : `${names[best].slice(prefix.length)} ${showNumber(means[best], 3)}`;
}

function climbsTable(results: Results): string[] {
  const { both, mean: meanOf } = summarise(results);
  return markdownTable(
    [
      'world',
      'ticks',
      'generations',
      'clades',
      'selection, all loci',
      'traits',
      'policy weights',
      'within clades, all loci',
      'within clades, policy weights',
      'everything but selection',
      'trait that gains most',
      'cosine, all loci',
      'reliability, all loci',
      'policy weights',
    ],
    worlds.flatMap((world) =>
      (Object.keys(windows) as Window[]).map((window) => {
        const key = (...rest: string[]) => keyOf(world, window, ...rest);
        const from = window === 'early' ? 0 : world.late;
        const rest = results.map((one) => ({ rest: one[key('change', 'everything')] - one[key('selection', 'everything')] }));
        return [
          world.scene === 'meadow' && world.name !== 'meadow' ? `meadow ${world.name}` : world.name,
          `${showNumber(from, 0)} to ${showNumber(from + windows[window] * world.every, 0)}`,
          meanOf(key('generations'), 1),
          meanOf(key('clades'), 0),
          both(key('selection', 'everything'), 3),
          both(key('selection', 'traits'), 3),
          both(key('selection', 'policy'), 3),
          both(key('within', 'everything'), 3),
          both(key('within', 'policy'), 3),
          summarise(rest).both('rest', 3),
          topTrait(world, window, results),
          both(key('cosine', 'everything'), 2),
          meanOf(key('reliability', 'everything'), 2),
          meanOf(key('reliability', 'policy'), 2),
        ];
      }),
    ),
  );
}

/** Questions of the switches: one family. */
const questions = (['early', 'late'] as const).flatMap((window) =>
  (
    [
      ['selection', 'everything', 'selection, all loci'],
      ['selection', 'policy', 'selection, policy weights'],
      ['within', 'everything', 'selection within clades, all loci'],
    ] as const
  ).map(([part, segment, title]) => ({ window, part, segment, title })),
);

/** The meadow with a mechanism against the meadow without it, over the same seeds. */
function switchesTable(results: Results): string[] {
  const [base, ...others] = worlds.filter(({ scene }) => scene === 'meadow');
  const tests = others.flatMap((world) =>
    questions.map(({ window, part, segment, title }) => {
      const differences = results.map(
        (one) => one[keyOf(world, window, part, segment)] - one[keyOf(base, window, part, segment)],
      );
      return { world, window, title, ...meanInterval(Float64Array.from(differences)) };
    }),
  );
  const corrected = holmCorrection(tests.map(({ p }) => p));
  return markdownTable(
    [
      'meadow',
      'intervals',
      'gain',
      'with it minus without',
      '95 % interval, of this difference alone',
      `p by Holm over ${tests.length}`,
    ],
    tests.map(({ world, window, title, mean: difference, low, high }, k) => [
      world.name,
      window,
      title,
      showNumber(difference, 3),
      `${showNumber(low, 3)} to ${showNumber(high, 3)}`,
      showNumber(corrected[k], 3),
    ]),
  );
}
