import { z } from 'zod';
import { namedStream } from '../../math/streams.ts';
import { parameter } from '../../parameter/parameter.ts';
import type { LandscapeForm } from './landscape-form.ts';
import { leastSquares } from './least-squares.ts';

const parameters = z.strictObject({
  rows: parameter(z.int().min(2).max(100_000).default(200), {
    title: 'Rows of data',
    description: 'Number of examples over which log fitness is a mean. A minibatch uses some of them.',
    unit: 'rows',
    live: false,
  }),
  residual: parameter(z.number().min(0).max(1000).default(0.5), {
    title: 'Residual',
    description: 'Standard deviation of the part that no linear map of the inputs predicts.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
});

/** Linear regression: f = -(1/2m) sum over m rows of (a.z - y)^2, the landscape on which minibatch noise is known exactly. */
export const regression: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'regression',
  title: 'Linear regression',
  summary:
    'Genomes are the coefficients of a linear regression; log fitness falls with the mean squared residual over rows of data.',
  source: 'Gauss (1809), Theoria motus; minibatch gradients after Robbins & Monro (1951), Ann. Math. Stat. 22: 400.',
  parameters,
  range: [1, 1000],
  make: (dimensions, { rows, residual }, seed) =>
    leastSquares(dimensions, rows, residual, namedStream(seed, 'landscape.regression')),
};
