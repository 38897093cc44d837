import juice from '../../scenes/juice.json' with { type: 'json' };
import meadow from '../../scenes/meadow.json' with { type: 'json' };
import type { PolicyProperty } from '../../src/analysis/tangent/policy-twin.ts';
import { TangentWatch } from '../../src/analysis/tangent/tangent-watch.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../src/simulation/kinds.ts';
import { makeWorld, smallWorld } from '../unit/engine/worlds.ts';

export const eat: PolicyProperty = { kind: 'chance', output: 2 };
export const properties: readonly PolicyProperty[] = [{ kind: 'turn' }, { kind: 'thrust' }, eat];

export interface Learned {
  /** Drinkers that lived to the end. */
  readonly drinkers: number;
  /** Change of the chance to eat, mean over drinkers: as the tangent predicts, and in fact, with its standard error. */
  readonly predicted: number;
  readonly measured: number;
  readonly error: number;
}

/** Watches the first two populations of juice learn, who begin with a chance to eat of 0.5 and 0.1. */
export function learnedInJuice(seed: string, ticks: number): Learned[] {
  const simulation = createSimulation(parseScene(juice, 'juice'), seed) as PlaneSimulation;
  simulation.step(1);
  const watches = simulation.populations
    .slice(0, 2)
    .map((population) =>
      Array.from({ length: population.count }, (_, row) => new TangentWatch(simulation, population, row, [eat])),
    );
  for (const watch of watches.flat()) simulation.observe(watch);
  simulation.step(ticks);
  const learned = watches.map((own) => {
    const changes = own.map((watch) => watch.learned()).filter((change) => change !== undefined);
    const measured = changes.map((change) => change.measured[0]);
    return {
      drinkers: changes.length,
      predicted: mean(changes.map((change) => change.predicted[0])),
      measured: mean(measured),
      error: standardError(measured),
    };
  });
  simulation.dispose();
  return learned;
}

/** Largest difference of what the genes' tangent predicts of selection and what is, relative to the largest change, where genomes differ by `size`. */
export function selectionApart(seed: string, size: number): number {
  const world = makeWorld(smallWorld({ foragers: { mechanisms: { mutation: { on: false } } } }), seed);
  const [population] = world.populations as EmbodiedPopulation[];
  const stream = namedStream(seed, String(size));
  const base = population.genomeOf(0);
  const used = population.layout.loci.map(({ slot }) => slot);
  for (let row = 0; row < population.count; row++) {
    const genome = base.slice();
    for (const slot of used) genome[slot] += size * stream.normal();
    implantGenomes(population, [row], genome);
  }
  world.step(1);
  const watch = new TangentWatch(world, population, 0, properties);
  world.observe(watch);
  world.step(30);
  const change = watch.selected();
  world.dispose();
  if (!change) throw new Error('nobody has descendants');
  const largest = Math.max(...change.measured.map(Math.abs));
  return Math.max(...change.measured.map((value, p) => Math.abs(value - change.predicted[p]))) / largest;
}

/**
 * How well the genes' tangent at the mean genome tells what selection does to behaviour among genomes as meadow has them.
 * @param observers organisms for whose observations it is asked
 * @returns cosine of predicted and measured over observations and properties, and the slope of measured on predicted
 */
export function selectionInMeadow(
  seed: string,
  { tick, window, observers }: { tick: number; window: number; observers: number },
) {
  const simulation = createSimulation(parseScene(meadow, 'meadow'), seed) as PlaneSimulation;
  simulation.step(tick);
  const [population] = simulation.populations;
  const apart = Math.floor(population.count / observers);
  const watches = Array.from({ length: observers }, (_, k) => new TangentWatch(simulation, population, k * apart, properties));
  for (const watch of watches) simulation.observe(watch);
  simulation.step(window);
  let [both, predicted, measured] = [0, 0, 0];
  for (const watch of watches) {
    const change = watch.selected();
    if (!change) throw new Error('nobody has descendants');
    for (let p = 0; p < properties.length; p++) {
      both += change.predicted[p] * change.measured[p];
      predicted += change.predicted[p] ** 2;
      measured += change.measured[p] ** 2;
    }
  }
  simulation.dispose();
  return { cosine: both / Math.sqrt(predicted * measured), slope: both / predicted };
}
