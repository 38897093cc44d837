import { choleskyFactor, solvePositive } from '../../math/cholesky.ts';
import { type FamilyBlocks, familyBlocks, jackknifeErrors } from './family-jackknife.ts';

/** A cohort: traits and fitness of its organisms. @experimental */
export interface SelectionCohort {
  /** `traits` values an organism. */
  readonly values: Float64Array | Float32Array;
  readonly traits: number;
  /** Absolute fitness, for example lifetime offspring. */
  readonly fitness: ArrayLike<number>;
  /** Family of each organism, for errors. */
  readonly families: ArrayLike<number>;
}

/** A number with its standard error (jackknife over families; NaN where unknown). @experimental */
export interface WithError {
  readonly value: number;
  readonly error: number;
}

/** Selection on some traits, in standard deviations of the traits in the cohort. @experimental */
export interface SelectionGradients {
  /** Standardised selection differential of each trait: covariance of trait and relative fitness (Robertson 1966; Lande & Arnold 1983). */
  readonly differentials: readonly WithError[];
  /** Linear gradients beta: partial regressions of relative fitness on the traits, without quadratic terms. */
  readonly gradients: readonly WithError[];
  /**
   * Quadratic gradients gamma, `traits` rows one behind the other: of the regression with all linear and quadratic terms; those on the diagonal are twice the
   * coefficients of squares (Lande & Arnold 1983, Evolution 37: 1210; Stinchcombe et al. 2008, Evolution 62: 2435). Empty unless requested.
   */
  readonly quadratic: readonly WithError[];
  /** Blocks of families that errors come from; intervals have one degree of freedom less. */
  readonly blocks: number;
}

/** Terms of a regression: of every row, 1, the traits, then products of traits a <= b. */
const termsOf = (traits: number, quadratic: boolean) => 1 + traits + (quadratic ? (traits * (traits + 1)) / 2 : 0);

/**
 * Selection differentials and gradients of a cohort (Lande & Arnold 1983).
 * @param quadratic whether to fit quadratic terms too
 * @throws {RangeError} if no organism has offspring, a trait does not vary, traits are collinear, or there are fewer than three organisms a term
 * @experimental
 */
export function selectionGradients(cohort: SelectionCohort, quadratic: boolean): SelectionGradients {
  const { traits, fitness } = cohort;
  const n = fitness.length;
  const terms = termsOf(traits, quadratic);
  if (n < 3 * terms) throw new RangeError(`selectionGradients: ${n} organisms for ${terms} terms; give at least ${3 * terms}`);
  const standardised = standardise(cohort);
  const blocks = familyBlocks(cohort.families);
  const linear = new Moments(standardised, cohort, blocks, false);
  const full = quadratic ? new Moments(standardised, cohort, blocks, true) : undefined;
  const estimate = (without: number): Float64Array => {
    const { differentials, coefficients } = linear.estimate(without);
    const estimates = new Float64Array((quadratic ? traits * traits : 0) + 2 * traits);
    estimates.set(differentials);
    estimates.set(coefficients, traits);
    if (full) estimates.set(full.quadratic(without), 2 * traits);
    return estimates;
  };
  const values = estimate(-1);
  const errors = jackknifeErrors(blocks.count, values.length, (block) => {
    try {
      return estimate(block);
    } catch (error) {
      // Without one block a trait may not vary.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  });
  const all = Array.from(values, (value, i) => ({ value, error: errors[i] }));
  return {
    differentials: all.slice(0, traits),
    gradients: all.slice(traits, 2 * traits),
    quadratic: all.slice(2 * traits),
    blocks: blocks.count,
  };
}

/** Traits minus their means in the cohort, in units of their standard deviations. @throws {RangeError} for one that does not vary */
function standardise({ values, traits, fitness }: SelectionCohort): Float64Array {
  const n = fitness.length;
  const standardised = new Float64Array(n * traits);
  for (let t = 0; t < traits; t++) {
    let [mean, square] = [0, 0];
    for (let i = 0; i < n; i++) mean += values[i * traits + t] / n;
    for (let i = 0; i < n; i++) square += (values[i * traits + t] - mean) * (values[i * traits + t] - mean);
    const deviation = Math.sqrt(square / n);
    if (!(deviation > 1e-9 * Math.abs(mean))) throw new RangeError(`selectionGradients: trait ${t} does not vary`);
    for (let i = 0; i < n; i++) standardised[i * traits + t] = (values[i * traits + t] - mean) / deviation;
  }
  return standardised;
}

/** Sums of products of terms, and of terms with fitness, block by block. */
class Moments {
  private readonly terms: number;
  private readonly traits: number;
  /** X'X and X'w of each block, and of all. */
  private readonly products: Float64Array[];
  private readonly responses: Float64Array[];

  constructor(
    standardised: Float64Array,
    { traits, fitness }: SelectionCohort,
    { of, count }: FamilyBlocks,
    withSquares: boolean,
  ) {
    this.traits = traits;
    const terms = (this.terms = termsOf(traits, withSquares));
    this.products = Array.from({ length: count }, () => new Float64Array(terms * terms));
    this.responses = Array.from({ length: count }, () => new Float64Array(terms));
    const row = new Float64Array(terms);
    row[0] = 1;
    for (let i = 0; i < fitness.length; i++) {
      for (let t = 0; t < traits; t++) row[1 + t] = standardised[i * traits + t];
      let at = 1 + traits;
      if (withSquares) for (let a = 0; a < traits; a++) for (let b = a; b < traits; b++) row[at++] = row[1 + a] * row[1 + b];
      const [products, responses] = [this.products[of[i]], this.responses[of[i]]];
      for (let a = 0; a < terms; a++) {
        responses[a] += row[a] * fitness[i];
        for (let b = 0; b <= a; b++) products[a * terms + b] += row[a] * row[b];
      }
    }
  }

  private sums(without: number) {
    const [products, responses] = [new Float64Array(this.terms * this.terms), new Float64Array(this.terms)];
    for (const [block, of] of this.products.entries()) {
      if (block === without) continue;
      for (let i = 0; i < products.length; i++) products[i] += of[i];
      for (let i = 0; i < responses.length; i++) responses[i] += this.responses[block][i];
    }
    const [n, total] = [products[0], responses[0]];
    if (!(total > 0)) throw new RangeError('selectionGradients: no organism of the cohort has offspring');
    /** Standard deviations, in those of the whole cohort. */
    const deviation = Float64Array.from({ length: this.traits }, (_, t) => {
      const mean = products[(1 + t) * this.terms] / n;
      return Math.sqrt(Math.max(0, products[(1 + t) * (this.terms + 1)] / n - mean * mean));
    });
    return { products, responses, n, total, deviation };
  }

  /** Differentials and linear coefficients without a block (-1: of all). */
  estimate(without: number): { readonly differentials: Float64Array; readonly coefficients: Float64Array } {
    const { products, responses, n, total, deviation } = this.sums(without);
    const differentials = Float64Array.from(deviation, (unit, t) => {
      return (responses[1 + t] / total - products[(1 + t) * this.terms] / n) / unit;
    });
    const solved = this.solve(products, responses);
    const coefficients = Float64Array.from(deviation, (unit, t) => (solved[1 + t] * n * unit) / total);
    return { differentials, coefficients };
  }

  /** The matrix gamma without a block (-1: of all). */
  quadratic(without: number): Float64Array {
    const { traits } = this;
    const { products, responses, n, total, deviation } = this.sums(without);
    const solved = this.solve(products, responses);
    const gamma = new Float64Array(traits * traits);
    let at = 1 + traits;
    for (let a = 0; a < traits; a++) {
      for (let b = a; b < traits; b++) {
        const value = ((a === b ? 2 : 1) * solved[at++] * n * deviation[a] * deviation[b]) / total;
        gamma[a * traits + b] = gamma[b * traits + a] = value;
      }
    }
    return gamma;
  }

  private solve(products: Float64Array, responses: Float64Array): Float64Array {
    // Columns scaled to equal lengths, so that what counts as collinear does not depend on units.
    const { terms } = this;
    const scale = Float64Array.from({ length: terms }, (_, a) => Math.sqrt(products[a * terms + a]));
    const matrix = products.map((value, i) => value / (scale[Math.floor(i / terms)] * scale[i % terms]));
    if (!isRegular(matrix, terms)) throw new RangeError('selectionGradients: traits are collinear');
    const solved = solvePositive(
      matrix,
      responses.map((value, a) => value / scale[a]),
    );
    return solved.map((value, a) => value / scale[a]);
  }
}

/** Whether Cholesky's factor of a matrix of unit diagonal has pivots above rounding. */
function isRegular(matrix: Float64Array, n: number): boolean {
  try {
    const factor = choleskyFactor(matrix, n);
    for (let a = 0; a < n; a++) if (!(factor[a * n + a] > 1e-6)) return false;
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
