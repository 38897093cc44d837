import { fixationChain } from '../../src/analysis/lab/fixation-chain.ts';
import { binaryEntropy, latentBits } from '../../src/analysis/lab/latent-bits.ts';
import { branchingCases, choosyFromTheStart } from '../theory/branching-cases.ts';
import { transferRates } from '../theory/lab-concurrent-cases.ts';
import { convergenceFigure } from './convergence-figure.ts';
import {
  climbs,
  clouds,
  convergenceForms,
  convergenceModels,
  measureEquivalence,
  type Numbers,
  noises,
  sigmas,
  sizes,
  speeds,
  trainings,
} from './equivalence-measures.ts';
import { markdownTable } from './markers.ts';
import { overSeeds, type Verification } from './verification.ts';

/** Mean over seeds with twice its standard error, to as many digits as that has two of. */
function show(results: readonly Numbers[], key: string): string {
  const values = results.map((result) => result[key]).filter((value) => Number.isFinite(value));
  if (values.length === 0) return '-';
  const { mean, standardError } = overSeeds(values);
  if (!(standardError > 0)) return mean.toPrecision(3);
  const digits = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(standardError))));
  return `${mean.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

const generations = [1, 2, 5, 10, 20, 50, 100, 200] as const;

/** Exact, so that a test can make it again. */
export function bitsTable(): string[] {
  const size = 100;
  const rows = [0, 2, 10].map((strength) => {
    const chain = fixationChain('wright-fisher', size, strength / size);
    const bits = latentBits(chain, generations[generations.length - 1]);
    const end = binaryEntropy(chain.fixation[1]);
    return [String(strength), ...generations.map((t) => `${((100 * bits[t]) / end).toFixed(1)} %`), end.toFixed(4)];
  });
  return markdownTable(['N s', ...generations.map((t) => `generation ${t}`), 'bits in all'], rows);
}

/** The tables of docs/equivalence.md by the names of their markers. */
export function equivalenceTables(results: readonly Numbers[]): Readonly<Record<string, string[]>> {
  const cell = (key: string) => show(results, key);
  const linkageHead = [
    'cosine of a step',
    'of G grad f',
    'step to G grad f',
    'rank of G',
    'variance / sigma²',
    'speed / sigma²',
    '1000 steps together',
  ];
  const linkageKeys = ['step', 'response', 'toResponse', 'rank', 'variance', 'speed', 'together'];
  return {
    convergence: markdownTable(
      ['landscape', 'sigma', ...convergenceModels, 'one population, to G grad f'],
      Object.keys(convergenceForms).flatMap((form) =>
        sigmas.map((sigma) => [
          form,
          String(sigma),
          ...[...convergenceModels, 'to G grad f'].map((model) => cell(`convergence ${form} ${sigma} ${model}`)),
        ]),
      ),
    ),
    transfer: markdownTable(
      ['h', ...linkageHead],
      transferRates.map((h) => [String(h), ...linkageKeys.map((key) => cell(`h ${h} ${key}`))]),
    ),
    size: markdownTable(
      ['N', ...linkageHead.slice(0, -1), '500 steps together'],
      sizes.map((size) => [String(size), ...linkageKeys.map((key) => cell(`N ${size} ${key}`))]),
    ),
    'climb-and-rise': markdownTable(
      ['landscape', 'climb', 'rise', 'steps together to G grad f'],
      Object.keys(climbs).map((name) => [name, ...['climb', 'rise', 'toResponse'].map((key) => cell(`climb ${name} ${key}`))]),
    ),
    lag: markdownTable(
      ['locus units a generation', 'lag', 'lag of a flow along G grad f'],
      speeds.map((speed) => [String(speed), cell(`lag ${speed} measured`), cell(`lag ${speed} expected`)]),
    ),
    branching: markdownTable(
      ['population', 'competition / capacity', 'branched', 'deepest valley', 'standard deviation at the end'],
      [...branchingCases, choosyFromTheStart].map(({ name, ratio }) => {
        const key = `branching ${name} ${ratio}`;
        const branched = results.filter((result) => result[`${key} branched`] === 1).length;
        return [name, String(ratio), `${branched} of ${results.length}`, cell(`${key} depth`), cell(`${key} deviation`)];
      }),
    ),
    noise: markdownTable(
      [
        'model',
        'noise / mean step',
        'rank',
        'variance along / across',
        'kurtosis along',
        'across',
        'noise grows as |grad f| to the',
      ],
      noises.map((name) => [
        name,
        ...['ratio', 'rank', 'along', 'kurtosisAlong', 'kurtosisAcross', 'exponent'].map((key) => cell(`noise ${name} ${key}`)),
      ]),
    ),
    bits: bitsTable(),
    training: markdownTable(
      ['objective', 'share of copying', 'cosine of a step', '500 steps together'],
      Object.keys(trainings).map((name) => [
        name,
        ...['copying', 'step', 'together'].map((key) => cell(`training ${name} ${key}`)),
      ]),
    ),
  };
}

function figure(results: readonly Numbers[]): string {
  const curves = convergenceModels.map((model) => ({
    title: {
      annealing: 'annealing: logistic selection, b = 2',
      fixation: 'sequential fixation: Wright-Fisher, N = 100',
      'one population': 'concurrent: one population at a time, N = 100, h = 0.1',
      'populations together': `concurrent: the steps of ${clouds} populations together`,
    }[model],
    points: sigmas.map((sigma) => {
      const { mean, standardError } = overSeeds(results.map((result) => result[`convergence valley ${sigma} ${model}`]));
      return { sigma, mean, error: standardError };
    }),
  }));
  return convergenceFigure(curves, 'Cosine of the expected step to the gradient, against the size of mutations');
}

/** What holds of the claim that selection is a noisy gradient step: the numbers of docs/equivalence.md. */
export const equivalence: Verification = {
  name: 'equivalence',
  title: 'Equivalence: the tables and the figure of docs/equivalence.md',
  scenes: [],
  mostSeeds: 8,
  measure: (seed) => measureEquivalence(`equivalence ${seed}`),
  judge(results) {
    const lines = Object.entries(equivalenceTables(results)).flatMap(([name, table]) => [name, ...table, '']);
    // The page reports; what must hold is the check 6b, and that steps turn to the gradient as sigma falls.
    const branched = branchingCases.every(({ name, ratio, branches }) =>
      results.every((result) => result[`branching ${name} ${ratio} branched`] === (branches ? 1 : 0)),
    );
    const turned = convergenceModels
      .filter((model) => model !== 'one population')
      .every((model) => {
        const of = (sigma: number) => overSeeds(results.map((result) => result[`convergence valley ${sigma} ${model}`])).mean;
        return of(sigmas[0]) < of(sigmas[2]) && of(sigmas[sigmas.length - 1]) > 0.95;
      });
    return { lines, holds: branched && turned };
  },
  tables: equivalenceTables,
  files: (results) => ({ 'docs/figures/convergence.svg': figure(results) }),
};
