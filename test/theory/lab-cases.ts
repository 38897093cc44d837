// Checks of the three models of selection against theory, one number each: the tests run them small, the table `lab` of
// `npm run verify` at full size.
import { annealingStep } from '../../src/analysis/lab/annealing-step.ts';
import type { StepEstimate } from '../../src/analysis/lab/antithetic-step.ts';
import { expectedAlong } from '../../src/analysis/lab/expected-along.ts';
import { fixationChain } from '../../src/analysis/lab/fixation-chain.ts';
import { fixationTimes, timeQuantile } from '../../src/analysis/lab/fixation-times.ts';
import { latentBits, simulatedLatentBits } from '../../src/analysis/lab/latent-bits.ts';
import { moranTimeToFixation } from '../../src/analysis/lab/moran-time.ts';
import { sequentialStep } from '../../src/analysis/lab/sequential-step.ts';
import { type AcceptanceId, makeAcceptance } from '../../src/habitat/landscape/acceptance.ts';
import { type FixationProcess, fixationProbability } from '../../src/habitat/landscape/fixation-probability.ts';
import { makeLandscape } from '../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../src/habitat/landscape/landscape.ts';
import { simulateFixation } from '../../src/habitat/landscape/simulate-fixation.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

export interface LabResult {
  readonly expected: number;
  readonly measured: number;
  /** Of `measured`, from its own replicates. */
  readonly standardError: number;
}

export interface LabCase {
  readonly check: '3a' | '3b' | '3d' | 'bits';
  readonly name: string;
  /** What is expected, as text. */
  readonly formula: string;
  /** Replicates of a test that takes a second or less. */
  readonly replicates: number;
  run(seed: string, replicates: number): LabResult;
}

const dimensions = 10;

/** A place that is no optimum, and the landscapes on which steps are measured there. */
const place = Float64Array.from({ length: dimensions }, (_, l) => 0.4 + 0.1 * (l % 3));
const landscapes: Readonly<Record<string, () => Landscape>> = {
  valley: () => makeLandscape('valley', dimensions, { condition: 10 }, 'lab'),
  peaks: () => makeLandscape('peaks', dimensions, {}, 'lab'),
};

/** So small that what is left of the curvature is far below the sampling error of any run. */
const tiny = 1e-6;

const annealing: Readonly<Record<AcceptanceId, { formula: string; expected: number; power: number }>> = {
  logistic: { formula: 'step / (sigma² grad f) = b/4', expected: 0.5, power: 2 },
  metropolis: { formula: 'step / (sigma² grad f) = b/2', expected: 1, power: 2 },
  step: { formula: 'step / sigma = 1/sqrt(2 pi)', expected: 1 / Math.sqrt(2 * Math.PI), power: 1 },
};

/** Inverse temperature of all of them. */
const b = 2;

function annealingCases(): LabCase[] {
  return Object.keys(landscapes).flatMap((where) =>
    (Object.keys(annealing) as AcceptanceId[]).map((rule): LabCase => {
      const { formula, expected, power } = annealing[rule];
      return {
        check: '3a',
        name: `${rule} selection, ${where}`,
        formula,
        replicates: 20_000,
        run(seed, pairs) {
          const stream = namedStream(seed, `${rule} ${where}`);
          const step = annealingStep(
            { landscape: landscapes[where](), at: place, sigma: tiny, pairs, stream },
            makeAcceptance(rule, b),
          );
          const unit = power === 2 ? tiny * tiny * (step.along / step.slope) : tiny;
          return { expected, measured: step.along / unit, standardError: step.alongError / unit };
        },
      };
    }),
  );
}

function sequentialCases(): LabCase[] {
  const cases: LabCase[] = [];
  for (const process of ['wright-fisher', 'moran'] as const) {
    const half = process === 'moran' ? 0.5 : 1;
    for (const where of Object.keys(landscapes)) {
      for (const size of [10, 1_000_000]) {
        cases.push({
          check: '3b',
          name: `${process}, by formula, N = ${size}, ${where}`,
          formula: `step / (sigma² grad f) = ${process === 'moran' ? '(1 - 1/N)/2' : '1 - 1/N'}`,
          replicates: 20_000,
          run(seed, pairs) {
            const stream = namedStream(seed, `${process} ${size} ${where}`);
            const model = { process, size, mutationRate: 1e-9, drift: 'formula' } as const;
            const step = sequentialStep({ landscape: landscapes[where](), at: place, sigma: tiny, pairs, stream }, model);
            const unit = tiny * tiny;
            return { expected: half * (1 - 1 / size), measured: step.slope / unit, standardError: step.slopeError / unit };
          },
        });
      }
    }
    // On a slope the expected step is known at every sigma. Few organisms and steps as large as show above drift.
    const [size, strength] = [20, 0.05];
    cases.push({
      check: '3b',
      name: `${process}, by drift, N = ${size}, N s = ${size * strength}, slope`,
      formula: 'step / sigma = E z p(N, sigma |grad f| z), exact chain',
      replicates: 40_000,
      run(seed, pairs) {
        const stream = namedStream(seed, `${process} drift`);
        const landscape = makeLandscape('linear', 5, { slope: 1, direction: 'random' }, 'lab');
        const model = { process, size, mutationRate: 1e-6, drift: 'simulated' } as const;
        const at = new Float64Array(5);
        const step = sequentialStep({ landscape, at, sigma: strength, pairs, stream }, model);
        const exact = expectedAlong((s) => fixationChain(process, size, s).fixation[1], strength, 1, 100);
        return { expected: exact / strength, measured: step.along / strength, standardError: step.alongError / strength };
      },
    });
  }
  return cases;
}

/** Fates of `count` mutants: the share fixed, and the times of those. */
function play(process: FixationProcess, size: number, s: number, dyingMayBeParent: boolean, count: number, seed: string) {
  const stream = namedStream(seed, `fixation ${process} ${size} ${s} ${dyingMayBeParent}`);
  const times: number[] = [];
  for (let k = 0; k < count; k++) {
    const { fixed, time } = simulateFixation(process, size, s, stream, { dyingMayBeParent });
    if (fixed) times.push(time);
  }
  return { share: times.length / count, times };
}

const share = (expected: number, measured: number, count: number): LabResult => ({
  expected,
  measured,
  standardError: Math.sqrt((expected * (1 - expected)) / count),
});

function fixationCases(): LabCase[] {
  const cases: LabCase[] = [];
  const size = 100;
  const models = [
    { process: 'wright-fisher', dyingMayBeParent: true, title: 'wright-fisher' },
    { process: 'moran', dyingMayBeParent: true, title: 'moran' },
    { process: 'moran', dyingMayBeParent: false, title: 'moran, dying not the parent' },
  ] as const;
  for (const { process, dyingMayBeParent, title } of models) {
    for (const strength of [0, 1, 10]) {
      const s = strength / size;
      const name = `${title}, N = ${size}, N s = ${strength}`;
      const chain = () => fixationChain(process, size, s, dyingMayBeParent);
      // Of the neutral ones one in a hundred is fixed, of those of N s = 10 one in ten: some hundreds of fixations each.
      const replicates = strength === 10 ? 5000 : 20_000;
      cases.push({
        check: '3d',
        name: `${name}: fixed`,
        formula: 'exact chain',
        replicates,
        run(seed, count) {
          const { share: fixed } = play(process, size, s, dyingMayBeParent, count, `${seed} p`);
          return share(chain().fixation[1], fixed, count);
        },
      });
      const neutral = dyingMayBeParent ? 'N(N - 1) events' : '(N - 1)² events';
      cases.push({
        check: '3d',
        name: `${name}: time if fixed`,
        formula: process === 'moran' && s === 0 ? neutral : 'exact chain',
        replicates,
        run(seed, count) {
          const { times } = play(process, size, s, dyingMayBeParent, count, `${seed} t`);
          const exact = process === 'moran' ? moranTimeToFixation(size, s, dyingMayBeParent) : chain().timeToFixation[1];
          return { expected: exact, measured: mean(times), standardError: standardError(times) };
        },
      });
    }
    const s = 0.02;
    cases.push({
      check: '3d',
      name: `${title}, N = 50, s = ${s}: tail of the time`,
      formula: 'share of fixations later than the exact 80 % quantile',
      replicates: 20_000,
      run(seed, count) {
        const exact = fixationChain(process, 50, s, dyingMayBeParent);
        const { fixed } = fixationTimes(exact);
        const late = timeQuantile(fixed, 0.8);
        const { times } = play(process, 50, s, dyingMayBeParent, count, `${seed} tail`);
        const due = 1 - fixed[late] / fixed[fixed.length - 1];
        return share(due, times.filter((time) => time > late).length / times.length, times.length);
      },
    });
  }
  return cases;
}

function bitsCases(): LabCase[] {
  const [size, strength] = [50, 2];
  return (['wright-fisher', 'moran'] as const).flatMap((process) =>
    [1, 20].map(
      (generation): LabCase => ({
        check: 'bits',
        name: `${process}, N = ${size}, N s = ${strength}: bits by generation ${generation}`,
        formula: 'h(p) - E h(p_fix(X_t)), exact chain',
        replicates: process === 'moran' ? 2000 : 10_000,
        run(seed, replicates) {
          const s = strength / size;
          const chain = fixationChain(process, size, s);
          const stream = namedStream(seed, `bits ${process} ${generation}`);
          const fixation = (copies: number) => chain.fixation[copies];
          const simulated = simulatedLatentBits({ process, size, s, generations: generation, replicates, stream, fixation });
          return {
            expected: latentBits(chain, generation)[generation],
            measured: simulated.bits[generation],
            standardError: simulated.standardError[generation],
          };
        },
      }),
    ),
  );
}

/** Kimura's formula beside the exact chain, as a relative difference: both are exact numbers, with nothing sampled. */
export function kimuraError(size: number, s: number): number {
  return fixationProbability('wright-fisher', size, s) / fixationChain('wright-fisher', size, s).fixation[1] - 1;
}

export const labCases: readonly LabCase[] = [...annealingCases(), ...sequentialCases(), ...fixationCases(), ...bitsCases()];

/** Selections whose mean step is followed as sigma falls, on the valley. */
export const fallingSelections: Readonly<Record<string, (seed: string, sigma: number, pairs: number) => StepEstimate>> = {
  ...Object.fromEntries(
    (Object.keys(annealing) as AcceptanceId[]).map((rule) => [
      `annealing, ${rule}`,
      (seed: string, sigma: number, pairs: number) =>
        annealingStep(
          { landscape: landscapes.valley(), at: place, sigma, pairs, stream: namedStream(seed, `${rule} ${sigma}`) },
          makeAcceptance(rule, b),
        ),
    ]),
  ),
  ...Object.fromEntries(
    (['wright-fisher', 'moran'] as const).map((process) => [
      `fixation, ${process}, N = 100`,
      (seed: string, sigma: number, pairs: number) =>
        sequentialStep(
          { landscape: landscapes.valley(), at: place, sigma, pairs, stream: namedStream(seed, `${process} ${sigma}`) },
          { process, size: 100, mutationRate: 1e-6, drift: 'formula' },
        ),
    ]),
  ),
};

export const fallingSigmas = [1, 0.3, 0.03] as const;

/**
 * By how much a mean step leaves the gradient, beyond what sampling alone makes it leave: its squared tangent less that of
 * `cosineIfAligned`, and the standard deviation of the latter, that of a chi-square of d - 1 degrees of freedom.
 */
export function departure({ cosine, cosineIfAligned }: StepEstimate): { excess: number; error: number } {
  const tangent = (value: number) => 1 / (value * value) - 1;
  const noise = tangent(cosineIfAligned);
  return { excess: tangent(cosine) - noise, error: noise * Math.sqrt(2 / (dimensions - 1)) };
}
