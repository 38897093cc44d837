import { exp, log } from '../../../math/elementary.ts';
import { type NamedStream, namedStream } from '../../../math/streams.ts';
import { atSelection } from '../at-selection.ts';
import { meanGenome } from '../genetic-covariance.ts';
import { withLabWorld } from '../lab-scene.ts';
import { powerLaw } from '../power-law.ts';
import { selectionDifferential } from '../selection-differential.ts';
import { type LabAsked, type LabQuestion, type LabRow, labParameter } from './question.ts';

/**
 * Noise of steps in relation to the curvature of a moving landscape, locus by locus: of a population, whose noise is drift of the variance that
 * selection leaves, and of SGD on a regression with the same curvatures and optimum.
 */
export const curvature: LabQuestion = {
  id: 'curvature',
  title: 'Noise and curvature',
  summary:
    'While the optimum moves, how does the noise of a step along a locus depend on the curvature there? In a population it falls as about the root of it, in SGD it rises with it.',
  source:
    'Variance under stabilising selection: Kimura (1965), PNAS 54: 731; Lande (1975), Genet. Res. 26: 221; Lynch & Lande (1993). SGD near an optimum: Mandt, Hoffman & Blei (2017), J. Mach. Learn. Res. 18: 134.',
  landscapes: ['moving'],
  // A round bowl has no curvatures to compare, and far behind the optimum SGD's noise is that of its lag.
  landscapeDefaults: { condition: 100, speed: 0.002 },
  parameters: [
    labParameter('dimensions'),
    labParameter('size', { fallback: 200 }),
    labParameter('sigma'),
    labParameter('h', { fallback: 0 }),
    labParameter('rate'),
    labParameter('batch', { meaning: 'examples in a minibatch' }),
    {
      name: 'noise',
      meaning: 'standard deviation of the residuals of the regression',
      unit: 'locus units',
      fallback: 0.5,
      least: 0,
      most: 1e3,
    },
    {
      ...labParameter('generations'),
      name: 'burnin',
      meaning: 'generations, or steps, before measuring',
      fallback: 500,
      least: 0,
    },
    labParameter('generations', { fallback: 500, least: 2 }),
  ],
  keys: [
    { name: 'learner', title: 'learner', unit: '', kind: 'text', description: 'wright-fisher or sgd.' },
    {
      name: 'locus',
      title: 'locus',
      unit: '',
      kind: 'number',
      description: 'Locus along which the optimum moves, 1 for the flattest.',
    },
  ],
  measures: [
    {
      name: 'curvature',
      title: 'curvature',
      unit: 'log fitness/(locus unit)^2',
      description: 'Curvature of log fitness along the locus.',
    },
    {
      name: 'variance',
      title: 'noise^2',
      unit: '(locus units/step)^2',
      description: 'Variance of the step round the prediction of selection, or of the gradient, at that moment.',
    },
    {
      name: 'expected',
      title: 'by theory',
      unit: '(locus units/step)^2',
      description:
        'wright-fisher: V / (N - 1), V the variance that mutation, selection and drift leave a normal population of N; sgd: rate^2 r^2 curvature / B at the optimum.',
    },
    {
      name: 'genetic',
      title: 'V',
      unit: '(locus units)^2',
      description: 'Variance of the locus among organisms; wright-fisher only.',
    },
    {
      name: 'exponent',
      title: 'exponent',
      unit: '',
      description: 'Exponent of noise^2 in the curvature, over the loci; the same in every row of a learner.',
    },
  ],
  figure: {
    across: 'curvature',
    acrossLog: true,
    lines: [
      { measure: 'variance', name: 'measured' },
      { measure: 'expected', name: 'by theory', dashed: true },
    ],
    upLabel: 'Squared noise of a step ((locus units)^2)',
    upLog: true,
    by: 'learner',
  },
  problem: ({ dimensions }) => (dimensions >= 3 ? undefined : `dimensions must be 3 or more for an exponent (got ${dimensions})`),
  measure({ form, parameters, values, seed }) {
    const { dimensions, size, sigma } = values;
    const { width = 1, condition = 1 } = parameters as Partial<Record<string, number>>;
    const steep = Float64Array.from(
      { length: dimensions },
      (_, l) => exp((log(condition) * l) / (dimensions - 1)) / (width * width),
    );
    const living = ofPopulation(form, parameters, values, seed);
    const learning = ofDescent(form, parameters, values, steep, seed);
    const exponent = (variances: Float64Array) => (condition > 1 ? powerLaw(steep, variances).exponent : Number.NaN);
    const [own, other] = [exponent(living.variances), exponent(learning.variances)];
    const rows: LabRow[] = [];
    for (let l = 0; l < dimensions; l++) {
      const expected = keptVariance(1 / steep[l], sigma * sigma, size) / (size - 1);
      rows.push({ keys: ['wright-fisher', l + 1], measures: [steep[l], living.variances[l], expected, living.genetic[l], own] });
    }
    const { rate, noise, batch } = values;
    for (let l = 0; l < dimensions; l++) {
      const expected = (rate * rate * noise * noise * steep[l]) / batch;
      rows.push({ keys: ['sgd', l + 1], measures: [steep[l], learning.variances[l], expected, Number.NaN, other] });
    }
    return rows;
  },
};

/**
 * Variance V (divisor N) of a locus under selection of width^2 w2, at the equilibrium with mutation s2 and drift: V = (1 - 1/N)(V w2 / (V + w2) + s2), of a
 * normal population of N. The noise of its next step is V / (N - 1).
 */
function keptVariance(w2: number, s2: number, size: number): number {
  const kept = 1 - 1 / size;
  const half = (w2 * (1 - kept) - kept * s2) / 2;
  return Math.sqrt(half * half + kept * s2 * w2) - half;
}

type Values = Readonly<Record<string, number>>;

/** Variance of each locus' step round the selection differential of its generation. */
function ofPopulation(form: string, parameters: LabAsked['parameters'], values: Values, seed: string) {
  const { dimensions, size, sigma, h, burnin, generations } = values;
  const world = { form, parameters, model: 'wright-fisher', dimensions, size, sigma, h } as const;
  const variances = new Float64Array(dimensions);
  const genetic = new Float64Array(dimensions);
  withLabWorld(world, seed, (simulation) => {
    simulation.step(burnin);
    const { landscape } = simulation.habitat;
    let before: Float64Array | undefined;
    atSelection(simulation, generations + 1, (genomes) => {
      const mean = meanGenome(genomes);
      if (before) for (let l = 0; l < dimensions; l++) variances[l] += square(mean[l] - before[l]) / generations;
      const { values: rows, count, stride } = genomes;
      const fitness = Float64Array.from({ length: count }, (_, row) => landscape.logFitness(rows, row * stride));
      const step = selectionDifferential(genomes, fitness);
      before = mean.map((value, l) => value + step[l]);
      for (let row = 0, at = 0; row < count; row++, at += stride) {
        for (let l = 0; l < dimensions; l++) genetic[l] += square(rows[at + l] - mean[l]) / count / (generations + 1);
      }
    });
  });
  return { variances, genetic };
}

/** The same of SGD on fresh examples a ~ N(0, curvatures), y = a . optimum + noise, where the optimum moves as in the landscape. */
function ofDescent(form: string, parameters: LabAsked['parameters'], values: Values, steep: Float64Array, seed: string) {
  const { dimensions, rate, batch, noise, burnin, generations } = values;
  const stream: NamedStream = namedStream(seed, 'lab curvature');
  return withLabWorld(
    { form, parameters, model: 'wright-fisher', dimensions, size: 2, sigma: 0 },
    seed,
    ({ habitat: { landscape } }) => {
      const place = new Float64Array(dimensions);
      const variances = new Float64Array(dimensions);
      const gradient = new Float64Array(dimensions);
      const inputs = new Float64Array(dimensions);
      for (let step = 0; step < burnin + generations; step++) {
        landscape.meet(place, 1, dimensions, step);
        const optimum = landscape.optimum?.() ?? new Float64Array(dimensions);
        gradient.fill(0);
        for (let k = 0; k < batch; k++) {
          let residual = noise * stream.normal();
          for (let l = 0; l < dimensions; l++) {
            inputs[l] = Math.sqrt(steep[l]) * stream.normal();
            residual += inputs[l] * (optimum[l] - place[l]);
          }
          for (let l = 0; l < dimensions; l++) gradient[l] += (residual * inputs[l]) / batch;
        }
        for (let l = 0; l < dimensions; l++) {
          const away = rate * (gradient[l] - steep[l] * (optimum[l] - place[l]));
          if (step >= burnin) variances[l] += (away * away) / generations;
        }
        for (let l = 0; l < dimensions; l++) place[l] += rate * gradient[l];
      }
      return { variances };
    },
  );
}

const square = (value: number): number => value * value;
