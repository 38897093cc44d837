import type { LandscapePopulation } from '../../habitat/landscape/landscape-population.ts';
import type { LandscapeModel } from '../../habitat/landscape/parameters.ts';
import { parseScene } from '../../scene/parse.ts';
import type { Scene } from '../../scene/schema.ts';
import { createSimulation } from '../../simulation/create.ts';
import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import type { GenomeRows } from './genetic-covariance.ts';

/**
 * A population on a landscape, as the lab makes it: omitted mechanisms are off, and omitted values have the defaults of scenes.
 * @experimental
 */
export interface LabWorld {
  readonly form: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly model: LandscapeModel;
  readonly dimensions: number;
  /** Number of organisms; for the model fixation, size of the population in which a mutant fixes. */
  readonly size: number;
  /** Standard deviation of mutation; every locus of a newborn mutates. */
  readonly sigma: number;
  /** Chance per locus and generation to be copied from any organism. */
  readonly h?: number;
  /** Value of every locus at the start. */
  readonly start?: number;
  /** Standard deviation of every locus among the founders. */
  readonly deviation?: number;
  /** Inverse temperature of annealing. */
  readonly b?: number;
  readonly ploidy?: 1 | 2;
  /** Other mechanisms by id, as in a scene. */
  readonly mechanisms?: Readonly<Record<string, unknown>>;
}

/**
 * The scene of a world of the lab.
 * @throws {SceneError} in one line for what a scene refuses
 * @experimental
 */
export function labScene(world: LabWorld): Scene {
  const { form, parameters = {}, model, dimensions, size, sigma, h = 0, start = 0, deviation = 0, b, ploidy, mechanisms } = world;
  const single = model === 'annealing' || model === 'fixation';
  // A Moran generation is as many ticks as there are organisms.
  const rate = model === 'moran' ? h / size : h;
  return parseScene(
    {
      version: 1,
      name: 'lab',
      title: 'Lab',
      habitat: {
        kind: 'landscape',
        form,
        model,
        dimensions,
        forms: { [form]: parameters },
        ...(b === undefined ? {} : { annealing: { inverseTemperature: b } }),
        ...(model === 'fixation' ? { fixation: { size } } : {}),
      },
      populations: {
        line: {
          founders: single ? 1 : size,
          start: { mean: start, ...(deviation > 0 ? { deviation } : {}) },
          ...(ploidy === undefined ? {} : { genome: { ploidy } }),
          mechanisms: {
            mutation: { on: sigma > 0, rate: 1, deviation: sigma },
            transfer: { on: rate > 0, kind: 'loci', rate },
            ...mechanisms,
          },
        },
      },
    },
    'lab',
  );
}

/** A function of a world on a landscape and its one population. @experimental */
export type LandscapeAct<T> = (simulation: LandscapeSimulation, population: LandscapePopulation) => T;

/** Makes a world of the lab, passes it to a function, and frees its memory. @experimental */
export function withLabWorld<T>(world: LabWorld, seed: string, act: LandscapeAct<T>): T {
  return withLandscape(labScene(world), seed, act);
}

/** The same with any scene on a landscape. */
export function withLandscape<T>(scene: Scene, seed: string, act: LandscapeAct<T>): T {
  const simulation = createSimulation(scene, seed) as LandscapeSimulation;
  try {
    return act(simulation, simulation.populations[0]);
  } finally {
    simulation.dispose();
  }
}

/** The genomes of the living, in place: valid until the next step. @experimental */
export function labRows({ table, layout, dimensions, count }: LandscapePopulation): GenomeRows {
  return { values: table.f32('genome'), count, stride: layout.stride, dimensions };
}
