import { cosine, dot } from './direction.ts';

/** A mean over the window with its standard error; both NaN if undefined. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** One measured step of the mean and its references. */
export interface MeasuredStep {
  /** Change of the mean genome in one tick. */
  readonly step: Float64Array;
  /** Exact gradient at the mean before the step. */
  readonly gradient: Float64Array;
  /** G times the gradient, before the step; all 0 for a single genome. */
  readonly response: Float64Array;
  /** Theory's expectation of the step's part along the gradient; NaN if it has none. */
  readonly expected: number;
  /** Log fitness of the mean genome after the step minus that before it. */
  readonly gain: number;
}

const none: Estimate = { value: Number.NaN, error: Number.NaN };
const scalars = ['steps', 'along', 'expected', 'expectedGain', 'gain', 'cosine', 'moved', 'toResponse', 'responded'] as const;
type Scalar = (typeof scalars)[number];

/** Sums over consecutive steps. */
interface Block {
  readonly step: Float64Array;
  readonly gradient: Float64Array;
  readonly response: Float64Array;
  readonly sums: Record<Scalar, number>;
}

/**
 * Steps of the mean over a sliding window, in blocks. Every estimate has a jackknife error over the blocks (Quenouille 1956;
 * Tukey 1958), which allows for steps that resemble their neighbours in time within a block.
 */
export class StepWindow {
  private readonly blocks: Block[] = [];

  /** @param perBlock steps in a block; @param most blocks in the window */
  constructor(
    private readonly dimensions: number,
    private readonly perBlock = 20,
    private readonly most = 10,
  ) {}

  /** Steps in the window now. */
  get steps(): number {
    return this.blocks.reduce((sum, { sums }) => sum + sums.steps, 0);
  }

  push({ step, gradient, response, expected, gain }: MeasuredStep): void {
    const block = this.open();
    for (let i = 0; i < this.dimensions; i++) {
      block.step[i] += step[i];
      block.gradient[i] += gradient[i];
      block.response[i] += response[i];
    }
    const { sums } = block;
    const slope = Math.sqrt(dot(gradient, gradient));
    sums.steps += 1;
    sums.along += slope > 0 ? dot(step, gradient) / slope : 0;
    sums.expected += expected;
    sums.expectedGain += expected * slope;
    sums.gain += gain;
    // A rejected mutant is a step of 0, which has no direction.
    const toGradient = cosine(step, gradient);
    if (!Number.isNaN(toGradient)) {
      sums.cosine += toGradient;
      sums.moved += 1;
    }
    const toResponse = cosine(step, response);
    if (!Number.isNaN(toResponse)) {
      sums.toResponse += toResponse;
      sums.responded += 1;
    }
  }

  /** Mean over the window of a measure of single steps. */
  mean(of: 'along' | 'expected' | 'expectedGain' | 'gain'): Estimate {
    return this.jackknife((block) => block.sums[of] / block.sums.steps);
  }

  /** Mean cosine of single steps to the gradient or to G times it; steps of 0 are left out. */
  cosineOfSteps(to: 'gradient' | 'response'): Estimate {
    return this.jackknife(({ sums }) => (to === 'gradient' ? sums.cosine / sums.moved : sums.toResponse / sums.responded));
  }

  /** Cosine of all steps of the window taken together to the mean of the gradient or of G times it. */
  cosineTogether(to: 'gradient' | 'response'): Estimate {
    return this.jackknife((block) => cosine(block.step, block[to]));
  }

  /** Mean step per tick; all 0 without steps. */
  meanStep(): Float64Array {
    const { step, sums } = this.total(-1);
    return step.map((value) => (sums.steps > 0 ? value / sums.steps : 0));
  }

  private open(): Block {
    const last = this.blocks.at(-1);
    if (last && last.sums.steps < this.perBlock) return last;
    if (this.blocks.length === this.most) this.blocks.shift();
    const block = this.empty();
    this.blocks.push(block);
    return block;
  }

  private empty(): Block {
    const { dimensions } = this;
    return {
      step: new Float64Array(dimensions),
      gradient: new Float64Array(dimensions),
      response: new Float64Array(dimensions),
      sums: Object.fromEntries(scalars.map((name) => [name, 0])) as Record<Scalar, number>,
    };
  }

  /** Sums over the window without one of its blocks. */
  private total(without: number): Block {
    const total = this.empty();
    for (const [b, block] of this.blocks.entries()) {
      if (b === without) continue;
      for (let i = 0; i < this.dimensions; i++) {
        total.step[i] += block.step[i];
        total.gradient[i] += block.gradient[i];
        total.response[i] += block.response[i];
      }
      for (const name of scalars) total.sums[name] += block.sums[name];
    }
    return total;
  }

  private jackknife(estimate: (block: Block) => number): Estimate {
    const count = this.blocks.length;
    if (count === 0) return none;
    const value = estimate(this.total(-1));
    if (count < 3) return { value, error: Number.NaN };
    const without = this.blocks.map((_, b) => estimate(this.total(b)));
    const mean = without.reduce((sum, one) => sum + one, 0) / count;
    const square = without.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
    return { value, error: Math.sqrt(((count - 1) / count) * square) };
  }
}
