import { branchingCases } from '../theory/branching-cases.ts';
import { departure, fallingSelections, fallingSigmas, kimuraError, labCases } from '../theory/lab-cases.ts';
import { concurrentCases } from '../theory/lab-concurrent-cases.ts';
import type { Verification } from './verification.ts';

/** Replicates of a seed, in those of the tests. */
const size = 10;
/** Of whole populations, whose replicates are longer. */
const populationSize = 2;
const cases = [
  ...labCases.map((one) => ({ ...one, times: size })),
  ...concurrentCases.map((one) => ({ ...one, times: populationSize })),
];
const pairs = 100_000;
const falling = Object.keys(fallingSelections);

/** The three models of selection against theory, pooled over the seeds. */
export const lab: Verification = {
  name: 'lab',
  title:
    'Lab: annealing (3a), sequential fixation (3b), populations in flight (3c, 4a), fixation against the exact chain (3d), games (6a), branching (6b), drift (7e)',
  scenes: [],
  measure(seed) {
    const result: Record<string, number> = {};
    for (const { name, run, replicates, times } of cases) {
      const { expected, measured, standardError } = run(`verify ${seed}`, times * replicates);
      result[`${name} expected`] = expected;
      result[`${name} measured`] = measured;
      result[`${name} error`] = standardError;
    }
    for (const name of falling) {
      for (const sigma of fallingSigmas) {
        const step = fallingSelections[name](`verify ${seed}`, sigma, pairs);
        const { excess, error } = departure(step);
        result[`${name} ${sigma} cosine`] = step.cosine;
        result[`${name} ${sigma} aligned`] = step.cosineIfAligned;
        result[`${name} ${sigma} excess`] = excess;
        result[`${name} ${sigma} error`] = error;
      }
    }
    for (const { name, ratio, run } of branchingCases) {
      const { branched, depth } = run(`verify ${seed}`);
      result[`${name} ${ratio} branched`] = branched ? 1 : 0;
      result[`${name} ${ratio} depth`] = depth;
    }
    return result;
  },
  judge(results) {
    const seeds = results.length;
    const average = (key: string) => results.reduce((sum, result) => sum + result[key], 0) / seeds;
    /** Of the average of independent estimates, each with its own standard error. */
    const pooledError = (key: string) => Math.sqrt(results.reduce((sum, result) => sum + result[key] * result[key], 0)) / seeds;
    const wide = Math.max(...cases.map(({ name }) => name.length));
    const formulas = Math.max(...cases.map(({ formula }) => formula.length));
    const row = (cells: readonly string[]) =>
      `${cells[0].padEnd(5)} ${cells[1].padEnd(wide)}  ${cells[2].padEnd(formulas)}  ${cells
        .slice(3)
        .map((cell) => cell.padStart(10))
        .join('  ')}`;
    const lines = [row(['check', 'case', 'formula', 'expected', 'measured', 's.e.', 'z'])];
    let worst = 0;
    for (const { check, name, formula } of cases) {
      const [expected, measured, error] = [
        average(`${name} expected`),
        average(`${name} measured`),
        pooledError(`${name} error`),
      ];
      const z = (measured - expected) / error;
      worst = Math.max(worst, Math.abs(z));
      const numbers = [expected.toPrecision(5), measured.toPrecision(5), error.toPrecision(2), z.toFixed(2)];
      lines.push(row([check, name, formula, ...numbers]));
    }
    lines.push(
      `largest |z| of ${cases.length}: ${worst.toFixed(2)}`,
      `3d    Kimura's formula minus the exact chain, Wright-Fisher, N = 100, N s = 10: ${(100 * kimuraError(100, 0.1)).toFixed(2)} %`,
      '',
      `cosine of the mean step to the gradient on a valley of 10 loci, ${pairs.toLocaleString('en')} pairs a seed; beside it what`,
      'sampling alone leaves of a cosine of 1, the squared tangent beyond that, and what sampling alone would make of it (s.d.)',
    );
    let turns = true;
    for (const name of falling) {
      for (const sigma of fallingSigmas) {
        const [cosine, aligned] = [average(`${name} ${sigma} cosine`), average(`${name} ${sigma} aligned`)];
        const [excess, error] = [average(`${name} ${sigma} excess`), pooledError(`${name} ${sigma} error`)];
        const cells = [cosine.toFixed(6), aligned.toFixed(6), excess.toExponential(2), error.toExponential(1)];
        lines.push(`${name.padEnd(34)} sigma ${String(sigma).padEnd(5)} ${cells.map((cell) => cell.padStart(10)).join('  ')}`);
        // Curvature bends the step by an angle of order sigma, so that the excess has an end only as sigma falls.
        turns &&=
          sigma === fallingSigmas[0] || cosine > average(`${name} ${fallingSigmas[fallingSigmas.indexOf(sigma) - 1]} cosine`);
      }
    }
    lines.push(
      '',
      '6b    populations that fell into two clusters, and the deepest valley between two modes, mean over the seeds',
    );
    let parts = true;
    for (const { name, ratio, branches } of branchingCases) {
      const share = average(`${name} ${ratio} branched`);
      parts &&= share === (branches ? 1 : 0);
      const counted = `${Math.round(share * seeds)} of ${seeds}, expected ${branches ? seeds : 0}`;
      lines.push(
        `${name.padEnd(56)} competition ${String(ratio).padEnd(4)} ${counted}  ${average(`${name} ${ratio} depth`).toFixed(2)}`,
      );
    }
    return { lines, holds: worst < 4 && turns && parts };
  },
};
