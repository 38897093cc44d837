import { cosine } from '../../analysis/lab/direction.ts';
import { meanGenome } from '../../analysis/lab/genetic-covariance.ts';
import { gradientWay } from '../../analysis/lab/gradient-way.ts';
import { contourInterval, contourSegments } from '../../analysis/lab/marching-squares.ts';
import { MeanPath } from '../../analysis/lab/mean-path.ts';
import { StepWindow } from '../../analysis/lab/step-window.ts';
import type { LandscapeModel } from '../../habitat/landscape/parameters.ts';
import { isLandscapeScene, type LandscapeScene } from '../../scene/schema.ts';
import { applyChanges } from '../../scene/set-path.ts';
import { createSimulation } from '../../simulation/create.ts';
import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import { choosePlane } from './choose-plane.ts';
import { type GenomePlane, planeSide } from './genome-plane.ts';
import { genomeRows } from './genome-rows.ts';
import type { ModelFrame, ModelsFrame, ModelsRequest, ModelsText } from './models-protocol.ts';

/** Heights along a side of the square on which contours are found. */
const side = 81;
/** Contours, about. */
const wanted = 14;
/** Milliseconds of one advance. */
const slice = 24;

/** One model's world, measured once a turn. */
interface Runner {
  readonly model: LandscapeModel;
  readonly simulation: LandscapeSimulation;
  readonly ticksPerTurn: number;
  readonly path: MeanPath;
  readonly window: StepWindow;
  mean: Float64Array;
}

/**
 * Annealing, sequential fixation and a Wright-Fisher population on one landscape from one start, in step: in a turn each tries as
 * many mutants as the population has organisms. The result depends on scene, seed and turn alone.
 */
export class ThreeModels {
  private runners: Runner[] = [];
  private plane: GenomePlane | undefined;
  private turn = 0;

  /** @param clock milliseconds */
  constructor(private readonly clock: () => number) {}

  /**
   * Begins at turn 0, with the current parameters.
   * @throws {Error} for a scene that is not on a landscape
   */
  begin({ scene: json, file, seed, changes, choice }: ModelsRequest): ModelsText {
    const scene = applyChanges(pageCatalogue.parseScene(json, file), changes, { atStart: true });
    if (!isLandscapeScene(scene)) throw new Error('three models: this world has no landscape');
    this.end();
    const size = sizeOf(scene);
    this.turn = 0;
    const models: readonly LandscapeModel[] = ['annealing', 'fixation', 'wright-fisher'];
    this.runners = models.map((model) => startRunner(scene, model, size, seed));
    const { simulation, mean } = this.runners[2];
    const plane = choosePlane(simulation, choice);
    this.plane = plane;
    const start = mean.slice();
    const optimum = simulation.habitat.landscape.optimum?.();
    const way = gradientWay(simulation.habitat.landscape, start, 0.004 * (planeSide / plane.perUnit), 2000);
    return {
      size,
      ...drawContours(simulation, plane, start),
      flow: Float32Array.from(way.flatMap((point) => plane.place(point))),
      ...(optimum ? { optimum: plane.place(optimum) } : {}),
      titles: choice.kind === 'loci' ? [`locus ${choice.x + 1}`, `locus ${choice.y + 1}`] : ['along the gradient', 'across it'],
      perUnit: plane.perUnit,
      left: plane.left,
      top: plane.top,
    };
  }

  /** Advances to a turn, as far as time allows; never goes back. */
  advance(turn: number): ModelsFrame {
    const until = this.clock() + slice;
    while (this.turn < turn) {
      for (const runner of this.runners) takeTurn(runner);
      this.turn += 1;
      if (this.clock() >= until) break;
    }
    return { turn: this.turn, models: this.runners.map((runner) => this.show(runner)) };
  }

  /** Frees the memory. */
  end(): void {
    for (const { simulation } of this.runners) simulation.dispose();
    this.runners = [];
  }

  private show({ model, simulation, path, window, mean }: Runner): ModelFrame {
    const plane = this.plane as GenomePlane;
    const places: number[] = [];
    path.each((point) => places.push(...plane.place(point)));
    places.push(...plane.place(mean));
    const together = window.cosineTogether('gradient');
    return {
      model,
      path: Float32Array.from(places),
      fitness: simulation.habitat.landscape.logFitness(mean, 0),
      cosine: together.value,
      error: together.error,
      single: window.cosineOfSteps('gradient').value,
    };
  }
}

/** Organisms of the population: those of the scene, or those in which its mutants fix. */
function sizeOf({ habitat, populations }: LandscapeScene): number {
  const { founders } = Object.values(populations)[0];
  return habitat.model === 'wright-fisher' || habitat.model === 'moran' ? founders : habitat.fixation.size;
}

function startRunner(scene: LandscapeScene, model: LandscapeModel, size: number, seed: string): Runner {
  const [[name, population]] = Object.entries(scene.populations);
  const founders = model === 'wright-fisher' ? size : 1;
  const start = { ...population.start, deviation: 0 };
  const own: LandscapeScene = {
    ...scene,
    changes: [],
    habitat: { ...scene.habitat, model, fixation: { ...scene.habitat.fixation, size } },
    populations: { [name]: { ...population, founders, start } },
  };
  const simulation = createSimulation(own, seed) as LandscapeSimulation;
  const mean = meanGenome(genomeRows(simulation.populations[0]));
  const path = new MeanPath(mean.length);
  path.push(0, mean);
  return { model, simulation, ticksPerTurn: founders === 1 ? size : 1, path, window: new StepWindow(mean.length, 10), mean };
}

function takeTurn(runner: Runner): void {
  const { simulation, mean, path, window, ticksPerTurn } = runner;
  const [population] = simulation.populations;
  const { landscape } = simulation.habitat;
  simulation.habitat.logFitness(population);
  const gradient = new Float64Array(mean.length);
  landscape.gradient(mean, 0, gradient);
  const before = landscape.logFitness(mean, 0);
  simulation.step(ticksPerTurn);
  const after = meanGenome(genomeRows(population));
  const step = after.map((value, i) => value - mean[i]);
  if (!Number.isNaN(cosine(step, gradient))) {
    const gain = landscape.logFitness(after, 0) - before;
    window.push({ step, gradient, response: gradient, expected: Number.NaN, gain });
  }
  runner.mean = after;
  path.push(simulation.tick / ticksPerTurn, after);
}

/** Contours over the whole square of the plane, as pairs of places in the view. */
function drawContours(
  { habitat: { landscape } }: LandscapeSimulation,
  plane: GenomePlane,
  through: Float64Array,
): Pick<ModelsText, 'contours' | 'interval'> {
  const heights = new Float64Array(side * side);
  const genome = new Float64Array(through.length);
  const spacing = planeSide / (side - 1);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at++) {
      plane.genomeAt(column * spacing, row * spacing, through, genome);
      heights[at] = landscape.logFitness(genome, 0);
    }
  }
  const sorted = heights.filter(Number.isFinite).sort();
  const [low, high] = [sorted[Math.floor(0.05 * sorted.length)] ?? 0, sorted.at(-1) ?? 0];
  const interval = contourInterval(low, high, wanted);
  const contours: number[] = [];
  for (let level = Math.ceil(low / interval) * interval; level < high; level += interval) {
    for (const place of contourSegments({ columns: side, rows: side, heights }, level)) contours.push(place * spacing);
  }
  return { contours: Float32Array.from(contours), interval };
}
