import { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import type { Block } from '../kernel/memory.ts';
import { drawNormal } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import type { Population } from '../population/population.ts';
import { noveltyColumn, noveltyTrait } from './learning.ts';
import type { Mechanism } from './mechanism.ts';

/** Kinds of observation that an organism distinguishes. */
const kinds = 64;
const bits = 6;
/** Logarithm of what counts keep of themselves in a tick where everything is forgotten: as good as minus infinity. */
export const nothingKept = -1e9;

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

/** The planes of a population, input by input, and the stream that they were drawn from. */
const blocks = new WeakMap<Population, { readonly block: Block; readonly width: number; readonly key: string }>();

/** The same planes for all organisms at all times: the kinds belong to the population, the counts to the organism. */
function planesOf(population: PopulationWith<'policy'>, stream: readonly [number, number]): Block {
  const width = population.policy.network.inputs;
  const key = stream.join();
  const held = blocks.get(population);
  if (held?.width === width && held.key === key) return held.block;
  const block = held?.width === width ? held.block : population.arena.allocate(`${population.name} planes`, 8 * bits * width);
  const planes = block.f64();
  for (let i = 0; i < width; i++) for (let b = 0; b < bits; b++) planes[i * bits + b] = drawNormal(stream, b, i, 0, 0);
  blocks.set(population, { block, width, key });
  return block;
}

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
  columns: () => Object.values(own),
  duringLife(population, { forgetting }, { stream, tick }) {
    const { table, policy, arena } = population;
    const planes = planesOf(population, stream);
    arena.kernel.noteNovelty({
      count: table.count,
      tick,
      inputs: table.columns.inputs,
      inputCount: policy.network.inputs,
      planes,
      fading: forgetting < 1 ? log(1 - forgetting) : nothingKept,
      visits: table.of(own.visits),
      visited: table.of(own.visited),
      novelty: table.of(own.novelty),
    });
  },
};
