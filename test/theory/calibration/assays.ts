// Errors of assays: gradients, gains and cosines on a slope, whose gradient and whose expected selection are known.
import { assayedGenomes } from '../../../src/analysis/assay/assayed-genomes.ts';
import { performAssayFork } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay } from '../../../src/analysis/assay/plan-assay.ts';
import type { Alignment } from '../../../src/analysis/assay/summarise-assay.ts';
import { summariseAssay } from '../../../src/analysis/assay/summarise-assay.ts';
import { cosine, dot } from '../../../src/analysis/lab/direction.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { studentQuantile } from '../../../src/math/student.ts';
import { rewrite, withWorld } from '../lab-worlds.ts';
import { all, type Calibration, within } from './row.ts';

const d = 6;
const [pairs, replays] = [10, 10];
const slope = 0.6;
const t = studentQuantile(0.975, pairs - 1);

interface Assay {
  readonly summary: ReturnType<typeof summariseAssay>;
  /** Gradient, and expected selection. */
  readonly b: Float64Array;
  readonly selection: Float64Array;
}

/** One assay is judged by three rows. */
const made = new Map<number, Assay>();

/** An assay of one generation, and what it should say. */
function assayOf(index: number): Assay {
  const found = made.get(index) ?? assay(index);
  made.set(index, found);
  return found;
}

function assay(index: number): Assay {
  const world = { form: 'linear', parameters: { slope }, dimensions: d, size: 400, sigma: 0.1 };
  return withWorld(world, `assay ${index}`, (simulation, population) => {
    // Loci that vary unequally: selection, which goes through G, is then at an angle to the gradient.
    const stream = namedStream(String(index), 'genomes');
    rewrite(population, (_, genome) => {
      for (let l = 0; l < d; l++) genome[l] = (0.1 + 0.2 * l) * stream.normal();
    });
    const genomes = assayedGenomes(population);
    const b = new Float64Array(d).fill(slope / Math.sqrt(d));
    const count = genomes.length / d;
    // Parents are drawn in proportion to their fitness: what selection is to be expected is that of the expected numbers of offspring.
    const fitness = Float64Array.from({ length: count }, (_, k) => Math.exp(dot(genomes.subarray(k * d, (k + 1) * d), b)));
    const total = fitness.reduce((sum, w) => sum + w, 0);
    const selection = new Float64Array(d);
    for (let at = 0; at < genomes.length; at++)
      selection[at % d] += genomes[at] * (fitness[Math.floor(at / d)] / total - 1 / count);
    const snapshot = simulation.snapshot();
    const clades = Float64Array.from({ length: count }, (_, k) => k % 20);
    const question = { population: population.name, ticks: 1, size: 3, clades };
    const forks = planAssay({ seed: `assay ${index}`, forks: 2 * pairs, replays }).map((fork) =>
      performAssayFork(snapshot, { ...question, ...fork }),
    );
    const segments = [{ name: 'everything', loci: Array.from({ length: d }, (_, l) => l) }];
    const summary = summariseAssay(forks, genomes, clades, segments, namedStream(String(index), 'assay'));
    return { summary, b, selection };
  });
}

const world = `400 clones on a slope in ${d} loci, one generation, ${pairs} pairs of perturbed forks and ${replays} of the other kinds`;
const trials = { few: 24, many: 500 };
const kinds = ['realised', 'reshuffled', 'perturbed'] as const;

const ofKinds = (
  name: string,
  of: (part: Alignment, b: Float64Array, selection: Float64Array) => readonly [value: number, error: number, truth: number],
): Calibration => ({
  name,
  world: `${world}; with Student's quantile for as many draws less one`,
  trials,
  trial(index) {
    const { summary, b, selection } = assayOf(index);
    return all(
      kinds.map((kind) => {
        const [value, error, truth] = of(summary.segments[0].alignments[kind]?.whole as Alignment, b, selection);
        return within(value - t * error, truth, value + t * error);
      }),
    );
  },
});

export const gain = ofKinds('gain of an assay', ({ gain: value, gainError }, b, selection) => [
  value,
  gainError,
  dot(selection, b),
]);

export const angle = ofKinds('cosine of an assay', ({ cosine: value, cosineError }, b, selection) => [
  value,
  cosineError,
  cosine(selection, b),
]);

export const gradient: Calibration = {
  name: 'gradient of an assay',
  world,
  trials,
  trial(index) {
    const { summary, b } = assayOf(index);
    return all(
      Array.from(b, (truth, l) =>
        within(summary.gradient[l] - t * summary.error[l], truth, summary.gradient[l] + t * summary.error[l]),
      ),
    );
  },
};
