// Does fitness against the past rise without circles where the past returns? Contests of samples of both sides of an arms race, with revival and without.
import json from '../../scenes/league.json';
import { DescendantCounter } from '../../src/analysis/assay/descendant-counter.ts';
import { stopVariation } from '../../src/analysis/assay/perform-assay-fork.ts';
import { judgeTournament } from '../../src/analysis/tournament/tournament.ts';
import { log } from '../../src/math/elementary.ts';
import { correlation, mean } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import type { Population } from '../../src/population/population.ts';
import { rowsById } from '../../src/population/rows-by-id.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { summarise } from './summary.ts';
import type { Verification } from './verification.ts';
import { claimed, sceneWith } from './watch-scene.ts';

const sides = ['prey', 'predators'] as const;
type Side = (typeof sides)[number];
const other = { prey: 'predators', predators: 'prey' } as const;

/** Ticks at which both sides are sampled, genomes of a sample, ticks of a contest, and contests of a pair against either opponents. */
const ticks = [4000, 8000, 12_000, 16_000, 20_000];
const [sampled, contestTicks, replicates] = [40, 600, 2];

type Samples = Readonly<Record<Side, readonly Float32Array[]>>;

const named = ({ populations }: Simulation, side: Side) => populations.find(({ name }) => name === side) as Population;

/** Rows in a random order that does not depend on the order of rows. */
function shuffled(population: Population, seed: string): Uint32Array {
  const rows = rowsById(population);
  const stream = namedStream(seed, population.name);
  for (let i = rows.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows;
}

/**
 * Log of the ratio of descendants of one sample to those of another of the same side, half of its founders each, in a fresh world in which nothing mutates, against
 * opponents of one sample of the other side.
 */
function contest(
  scene: Scene,
  seed: string,
  side: Side,
  first: readonly Float32Array[],
  second: readonly Float32Array[],
  opponents: readonly Float32Array[],
): number {
  const simulation = createSimulation(scene, seed);
  for (const population of simulation.populations) stopVariation(simulation, population);
  for (const [k, row] of shuffled(named(simulation, other[side]), seed).entries()) {
    implantGenomes(named(simulation, other[side]), [row], opponents[k % opponents.length]);
  }
  const population = named(simulation, side);
  const id = population.table.f64('id');
  const ofFirst = new Set<number>();
  for (const [k, row] of shuffled(population, seed).entries()) {
    const players = k % 2 === 0 ? first : second;
    if (k % 2 === 0) ofFirst.add(id[row]);
    implantGenomes(population, [row], players[(k >> 1) % players.length]);
  }
  const counter = new DescendantCounter(simulation, population);
  simulation.observe(counter);
  simulation.step(contestTicks);
  const descendants = counter.count();
  simulation.dispose();
  let [one, two] = [0.5, 0.5];
  for (const [k, ancestor] of counter.ancestors.entries()) {
    if (ofFirst.has(ancestor)) one += descendants[k];
    else two += descendants[k];
  }
  return log(one / two);
}

/** Samples of both sides over time; undefined if one side died out. */
function sampleRun(scene: Scene, seed: number): Samples | undefined {
  const simulation = createSimulation(scene, String(seed));
  const samples: Record<Side, Float32Array[][]> = { prey: [], predators: [] };
  for (const tick of ticks) {
    simulation.step(tick - simulation.tick);
    for (const side of sides) {
      const population = named(simulation, side);
      const rows = shuffled(population, `${seed}/${tick}`).subarray(0, sampled);
      samples[side].push(Array.from(rows, (row) => population.genomeOf(row)));
    }
  }
  simulation.dispose();
  const whole = sides.every((side) => samples[side].every((genomes) => genomes.length > 0));
  return whole ? (samples as unknown as Samples) : undefined;
}

const none = { past: Number.NaN, present: Number.NaN, won: Number.NaN, cyclic: Number.NaN, progress: Number.NaN };

/**
 * How the later of two samples does against the earlier: mean margin, against opponents of the earlier's time and of the later's own; share of pairs whose later wins against the
 * earlier's opponents; share of the margins that ratings do not explain; correlation of rating and time.
 */
function judge(scene: Scene, seed: number, side: Side, samples: Samples | undefined): typeof none {
  if (!samples) return none;
  const own = samples[side] as unknown as readonly (readonly Float32Array[])[];
  const others = samples[other[side]] as unknown as readonly (readonly Float32Array[])[];
  const pairs = own.flatMap((_, i) =>
    Array.from({ length: i }, (_, j) => {
      const against = (k: number, opponents: number) =>
        Array.from({ length: replicates }, (_, r) =>
          contest(scene, `${seed}/${side}/${i}-${j}/${k}/${r}`, side, own[i], own[j], others[opponents]),
        );
      return { past: against(0, j), present: against(1, i) };
    }),
  );
  const { ratings, cyclicShare } = judgeTournament(
    own.length,
    pairs.map(({ past, present }) => [...past, ...present]),
  );
  return {
    past: mean(pairs.map(({ past }) => mean(past))),
    present: mean(pairs.map(({ present }) => mean(present))),
    won: mean(pairs.map(({ past }) => Number(mean(past) > 0))),
    cyclic: cyclicShare,
    progress: correlation(ratings, ticks),
  };
}

/** Numbers of a seed with those that follow from them: with revival minus without, and what is gained against opponents of the later's own time beyond those of the earlier's. */
function withDifferences(result: Record<string, number>): Record<string, number> {
  const more = sides.flatMap((side) => [
    [`${side}Gap`, result[`${side}Present`] - result[`${side}Past`]],
    [`${side}PlainGap`, result[`${side}PlainPresent`] - result[`${side}PlainPast`]],
    [`${side}PastDifference`, result[`${side}Past`] - result[`${side}PlainPast`]],
    [`${side}CyclicDifference`, result[`${side}Cyclic`] - result[`${side}PlainCyclic`]],
  ]);
  return { ...result, ...Object.fromEntries(more) };
}

const revivalOf = (side: Side) => `populations.${side}.mechanisms.revival.on`;

/*
 * Margins of five samples have ten degrees of freedom: ratings explain four, circles have six. Noise that is alike and independent in all pairs favours no direction.
 */

/** Whether fitness against the past rises, with revival and without. */
export const league: Verification = claimed(
  {
    name: 'league',
    title:
      'League: samples of 40 of prey and of predators at five ticks (4,000 to 20,000) against earlier samples of their own side, in fresh worlds of 600 ticks, with opponents of the earlier time and of the later (log ratio of descendants); share of the margins in circles; correlation of rating with time; with revival and without',
    scenes: ['league'],
    found: {
      scene: 'league',
      text(results) {
        const { seeds, both } = summarise(results.map(withDifferences));
        // A seed in which one side died out has no numbers.
        const above = (key: string) => {
          const known = results.map((result) => result[key]).filter((value) => Number.isFinite(value));
          return `${known.filter((value) => value > 0).length} of ${known.length}`;
        };
        const line = (side: Side) =>
          `${side === 'prey' ? 'Prey' : 'Predators'}: against opponents of the earlier's time the later leaves ${both(`${side}Past`, 2)} more in log descendants with revival and ${both(`${side}PlainPast`, 2)} without, a difference of ${both(`${side}PastDifference`, 2)} ` +
          `(above 0 in ${above(`${side}Past`)} seeds with it and ${above(`${side}PlainPast`)} without). ` +
          `It leaves ${both(`${side}Gap`, 2)} and ${both(`${side}PlainGap`, 2)} more against opponents of the later's time than of the earlier's. ` +
          `A share of ${both(`${side}Cyclic`, 3)} and ${both(`${side}PlainCyclic`, 3)} goes in circles, noise included, a difference of ${both(`${side}CyclicDifference`, 3)}; rating and time correlate by ${both(`${side}Progress`, 2)} and ${both(`${side}PlainProgress`, 2)}.`;
        return (
          `${seeds}, samples of 40 at five ticks from 4,000 to 20,000, the later of two against the earlier of its side (600 ticks, no mutation; standard errors in brackets). ` +
          `${line('prey')} ${line('predators')} Margins of noise alone would have a share of 0.6 in circles. Not shown: longer runs, other shares, and banks that all enter alike.`
        );
      },
    },
    measure(seed) {
      const result: Record<string, number> = {};
      for (const on of [true, false]) {
        const scene = sceneWith(json, 'league', Object.fromEntries(sides.map((side) => [revivalOf(side), on])));
        const samples = sampleRun(scene, seed);
        for (const side of sides) {
          for (const [key, value] of Object.entries(judge(scene, seed, side, samples))) {
            result[`${side}${on ? '' : 'Plain'}${key[0].toUpperCase()}${key.slice(1)}`] = value;
          }
        }
      }
      return result;
    },
  },
  sides.flatMap((side) =>
    ['Past', 'Present', 'Won', 'Cyclic', 'Progress'].flatMap((key) => [
      { key: `${side}${key}`, title: `${side} ${key.toLowerCase()}`, digits: 2 },
      { key: `${side}Plain${key}`, title: 'without', digits: 2 },
    ]),
  ),
  [
    ['later prey beat earlier ones against the opponents of the earlier with revival', ({ preyPast }) => preyPast > 0],
    ['later predators too', ({ predatorsPast }) => predatorsPast > 0],
  ],
);
