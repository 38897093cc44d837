// Momentum of the mean with mechanisms that might carry it on, each on against off: on a landscape with the exact gradient, and in a meadow.
import json from '../../scenes/meadow.json';
import { ClimbLog } from '../../src/analysis/climb/climb-log.ts';
import { climbMomentum } from '../../src/analysis/climb/climb-over-time.ts';
import { fitMomentum, type MomentumFit, type MomentumStep } from '../../src/analysis/gradient/momentum.ts';
import { atSelection } from '../../src/analysis/lab/at-selection.ts';
import { meanGenome, timesCovariance } from '../../src/analysis/lab/genetic-covariance.ts';
import { selectionDifferential } from '../../src/analysis/lab/selection-differential.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { type World, withWorld } from './lab-worlds.ts';

const sex = { 'sexual-reproduction': { on: true }, recombination: { on: true } };

/** Mechanisms on the landscape, and what each is compared with. */
export const landscapeCauses: Readonly<Record<string, Pick<World, 'transfer' | 'mechanisms'> & { readonly against?: string }>> = {
  none: {},
  transfer: { transfer: 0.3, against: 'none' },
  migration: { mechanisms: { migration: { on: true, rate: 0.02, demes: 4 } }, against: 'none' },
  sex: { mechanisms: sex },
  choice: { mechanisms: { ...sex, 'assortative-mating': { on: true } }, against: 'sex' },
};

/** Momentum that is left beside a response: the expected selection differential, and its linear part, G b (Lande 1979). */
export interface LandscapeMomentum {
  readonly expected: MomentumFit;
  readonly linear: MomentumFit;
}

/**
 * Momentum of a population behind an optimum on a circle, whose gradient turns and lasts. Response and instrument are exact: sums over the
 * generations of a window, and of the window two before, which drift of either has not touched but by where the mean was. G b is all of the expected differential
 * where genomes are normally distributed. Those of a small clonal population are skewed away from where it came from, so beside G b some of the last displacement seems to go on.
 */
export function landscapeMomentum(cause: string, seed: string, windows: number): LandscapeMomentum {
  const generations = 5;
  const dimensions = 4;
  const { against: _, ...mechanisms } = landscapeCauses[cause];
  const world: World = {
    form: 'moving',
    parameters: { path: 'circle', width: 2, radius: 2, speed: 0.05 },
    dimensions,
    size: 300,
    sigma: 0.05,
    ...mechanisms,
  };
  return withWorld(world, seed, (simulation) => {
    simulation.step(300);
    const { landscape } = simulation.habitat;
    const moves: Float64Array[] = [];
    const responses: { expected: Float64Array; linear: Float64Array }[] = [];
    const none = () => ({ expected: new Float64Array(dimensions), linear: new Float64Array(dimensions) });
    let begun: Float64Array | undefined;
    let response = none();
    let made = 0;
    atSelection(simulation, windows * generations + 1, (genomes) => {
      const mean = meanGenome(genomes);
      if (made++ % generations === 0) {
        if (begun) {
          const from = begun;
          moves.push(mean.map((value, l) => value - from[l]));
          responses.push(response);
        }
        begun = mean;
        response = none();
      }
      const gradient = new Float64Array(dimensions);
      landscape.gradient(mean, 0, gradient);
      const pull = timesCovariance(genomes, gradient);
      const { values, count, stride } = genomes;
      const fitness = Float64Array.from({ length: count }, (_, row) => landscape.logFitness(values, row * stride));
      const differential = selectionDifferential(genomes, fitness);
      for (let l = 0; l < dimensions; l++) {
        response.linear[l] += pull[l];
        response.expected[l] += differential[l];
      }
    });
    const momentum = (kind: keyof LandscapeMomentum) =>
      fitMomentum(
        moves.slice(2).map((now, t): MomentumStep => {
          return { before: moves[t + 1], now, response: responses[t + 2][kind], instrument: responses[t][kind] };
        }),
      );
    return { expected: momentum('expected'), linear: momentum('linear') };
  });
}

const on = (mechanism: string) => `populations.foragers.mechanisms.${mechanism}.on`;

/** The same in a meadow. */
export const meadowCauses: Readonly<Record<string, { readonly set: readonly string[]; readonly against?: string }>> = {
  none: { set: [] },
  transfer: { set: ['transfer'], against: 'none' },
  imitation: { set: ['imitation'], against: 'none' },
  migration: { set: ['migration'], against: 'none' },
  sex: { set: ['sexual-reproduction', 'recombination'] },
  choice: { set: ['sexual-reproduction', 'recombination', 'mate-choice'], against: 'sex' },
};

/** Momentum of traits in a meadow of this side, from observed gradients of windows of `every` ticks; undefined where there are too few windows. */
export function meadowMomentum(cause: string, seed: string, side: number, ticks: number, every: number): MomentumFit | undefined {
  const set = {
    'habitat.width': side,
    'habitat.height': side,
    'populations.foragers.founders': Math.round(3000 * (side / 768) ** 2),
    'record.census.every': every,
    ...Object.fromEntries(meadowCauses[cause].set.map((mechanism) => [on(mechanism), true])),
  };
  const changes = Object.entries(set).map(([path, value]) => ({ path, value }));
  const simulation = createSimulation(applyChanges(parseScene(json, 'meadow'), changes, { atStart: true }), seed);
  const [population] = simulation.populations;
  const log = new ClimbLog(population.name, population.traits.length, seed);
  const record = new LifeRecord(simulation);
  simulation.observe(record);
  record.onCensus((opened) => {
    const closed = record.lastCensus[0];
    if (opened.descendants && closed.tick > opened.tick) log.add(opened, closed);
  });
  simulation.step(ticks);
  simulation.dispose();
  return climbMomentum(log.windows);
}
