// The mechanism of gradient steps: newborns are put a step up the gradient, as long as their learning rate says.

import { z } from 'zod';
import { floatsNamed } from '../ecs/table.ts';
import { drawNormal } from '../math/draws.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Population } from '../population/population.ts';
import type { Trait } from '../population/traits.ts';
import { weightsColumn } from './learned-columns.ts';
import type { Mechanism, MechanismContext } from './mechanism.ts';

const parameters = z.strictObject({
  into: parameter(z.enum(['genes', 'life']).default('genes'), {
    title: 'Step target',
    description:
      'genes: the newborn’s own, so that steps add up over generations. life: what each organism acts by, for life alone; offspring begin at their genes, or with a share of it if epigenetic marks are on.',
    unit: '',
    live: false,
  }),
  rate: parameter(z.number().min(0).max(100).default(0.05), {
    title: 'Learning rate',
    description:
      'Length of a step for a gradient of length 1. Genomes that carry the trait `learning.rate` use their own value instead.',
    unit: '(locus units)^2/log fitness',
    live: true,
    step: 0.01,
  }),
  noise: parameter(z.number().min(0).max(1000).default(0), {
    title: 'Gradient noise',
    description: 'Standard deviation of what is added to every entry of the gradient, as in an estimate from a sample.',
    unit: 'log fitness/locus unit',
    live: true,
    step: 0.1,
  }),
  longest: parameter(z.number().min(0.001).max(1000).default(1), {
    title: 'Longest step',
    description: 'A longer step is shortened to this, so that a learner with too high a rate does not diverge.',
    unit: 'locus units',
    live: true,
    step: 0.1,
  }),
});

/** On landscapes, where each genome may carry its own learning rate. */
export const learningRate: Trait = {
  id: 'learning.rate',
  title: 'Learning rate',
  unit: '(locus units)^2/log fitness',
  description: 'Length of its children’s gradient steps, for a gradient of length 1; e^locus times the founder median.',
  minimum: 1e-6,
  maximum: 10,
  founder: 0.05,
  deviation: 0.7,
  limits: [1e-6, 10],
  form: 'exponential',
};

let gradient = new Float64Array(0);

/** Every newborn begins one noisy gradient step from its parent: a learner that continues to learn. */
export const gradientStep: Mechanism<z.infer<typeof parameters>> = {
  id: 'gradient-step',
  title: 'Gradient step',
  group: 'inheritance',
  summary: 'Every newborn is put one noisy step up the gradient from its parent.',
  lookFor: 'Change without any selection: the mean climbs although every organism has one child. Selection is compared with it.',
  source: 'Robbins & Monro (1951), Ann. Math. Stat. 22: 400; Jaderberg et al. (2017), arXiv:1711.09846.',
  needs: ['gradient'],
  parameters,
  traits: [learningRate],
  worksWithout: [learningRate],
  measures: [
    {
      columns: [{ name: 'acquired', title: 'Acquired within life, root mean square over loci', unit: 'locus units' }],
      appliesTo: (_population, { into }) => into === 'life',
      sample(population) {
        const { table, layout, count } = population;
        if (count === 0 || !table.has('weights')) return [Number.NaN];
        const [weights, genome] = [table.f32('weights'), table.f32('genome')];
        const { length } = layout.segments[0];
        let square = 0;
        for (let row = 0; row < count; row++) {
          const at = row * layout.stride;
          for (let k = 0; k < length; k++) {
            const acquired = weights[at + k] - genome[at + k];
            square += acquired * acquired;
          }
        }
        return [Math.sqrt(square / (count * length))];
      },
    },
  ],
  makesVariation: true,
  columns: (population, { into }) => (into === 'life' ? [weightsColumn(population)] : []),
  modifyChild(births, chosen, context) {
    if (chosen.into !== 'genes') return;
    const { population, firstRow, count } = births;
    const { table, layout, haplotypes } = population;
    const columns = haplotypes.map((name) => table.f32(name));
    const parents = births.parentRows();
    for (let k = 0; k < count; k++) {
      const row = firstRow + k;
      // At the parent, which has not moved: earlier steps may have changed the newborn itself.
      const [loci, size] = findStep(population, parents[k], row, chosen, context);
      for (let l = 0; l < loci; l++) {
        for (const column of columns) column[row * layout.stride + l] += size * gradient[l];
      }
    }
  },
  duringLife(population, chosen, context) {
    if (chosen.into !== 'life') return;
    const { table, layout } = population;
    const weights = table.f32('weights');
    const steps = new Float64Array(table.count * layout.stride);
    // All steps are found before any is made: on some landscapes fitness depends on the other organisms.
    for (let row = 0; row < table.count; row++) {
      const [loci, size] = findStep(population, row, row, chosen, context);
      for (let l = 0; l < loci; l++) steps[row * layout.stride + l] = size * gradient[l];
    }
    for (let i = 0; i < table.count * layout.stride; i++) weights[i] += steps[i];
    population.derive(0, table.count);
  },
};

/** Leaves a noisy gradient at row `at` in `gradient`; returns its length and the factor that makes it the step of `row`. */
function findStep(
  population: Population,
  at: number,
  row: number,
  { rate, noise, longest }: z.infer<typeof parameters>,
  { tick, stream, gradientInto }: MechanismContext,
): readonly [loci: number, size: number] {
  if (!gradientInto) throw new Error('gradient-step: this habitat has no gradient');
  const { table } = population;
  const loci = gradientInto(population, at, (length) => {
    if (gradient.length < length) gradient = new Float64Array(length);
    return gradient;
  });
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  if (noise > 0) for (let l = 0; l < loci; l++) gradient[l] += noise * drawNormal(stream, low[row], high[row], tick, l);
  let square = 0;
  for (let l = 0; l < loci; l++) square += gradient[l] * gradient[l];
  const wanted = table.find(floatsNamed(learningRate.id))?.values[at] ?? rate;
  return [loci, square === 0 ? 0 : Math.min(wanted, longest / Math.sqrt(square))];
}
