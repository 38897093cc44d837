import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import { learningRate } from './gradient-step.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  factor: parameter(z.number().min(1).max(10).default(1.2), {
    title: 'Factor',
    description:
      'Factor by which the learning rate of a newborn that replaced another learner is multiplied or divided, either by chance.',
    unit: '',
    live: true,
    step: 0.05,
  }),
});

/** A newborn that replaces another learner tries another learning rate. */
export const explore: Mechanism<z.infer<typeof parameters>> = {
  id: 'explore',
  title: 'Exploration',
  group: 'inheritance',
  summary: 'Where the child of one learner replaces another, its learning rate changes by a factor.',
  lookFor: 'Learning rates spread and are sorted: a schedule without an author.',
  source: 'Jaderberg et al. (2017), Population based training of neural networks, arXiv:1711.09846.',
  needs: ['gradient'],
  parameters,
  traits: [learningRate],
  makesVariation: true,
  modifyChild(births, { factor }, { stream, tick }) {
    const { population, firstRow, count } = births;
    const { table, layout, haplotypes } = population;
    const range = layout.ranges.find(({ trait }) => trait === learningRate.id);
    if (!range) return;
    const columns = haplotypes.map((name) => table.f32(name));
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const parents = births.parentRows();
    const shift = log(factor);
    for (let k = 1; k < count; k++) {
      // Parents are in order: a second child in a row is the one that replaced another learner.
      if (parents[k] !== parents[k - 1]) continue;
      const row = firstRow + k;
      const up = drawUniform(stream, low[row], high[row], tick, 0) < 0.5;
      // The trait is exponential in its locus.
      for (const column of columns) column[row * layout.stride + range.slot] += up ? shift : -shift;
    }
  },
};
