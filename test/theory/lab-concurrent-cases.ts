// Checks of many mutations in flight against theory, one number each, with real populations: the tests run them small, the table
// `lab` of `npm run verify` at full size. Replicates are populations.

import { type FollowedPopulation, followConcurrent } from '../../src/analysis/lab/concurrent-step.ts';
import { cosine, dot } from '../../src/analysis/lab/direction.ts';
import { meanGenome, timesCovariance } from '../../src/analysis/lab/genetic-covariance.ts';
import { labRows } from '../../src/analysis/lab/lab-scene.ts';
import { neutralVariance } from '../../src/analysis/lab/neutral-variance.ts';
import { selectionDifferential } from '../../src/analysis/lab/selection-differential.ts';
import { makeLandscape } from '../../src/habitat/landscape/forms.ts';
import { mean, standardError, variance } from '../../src/math/statistics.ts';
import type { LabCase } from './lab-cases.ts';
import { estimate, meanVariance, rewrite, type World, withWorld } from './lab-worlds.ts';

export interface ConcurrentCase extends Omit<LabCase, 'check'> {
  readonly check: '3c' | '4a' | '6a' | '7e';
}

const over = <T>(count: number, of: (replicate: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));

export const transferRates = [0, 0.1, 0.5, 1] as const;
const [dimensions, size, sigma] = [20, 100, 0.02];

/** Mean variance of the loci over time, on a flat landscape at equilibrium. */
function flatVariance(world: Omit<World, 'form' | 'parameters'>, ticksPerGeneration: number, generations: number, seed: string) {
  const flat: World = { ...world, form: 'linear', parameters: { slope: 0 } };
  return withWorld(flat, seed, (simulation, population) => {
    // What the start leaves of the equilibrium falls as e^(-t/N) or faster.
    simulation.step(8 * world.size * ticksPerGeneration);
    const every = Math.max(1, world.size / 10);
    let sum = 0;
    for (let t = 0; t < generations; t += every) {
      simulation.step(every * ticksPerGeneration);
      sum += meanVariance(labRows(population)) * every;
    }
    return sum / generations;
  });
}

function varianceCases(): ConcurrentCase[] {
  const wrightFisher = transferRates.map(
    (transfer): ConcurrentCase => ({
      check: '3c',
      name: `E[G], wright-fisher, N = ${size}, h = ${transfer}`,
      formula: 'G / sigma² = (N - 1) / (1 + k - k/N), k = 2h - h²',
      replicates: 16,
      run(seed, replicates) {
        const unit = sigma * sigma;
        const values = over(
          replicates,
          (i) => flatVariance({ dimensions, size, sigma, transfer }, 1, 600, `${seed} flat ${transfer} ${i}`) / unit,
        );
        return { expected: neutralVariance({ size, sigma, transfer }) / unit, ...estimate(values) };
      },
    }),
  );
  const few = 20;
  return [
    ...wrightFisher,
    {
      check: '3c',
      name: `E[G], moran, N = ${few}, h = 0`,
      formula: 'G / sigma² = (N - 1) / 2',
      replicates: 16,
      run(seed, replicates) {
        const values = over(
          replicates,
          (i) => flatVariance({ dimensions, size: few, sigma, model: 'moran' }, few, 200, `${seed} moran ${i}`) / (sigma * sigma),
        );
        return { expected: (few - 1) / 2, ...estimate(values) };
      },
    },
  ];
}

/** Populations on a slope, from their equilibrium without selection on: `runs` of so many generations each, after as many as N. */
export function followTransfer(
  seed: string,
  transfer: number,
  { slope = 1, runs, generations }: { readonly slope?: number; readonly runs: number; readonly generations: number },
): FollowedPopulation[] {
  const world: World = { form: 'linear', parameters: { slope }, dimensions, size, sigma, transfer };
  return over(runs, (i) =>
    withWorld(world, `${seed} slope ${slope} ${transfer} ${i}`, (simulation) =>
      followConcurrent(simulation, { burnIn: 5 * size, generations }),
    ),
  );
}

/** A cloud that drift and mutation have made, round 0, one behind the other. */
function driftingCloud(seed: string, scale: number, count: number, loci: number): Float64Array {
  const world: World = {
    form: 'linear',
    parameters: { slope: 0 },
    dimensions: loci,
    size: count,
    sigma: scale,
    transfer: 0.1,
  };
  return withWorld(world, seed, (simulation, population) => {
    simulation.step(4 * count);
    const rows = labRows(population);
    const mean = meanGenome(rows);
    return Float64Array.from({ length: count * loci }, (_, i) => {
      const [row, l] = [Math.floor(i / loci), i % loci];
      return rows.values[row * rows.stride + l] - mean[l];
    });
  });
}

export const responseSigmas = [0.1, 0.03, 0.01, 0.003] as const;
export const responseForms: Readonly<Record<string, Record<string, unknown>>> = {
  bowl: {},
  valley: { condition: 10 },
  peaks: {},
};
/** Value of every locus at the middle of the cloud: no optimum of any of them. */
const middle = 0.5;
const responseLoci = 10;

/**
 * 1 less the cosine of the expected step of a generation to G grad f, of a cloud of 100 at mutation s.d. `scale`: expected over all
 * draws of parents, so that the curvature of the landscape alone is left.
 */
export function responseDeparture(seed: string, form: string, scale: number): number {
  const loci = responseLoci;
  const landscape = makeLandscape(form, loci, responseForms[form], 'lab');
  const values = driftingCloud(`${seed} cloud`, scale, size, loci).map((value) => middle + value);
  const rows = { values, count: size, stride: loci, dimensions: loci };
  landscape.meet(values, size, loci, 0);
  const logFitness = Float64Array.from({ length: size }, (_, row) => landscape.logFitness(values, row * loci));
  const gradient = new Float64Array(loci);
  landscape.gradient(meanGenome(rows), 0, gradient);
  return 1 - cosine(selectionDifferential(rows, logFitness), timesCovariance(rows, gradient));
}

/** The realised mean step of one generation, over many drawn from the same population, against the expected one. */
function responseCases(): ConcurrentCase[] {
  return Object.keys(responseForms).map((form) => ({
    check: '4a',
    name: `realised step along G grad f, ${form}`,
    formula: 'step = Cov(w, z), of the same cloud',
    replicates: 400,
    run(seed, replicates) {
      const world: World = {
        form,
        parameters: responseForms[form],
        dimensions: responseLoci,
        size,
        sigma: 0.03,
      };
      return withWorld(world, `${seed} ${form}`, (simulation, population) => {
        const cloud = driftingCloud(`${seed} cloud`, 0.03, size, responseLoci);
        rewrite(population, (row, genome) => {
          for (let l = 0; l < responseLoci; l++) genome[l] = middle + cloud[row * responseLoci + l];
        });
        const rows = labRows(population);
        const before = meanGenome(rows);
        const differential = selectionDifferential(rows, simulation.habitat.logFitness(population));
        const gradient = new Float64Array(responseLoci);
        simulation.habitat.landscape.gradient(before, 0, gradient);
        const response = timesCovariance(rows, gradient);
        const along = (step: Float64Array) => dot(step, response) / Math.sqrt(dot(response, response));
        const values = over(replicates, (i) => {
          const future = simulation.fork({ seed: `${seed} ${form} ${i}` }) as typeof simulation;
          try {
            future.step(1);
            return along(meanGenome(labRows(future.populations[0])).map((value, l) => value - before[l]));
          } finally {
            future.dispose();
          }
        });
        const expected = along(differential);
        const { measured, standardError } = estimate(values);
        return { expected: 1, measured: measured / expected, standardError: standardError / expected };
      });
    },
  }));
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

function hawkCases(): ConcurrentCase[] {
  const base = 3;
  return [
    [1, 2],
    [1, 5],
    [3, 4],
  ].map(
    ([value, cost]): ConcurrentCase => ({
      check: '6a',
      name: `hawk and dove, V = ${value}, C = ${cost}, N = 1000`,
      formula: 'mean strategy, by its response, = V/C',
      replicates: 8,
      run(seed, replicates) {
        const world: World = {
          form: 'hawk-dove',
          parameters: { value, cost, base, strength: 1 },
          size: 1000,
          // Mutation of the log odds pulls the strategy towards 1/2 by no more than 0.05 sigma² a generation, and selection pulls
          // it back by 0.05 or more of its distance: below 5e-4.
          sigma: 0.02,
          start: { deviation: 3 },
        };
        const values = over(replicates, (i) =>
          withWorld(world, `${seed} hawk ${value} ${cost} ${i}`, (simulation, population) => {
            simulation.step(150);
            let [sum, weights] = [0, 0];
            for (let t = 0; t < 300; t++) {
              simulation.step(1);
              const genomes = population.table.f32('genome');
              const { count, layout } = population;
              const hawks = Float64Array.from({ length: count }, (_, row) => logistic(genomes[row * layout.stride]));
              const p = mean(hawks);
              // Selection moves the mean by (V - C p) / 2 times this (Price): the weight with which p counts where that rests. A plain
              // mean over time would be off by about 1/N, since a population responds more the nearer it is to 1/2.
              const weight =
                variance(hawks) / (base + (p * p * (value - cost)) / 2 + p * (1 - p) * value + ((1 - p) * (1 - p) * value) / 2);
              sum += weight * p;
              weights += weight;
            }
            return sum / weights;
          }),
        );
        return { expected: value / cost, ...estimate(values) };
      },
    }),
  );
}

const start = [0.5, 0.3, 0.2];

/** Shares of rock, paper and scissors by their mean strategy, and the product of the three. */
function sharesOf(population: { count: number; table: { f32(name: 'genome'): Float32Array }; layout: { stride: number } }) {
  const genomes = population.table.f32('genome');
  const shares = [0, 0, 0];
  for (let row = 0; row < population.count; row++) {
    const weights = [0, 1, 2].map((k) => Math.exp(genomes[row * population.layout.stride + k]));
    const sum = weights[0] + weights[1] + weights[2];
    for (let k = 0; k < 3; k++) shares[k] += weights[k] / sum / population.count;
  }
  return shares;
}

export const games = { inwards: [2, 1], level: [1, 1], outwards: [1, 2] } as const;
const gameTicks = 60;
const gameStrength = 0.1;

/** Pure players of rock, paper and scissors, from shares 0.5, 0.3 and 0.2, after 60 generations of real drift. */
export function playRocks(
  seed: string,
  game: keyof typeof games,
  players: number,
  look: (shares: readonly number[]) => void = () => {},
): number[] {
  const [win, loss] = games[game];
  const world: World = {
    form: 'rock-paper-scissors',
    dimensions: 3,
    parameters: { win, loss, base: 1, strength: gameStrength },
    size: players,
    sigma: 0,
  };
  return withWorld(world, seed, (simulation, population) => {
    rewrite(population, (row, genome) => {
      const share = (row + 0.5) / population.count;
      genome[share < start[0] ? 0 : share < start[0] + start[1] ? 1 : 2] = 60;
    });
    look(sharesOf(population));
    for (let t = 0; t < gameTicks; t++) {
      simulation.step(1);
      look(sharesOf(population));
    }
    return sharesOf(population);
  });
}

/** The share of rock in the next generation without drift: a type's share grows with its fitness. */
function expectedRock([x, y, z]: readonly number[], game: keyof typeof games): number {
  const [win, loss] = games[game];
  const grown = [
    x * (1 + gameStrength * (win * z - loss * y)),
    y * (1 + gameStrength * (win * x - loss * z)),
    z * (1 + gameStrength * (win * y - loss * x)),
  ];
  return grown[0] / (grown[0] + grown[1] + grown[2]);
}

/**
 * The change of the share of rock over the generations against the sum of what was expected of each from the shares before it. Drift
 * is in both, so that populations need not be large: the difference is a sum of drift alone.
 */
function rockCases(): ConcurrentCase[] {
  const players = 500;
  return (Object.keys(games) as (keyof typeof games)[]).map((game) => ({
    check: '6a',
    name: `rock, paper, scissors, ${game}, N = ${players}: change of rock`,
    formula: 'sum of the replicator’s changes',
    replicates: 20,
    run(seed, replicates) {
      const changes = over(replicates, (i) => {
        let [change, expected] = [0, 0];
        let before: readonly number[] | undefined;
        playRocks(`${seed} ${game} ${i}`, game, players, (shares) => {
          if (before !== undefined) {
            change += shares[0] - before[0];
            expected += expectedRock(before, game) - before[0];
          }
          before = shares;
        });
        return { change, expected };
      });
      return {
        expected: mean(changes.map(({ expected }) => expected)),
        measured: mean(changes.map(({ change }) => change)),
        standardError: standardError(changes.map(({ change, expected }) => change - expected)),
      };
    },
  }));
}

/** Share of pairs, oneself left out, that carry different alleles of the first locus. */
function diversity(alleles: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < alleles.length; i++) counts.set(alleles[i], (counts.get(alleles[i]) ?? 0) + 1);
  let alike = 0;
  for (const count of counts.values()) alike += count * (count - 1);
  return 1 - alike / (alleles.length * (alleles.length - 1));
}

function driftCases(): ConcurrentCase[] {
  const few = 50;
  const generations = 40;
  const flat = { form: 'linear', parameters: { slope: 0 }, size: few, sigma: 0, start: { deviation: 1 } } as const;
  const alleles = (population: Parameters<typeof labRows>[0]) => {
    const { stride } = population.layout;
    return population.haplotypes.flatMap((name) =>
      Array.from({ length: population.count }, (_, row) => population.table.f32(name)[row * stride]),
    );
  };
  return [
    {
      check: '7e',
      name: `diversity, haploid, N = ${few}, generation ${generations}`,
      formula: '(1 - 1/N)^t',
      replicates: 150,
      run(seed, replicates) {
        const values = over(replicates, (i) =>
          withWorld(flat, `${seed} haploid ${i}`, (simulation, population) => {
            simulation.step(generations);
            return diversity(alleles(population));
          }),
        );
        return { expected: (1 - 1 / few) ** generations, ...estimate(values) };
      },
    },
    {
      check: '7e',
      name: `heterozygosity, diploid, N = ${few}, generation ${generations}`,
      formula: '(1 - 1/2N)^t, no selfing',
      replicates: 150,
      run(seed, replicates) {
        const world: World = { ...flat, ploidy: 2, mechanisms: { 'sexual-reproduction': { on: true } } };
        const values = over(replicates, (i) =>
          withWorld(world, `${seed} diploid ${i}`, (simulation, population) => {
            simulation.step(generations);
            const { stride } = population.layout;
            const [one, other] = population.haplotypes.map((name) => population.table.f32(name));
            let unlike = 0;
            for (let row = 0; row < population.count; row++) unlike += one[row * stride] === other[row * stride] ? 0 : 1;
            return unlike / population.count;
          }),
        );
        // Without selfing: the two alleles of an organism are two of different organisms a generation before; those come from one
        // organism with chance 1/N, and are then one allele with chance (1 + F) / 2.
        let [within, between] = [0, 0];
        for (let t = 0; t < generations; t++) {
          [within, between] = [between, (1 + within) / 2 / few + (1 - 1 / few) * between];
        }
        return { expected: 1 - within, ...estimate(values) };
      },
    },
  ];
}

export const concurrentCases: readonly ConcurrentCase[] = [
  ...varianceCases(),
  ...responseCases(),
  ...hawkCases(),
  ...rockCases(),
  ...driftCases(),
];
