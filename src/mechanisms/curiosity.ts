import { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import { drawNormal } from '../math/draws.ts';
import { exp, log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import { noveltyColumn, noveltyTrait } from './learning.ts';
import type { Mechanism } from './mechanism.ts';

/** Kinds of observation that an organism distinguishes. */
const kinds = 64;
const bits = 6;

const parameters = z.strictObject({
  forgetting: parameter(z.number().min(0).max(1).default(0.0005), {
    title: 'Forgetting',
    description: 'Share of its counts that an organism forgets in a tick: after a long time an observation is new again.',
    unit: '1/tick',
    live: true,
    step: 0.0005,
  }),
});

const own = {
  visits: { name: 'visits', type: 'f32', width: kinds, kind: 'state', start: 'zero' },
  // When each was last met: a count is discounted when it is looked up, not in every tick.
  visited: { name: 'visited', type: 'i32', width: kinds, kind: 'state', start: 'zero' },
  novelty: noveltyColumn,
} as const satisfies Readonly<Record<string, OwnColumnSpec>>;

let planes = new Float64Array(0);

/** Rare observations are new, and an organism may like newness. */
export const curiosity: Mechanism<z.infer<typeof parameters>, 'policy'> = {
  id: 'curiosity',
  title: 'Curiosity',
  group: 'life',
  summary: 'Rare observations have novelty, and learning may reward it.',
  lookFor:
    'Whether wanting of novelty evolves (trait reward.novelty), and whether the curious find what others never try. Needs learning.',
  source:
    'Strehl & Littman (2008), J. Comput. Syst. Sci. 74: 1309 (1/sqrt n); Tang et al. (2017), arXiv:1611.04717 (counts by sign hashing); Bellemare et al. (2016), arXiv:1606.01868.',
  needs: ['policy'],
  parameters,
  traits: [noveltyTrait],
  needsTraits: [noveltyTrait],
  columns: () => Object.values(own),
  duringLife(population, { forgetting }, { stream, tick }) {
    const { table, policy } = population;
    const { inputs: width } = policy.network;
    // The same planes for all organisms at all times: the kinds belong to the population, the counts to the organism.
    if (planes.length < bits * width) planes = new Float64Array(bits * width);
    for (let b = 0; b < bits; b++) {
      for (let i = 0; i < width; i++) planes[b * width + i] = drawNormal(stream, b, i, 0, 0);
    }
    const [inputs, visits, novelty] = [table.f32('inputs'), table.f32(own.visits), table.f32(own.novelty)];
    const stride = table.columns.inputs.width;
    const visited = table.i32(own.visited);
    const fading = forgetting < 1 ? log(1 - forgetting) : 0;
    for (let row = 0; row < table.count; row++) {
      let kind = 0;
      for (let b = 0; b < bits; b++) {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += planes[b * width + i] * (inputs[row * stride + i] - 0.5);
        if (sum > 0) kind |= 1 << b;
      }
      const at = row * kinds + kind;
      const kept = forgetting === 0 ? 1 : forgetting < 1 ? exp(fading * (tick - visited[at])) : 0;
      visits[at] = kept * visits[at] + 1;
      visited[at] = tick;
      novelty[row] = 1 / Math.sqrt(visits[at]);
    }
  },
};
