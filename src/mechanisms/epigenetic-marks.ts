import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';
import { learnedWeights, weightsColumn } from './learned-columns.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  share: parameter(z.number().min(0).max(1).default(0.5), {
    title: 'Share passed on',
    description:
      'Share of what a parent has acquired in its life, beyond its genes, with which its offspring begins. What is not renewed fades by this factor in each generation.',
    unit: '',
    live: true,
    step: 0.05,
  }),
});

/** Offspring begin with a share of what the parent that bears them has learned. */
export const epigeneticMarks: Mechanism<z.infer<typeof parameters>> = {
  id: 'epigenetic-marks',
  title: 'Epigenetic marks',
  group: 'inheritance',
  summary: 'A share of what a parent acquired passes on without genes, and fades.',
  lookFor:
    'Whether newborns benefit: they do where the world changes slowly relative to a generation, and suffer where it reverses in each. Needs something that is acquired: learning, imitation, or gradient steps within life.',
  source:
    'Jablonka & Lamb (1995), Epigenetic Inheritance and Evolution; Jablonka et al. (1995), Evol. Ecol. 9: 109; Lachmann & Jablonka (1996), J. Theor. Biol. 181: 1.',
  parameters,
  columns: (population) => [weightsColumn(population)],
  visible: learnedWeights,
  atBirth(births, { share }) {
    const { population, firstRow, count } = births;
    const { table, layout } = population;
    if (share === 0) return;
    const [weights, genome] = [table.f32('weights'), table.f32('genome')];
    const parents = births.parentRows();
    const { stride } = layout;
    // A newborn's weights have just been copied from its own genes.
    for (let k = 0; k < count; k++) {
      const to = (firstRow + k) * stride;
      const from = parents[k] * stride;
      for (let l = 0; l < stride; l++) weights[to + l] += share * (weights[from + l] - genome[from + l]);
    }
  },
};
