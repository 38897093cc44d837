// The mechanism digestion: the energy of a meal arrives some ticks after it.

import { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Population } from '../population/population.ts';
import type { Mechanism } from './mechanism.ts';

const longest = 64;

const parameters = z.strictObject({
  delay: parameter(z.int().min(1).max(longest).default(10), {
    title: 'Delay of meals',
    description: 'After how many ticks the energy of a meal arrives, or is lost if it was poison.',
    unit: 'ticks',
    live: true,
  }),
});

/** Meals that are still to arrive, by the tick in which they will, modulo the number of places; one more than the longest delay. */
const places = longest + 1;
const meals = { name: 'meals', type: 'f32', width: places, kind: 'state', start: 'zero' } as const satisfies OwnColumnSpec;

/** Meals work later, so that what an organism did before must be remembered to be learned. */
export const digestion: Mechanism<z.infer<typeof parameters>, 'energy'> = {
  id: 'digestion',
  title: 'Slow digestion',
  group: 'life',
  summary: 'The energy of a meal arrives some ticks after it.',
  lookFor: 'Learners need a trace that reaches as far back as the delay (trait learning.trace), or a reward that comes at once.',
  source: 'Garcia, Ervin & Koelling (1966), Psychon. Sci. 5: 121 (learned aversion to tastes with a long delay of harm).',
  needs: ['energy'],
  changesIntake: true,
  check({ on, habitat }) {
    if (!on || habitat.generations !== 'separate') return [];
    const text =
      'no meal would arrive: generations are separate, and a life is one tick; switch it off or let generations overlap';
    return [{ field: 'on', text }];
  },
  parameters,
  columns: () => [meals],
  measures: [
    {
      columns: [{ name: 'meals.pending', title: 'Mean energy of meals that is still to arrive', unit: 'energy' }],
      sample: (population) => [meanPending(population)],
    },
  ],
  duringLife({ table }, { delay }, { tick }) {
    const [energy, intake, storage, due] = [table.f32('energy'), table.f32('intake'), table.f32('storage'), table.f32(meals)];
    const now = tick % places;
    const then = (tick + delay) % places;
    for (let row = 0; row < table.count; row++) {
      const at = row * places;
      // Another delay before may have put a meal there already.
      due[at + then] += intake[row];
      const before = energy[row] - intake[row];
      const room = Math.max(0, storage[row] - before);
      // What finds no room then is lost: the mouth knows the room of its own tick only.
      const arrives = Math.min(due[at + now], room);
      due[at + now] = 0;
      intake[row] = arrives;
      energy[row] = before + arrives;
    }
  },
};

function meanPending({ table, count }: Population): number {
  if (count === 0 || !table.has(meals)) return Number.NaN;
  const due = table.f32(meals);
  let sum = 0;
  for (let i = 0; i < count * places; i++) sum += due[i];
  return sum / count;
}
