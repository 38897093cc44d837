/** Rows of genomes: float32 in a population, float64 where points are computed. */
export type Genomes = Float32Array | Float64Array;

/**
 * A fitness landscape: log fitness f of a genome of `dimensions` loci, with its exact gradient. Fitness is e^f, and parents are
 * chosen in proportion to it. Computed in float64 and the same, bit for bit, in every engine.
 * @experimental
 */
export interface Landscape {
  readonly dimensions: number;
  /**
   * Registers the living organisms, before fitness or gradient is requested in that generation: frequency-dependent landscapes need it (also
   * after `restore`), others ignore it. Costs O(count) at most; no reference to `genomes` is kept.
   * @param genomes `count` rows, `stride` floats apart, the loci first
   * @param time generations, at least 0: where a moving optimum is
   * @throws {RangeError} if a landscape that needs organisms is given none
   */
  meet(genomes: Genomes, count: number, stride: number, time: number): void;
  /**
   * If log fitness is a factor times the squared distance from a centre, as of the last `meet`: that factor and centre. Whole populations
   * are then measured by a kernel, with the bits of `logFitness`.
   */
  readonly squares?: { readonly centre: Float64Array; readonly factor: number };
  /** Log fitness of the genome that begins at `at`. */
  logFitness(genomes: Genomes, at: number): number;
  /** Writes the exact gradient of log fitness (of a rare mutant among those last met) to out[outAt .. outAt+dimensions-1]. */
  gradient(genomes: Genomes, at: number, out: Float64Array, outAt?: number): void;
  /** On a game: names of its strategies, and the share of contests in which those last met play each. */
  readonly strategies?: { readonly names: readonly string[]; shares(): Float64Array };
  /** Where log fitness is highest at the time of the last `meet`, if it is known. */
  optimum?(): Float64Array;
  /**
   * On a landscape whose loci can be left open, for trials within a life: the number of open loci, or -1 if one of the others is wrong, so
   * that no trial can succeed.
   */
  openLoci?(genomes: Genomes, at: number): number;
  /** What this landscape must save in a snapshot; plain JSON. Absent if there is nothing to save. */
  state?(): unknown;
  /**
   * Continues from a state.
   * @throws {RangeError} if it is not a state of this landscape
   */
  restore?(state: unknown): void;
}

/** A landscape whose log fitness is a mean over rows of data, so that a minibatch of them gives a noisy gradient. */
export interface SampledLandscape extends Landscape {
  /** Number of rows of data. */
  readonly rows: number;
  /**
   * Log fitness by some rows only, with its gradient in out[outAt .. outAt+dimensions-1]. Rows drawn at random make both
   * unbiased.
   * @param rows indices in [0, rows), repeats allowed, at least one
   */
  sampled(genomes: Genomes, at: number, rows: ArrayLike<number>, out: Float64Array, outAt?: number): number;
}

/** Whether log fitness on a landscape can be estimated from a minibatch. */
export function isSampled(landscape: Landscape): landscape is SampledLandscape {
  return 'sampled' in landscape;
}

/** `meet` of landscapes that depend neither on other organisms nor on time. */
export function meetNobody(): void {}
