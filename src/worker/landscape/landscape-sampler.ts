import { dot } from '../../analysis/lab/direction.ts';
import { expectedResponse } from '../../analysis/lab/expected-response.ts';
import { covarianceSpread, meanGenome, timesCovariance } from '../../analysis/lab/genetic-covariance.ts';
import { MeanPath, type MeanPathState } from '../../analysis/lab/mean-path.ts';
import { type Estimate, StepWindow } from '../../analysis/lab/step-window.ts';
import type { LandscapePopulation } from '../../habitat/landscape/landscape-population.ts';
import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import type { ProbeColumn, ProbeSampler } from '../../simulation/types.ts';
import { genomeRows } from './genome-rows.ts';
import { landscapeColumns } from './landscape-columns.ts';

/** Number of loci, over all organisms, from which not every step is measured. */
const everyStepUpTo = 40_000;
/** Multiplications that the effective rank of G may take at a sample. */
const mostForRank = 4e6;

const none: Estimate = { value: Number.NaN, error: Number.NaN };

/** The mean and the forces on it. */
interface Standing {
  readonly tick: number;
  readonly mean: Float64Array;
  readonly gradient: Float64Array;
  readonly response: Float64Array;
  readonly expected: number;
}

/** Watches the mean genome of the first population on a landscape, tick by tick: its steps compared with the exact gradient, and its path. */
export class LandscapeSampler implements ProbeSampler {
  readonly columns: readonly ProbeColumn[];
  readonly path: MeanPath;
  readonly window: StepWindow;
  /** Ticks between measured steps. */
  private readonly every: number;
  private before: Standing | undefined;

  constructor(private readonly simulation: LandscapeSimulation) {
    const [population] = simulation.populations;
    const { dimensions, count } = population;
    this.columns = landscapeColumns(population.name);
    this.path = new MeanPath(dimensions);
    this.window = new StepWindow(dimensions);
    this.every = Math.max(1, Math.ceil((dimensions * count) / everyStepUpTo));
    this.afterTick();
  }

  afterTick(): void {
    const { simulation, before, every } = this;
    const { tick } = simulation;
    const wasMeasured = before?.tick === tick - 1;
    const isMeasured = tick % every === 0;
    if (!wasMeasured && !isMeasured) return;
    const [population] = simulation.populations;
    // An extinct population has no mean, and no forces act on it.
    if (population.count === 0) return;
    // Frequency-dependent landscapes are evaluated among the organisms that live now.
    simulation.habitat.logFitness(population);
    const mean = meanGenome(genomeRows(population));
    if (wasMeasured) {
      const { landscape } = simulation.habitat;
      const step = mean.map((value, i) => value - before.mean[i]);
      this.window.push({ ...before, step, gain: landscape.logFitness(mean, 0) - landscape.logFitness(before.mean, 0) });
    }
    this.path.push(tick, mean);
    this.before = isMeasured ? this.stand(population, mean) : undefined;
  }

  sample(): readonly number[] {
    const { simulation, window } = this;
    const genomes = genomeRows(simulation.populations[0]);
    const { count, dimensions } = genomes;
    const several = count > 1;
    const estimates = [
      window.cosineTogether('gradient'),
      window.cosineOfSteps('gradient'),
      several ? window.cosineTogether('response') : none,
      several ? window.cosineOfSteps('response') : none,
      window.mean('along'),
      window.mean('gain'),
    ];
    const work = count * dimensions * Math.min(count, dimensions);
    return [
      ...estimates.flatMap(({ value, error }) => [value, error * error]),
      window.mean('expected').value,
      window.mean('expectedGain').value,
      several && work <= mostForRank ? covarianceSpread(genomes).effectiveRank : Number.NaN,
    ];
  }

  state(): MeanPathState {
    return this.path.state();
  }

  restore(state: MeanPathState): void {
    this.path.restore(state);
  }

  private stand(population: LandscapePopulation, mean: Float64Array): Standing {
    const { simulation } = this;
    const { dimensions, count, parameters } = population;
    const gradient = new Float64Array(dimensions);
    simulation.habitat.landscape.gradient(mean, 0, gradient);
    const response = count > 1 ? timesCovariance(genomeRows(population), gradient) : new Float64Array(dimensions);
    // With dominance the covariance of what is expressed is not the additive one: what follows from it is not known.
    if (population.layout.shifts) response.fill(Number.NaN);
    const { on, rate, deviation, evolvable, effects, upward } = parameters.mechanisms.mutation as unknown as MutationParameters;
    const { habitat } = simulation.scene;
    // Mutation with a direction moves the mean beside selection; the step rule counts how often changes are uphill, not how large their squares are.
    const bySquares =
      upward === 0.5 && (effects === 'normal' || habitat.model !== 'annealing' || habitat.annealing.rule !== 'step');
    const expected =
      evolvable || (on && !bySquares)
        ? Number.NaN
        : expectedResponse({
            habitat,
            sigma: on ? deviation * Math.sqrt(rate) : 0,
            slope: Math.sqrt(dot(gradient, gradient)),
            variance: dot(gradient, response),
            size: count,
          });
    return { tick: simulation.tick, mean, gradient, response, expected };
  }
}

interface MutationParameters {
  readonly on: boolean;
  readonly rate: number;
  readonly deviation: number;
  readonly evolvable: boolean;
  readonly effects: string;
  readonly upward: number;
}
