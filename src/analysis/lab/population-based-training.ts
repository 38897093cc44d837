// Population-based training: learners that take noisy gradient steps, and copy better ones.

import { isSampled, type Landscape, type SampledLandscape } from '../../habitat/landscape/landscape.ts';
import { exp } from '../../math/elementary.ts';
import type { NamedStream } from '../../math/streams.ts';
import type { PbtWindow } from './pbt-decomposition.ts';

export const exploitRules = ['pair', 'truncation', 'none'] as const;
export type ExploitRule = (typeof exploitRules)[number];

export interface PbtOptions {
  readonly landscape: Landscape;
  /** Genomes of the learners, rows of the landscape's dimensions; two or more. */
  readonly start: Float64Array;
  readonly stream: NamedStream;
  /** Learning rate at the start: the length of a step per unit of gradient. */
  readonly rate: number;
  /** Standard deviation of its logarithm among the learners; 0 by default. */
  readonly rateSpread?: number;
  /** Share of the last step that is kept, in [0, 1); 0 by default, and then it stays so. */
  readonly momentum?: number;
  /** Standard deviation at each locus of the normal noise in a learner's estimate of its gradient; 0 by default. */
  readonly noise?: number;
  /** Rows of data in a learner's minibatch, drawn with replacement, on a landscape that has data; by default all of them. */
  readonly batch?: number;
  /** Gradient steps between two rounds of exploit and explore, 1 or more. */
  readonly interval: number;
  /**
   * `pair`: learners are paired at random and the worse copies the better (a tournament of two); `truncation`: the worst share
   * copies a random one of the best share; `none`: learners do not interact.
   */
  readonly exploit: ExploitRule;
  /** Share of `truncation`, in (0, 1/2]; 0.2 by default. */
  readonly truncation?: number;
  /** After copying, the learning rate is multiplied by 0.8 or 1.2, and so is 1 - momentum; true by default. */
  readonly explore?: boolean;
  /** `fixed`: fitness is always measured against the starting population; `self-play`: against the current others. */
  readonly objective: 'fixed' | 'self-play';
}

/**
 * Population-based training (Jaderberg et al. 2017, arXiv:1711.09846): learners take noisy gradient steps, each with its own
 * learning rate; at intervals the worse copy the better (exploit) and change their rates (explore). Fitness at a round is the
 * exact log fitness of that moment; ties are not copied.
 */
export class PopulationBasedTraining {
  readonly dimensions: number;
  readonly learners: number;
  /** Genomes, a row a learner. */
  readonly genomes: Float64Array;
  /** Learning rate and momentum of each learner. */
  readonly rates: Float64Array;
  readonly momenta: Float64Array;
  /** Gradient steps made, and copies made. */
  time = 0;
  copies = 0;
  /** For each learner, its ancestor at the start of the window. */
  readonly source: Int32Array;

  private readonly options: PbtOptions;
  private readonly sampled: SampledLandscape | undefined;
  private readonly velocities: Float64Array;
  private readonly gradients: Float64Array;
  private readonly copying: Float64Array;
  private readonly local: Float64Array;
  private atStart: Float64Array;

  /** Throws RangeError if the number of learners, the interval, momentum, noise or batch is out of range. */
  constructor(options: PbtOptions) {
    const {
      landscape,
      start,
      stream,
      rate,
      rateSpread = 0,
      momentum = 0,
      noise = 0,
      batch,
      interval,
      truncation = 0.2,
    } = options;
    const { dimensions } = landscape;
    const learners = start.length / dimensions;
    const require = (holds: boolean, message: string) => {
      if (!holds) throw new RangeError(`PopulationBasedTraining: ${message}`);
    };
    require(Number.isInteger(learners) && learners >= 2, `${start.length} numbers are not two or more rows of ${dimensions}`);
    require(rate > 0 && rate < Infinity, `learning rate ${rate} is not positive and finite`);
    require(momentum >= 0 && momentum < 1, `momentum ${momentum} is not in [0, 1)`);
    require(noise >= 0, `noise ${noise} is negative`);
    require(Number.isInteger(interval) && interval >= 1, `interval ${interval} is not a whole number of 1 or more`);
    require(truncation > 0 && truncation <= 0.5, `truncation ${truncation} is not in (0, 1/2]`);
    this.sampled = isSampled(landscape) ? landscape : undefined;
    require(batch === undefined || this.sampled !== undefined, 'this landscape has no data; leave out the batch');
    require(batch === undefined || (Number.isInteger(batch) && batch >= 1), `batch ${batch} is not a whole number of 1 or more`);
    this.options = options;
    this.dimensions = dimensions;
    this.learners = learners;
    this.genomes = start.slice();
    this.rates = Float64Array.from({ length: learners }, () => rate * (rateSpread > 0 ? exp(rateSpread * stream.normal()) : 1));
    this.momenta = new Float64Array(learners).fill(momentum);
    this.source = Int32Array.from({ length: learners }, (_, i) => i);
    this.velocities = new Float64Array(start.length);
    this.gradients = new Float64Array(start.length);
    this.copying = new Float64Array(dimensions);
    this.local = new Float64Array(dimensions);
    this.atStart = this.meanGenome();
  }

  /** Gradient steps of every learner, `count` of them, with the rounds of exploit and explore that fall due. */
  step(count = 1): void {
    for (let done = 0; done < count; done++) {
      this.learn();
      this.time++;
      if (this.options.exploit !== 'none' && this.time % this.options.interval === 0) this.exploit();
    }
  }

  /** Log fitness of each learner, as in a round now. */
  fitness(): Float64Array {
    this.meet();
    return Float64Array.from({ length: this.learners }, (_, i) =>
      this.options.landscape.logFitness(this.genomes, i * this.dimensions),
    );
  }

  /** Mean genome of the learners. */
  meanGenome(): Float64Array {
    const mean = new Float64Array(this.dimensions);
    for (let at = 0; at < this.genomes.length; at++) mean[at % this.dimensions] += this.genomes[at] / this.learners;
    return mean;
  }

  /** The change of the mean since the last call, or the start, by its events; begins a new window and resets `source`. */
  takeWindow(): PbtWindow {
    const mean = this.meanGenome();
    const change = mean.map((value, l) => value - this.atStart[l]);
    const window = { change, copying: this.copying.slice(), local: this.local.slice() };
    this.atStart = mean;
    this.copying.fill(0);
    this.local.fill(0);
    for (let i = 0; i < this.learners; i++) this.source[i] = i;
    return window;
  }

  private meet(): void {
    const { landscape, objective, start } = this.options;
    landscape.meet(objective === 'fixed' ? start : this.genomes, this.learners, this.dimensions, this.time);
  }

  /** One step of every learner, all in the former state of the population. */
  private learn(): void {
    const { dimensions, learners, genomes, gradients, velocities, rates, momenta, local, options, sampled } = this;
    const { landscape, stream, noise = 0, batch } = options;
    this.meet();
    for (let i = 0; i < learners; i++) {
      const at = i * dimensions;
      if (sampled !== undefined && batch !== undefined) {
        const rows = Array.from({ length: batch }, () => stream.integer(sampled.rows));
        sampled.sampled(genomes, at, rows, gradients, at);
      } else landscape.gradient(genomes, at, gradients, at);
      if (noise > 0) for (let l = 0; l < dimensions; l++) gradients[at + l] += noise * stream.normal();
    }
    for (let i = 0, at = 0; i < learners; i++) {
      for (let l = 0; l < dimensions; l++, at++) {
        velocities[at] = momenta[i] * velocities[at] + rates[i] * gradients[at];
        genomes[at] += velocities[at];
        local[l] += velocities[at] / learners;
      }
    }
  }

  private exploit(): void {
    const { learners, options } = this;
    const { stream, exploit, truncation = 0.2 } = options;
    const fitness = this.fitness();
    const order = Int32Array.from({ length: learners }, (_, i) => i);
    if (exploit === 'pair') {
      for (let i = learners - 1; i > 0; i--) {
        const other = stream.integer(i + 1);
        const kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
      for (let i = 0; i + 1 < learners; i += 2) {
        const [one, other] = [order[i], order[i + 1]];
        if (fitness[one] < fitness[other]) this.copy(other, one);
        else if (fitness[other] < fitness[one]) this.copy(one, other);
      }
      return;
    }
    order.sort((a, b) => fitness[a] - fitness[b] || a - b);
    const few = Math.floor(truncation * learners);
    for (let i = 0; i < few; i++) {
      const best = order[learners - 1 - stream.integer(few)];
      if (fitness[order[i]] < fitness[best]) this.copy(best, order[i]);
    }
  }

  /** Copies genome, velocity and rates of the better learner to the worse, which then changes its rates. */
  private copy(better: number, worse: number): void {
    const { dimensions, learners, genomes, velocities, rates, momenta, copying, options } = this;
    for (let l = 0, from = better * dimensions, to = worse * dimensions; l < dimensions; l++, from++, to++) {
      copying[l] += (genomes[from] - genomes[to]) / learners;
      genomes[to] = genomes[from];
      velocities[to] = velocities[from];
    }
    this.source[worse] = this.source[better];
    this.copies++;
    rates[worse] = rates[better];
    momenta[worse] = momenta[better];
    if (options.explore === false) return;
    const factor = () => (options.stream.uniform() < 0.5 ? 0.8 : 1.2);
    rates[worse] *= factor();
    if ((options.momentum ?? 0) > 0) momenta[worse] = Math.max(0, 1 - (1 - momenta[worse]) * factor());
  }
}
