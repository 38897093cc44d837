// The mechanism mate choice: a display, a preference for it, and what both cost.

import { z } from 'zod';
import { floatsNamed } from '../ecs/table.ts';
import { exp } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import { traitReader } from '../population/trait-reader.ts';
import type { Trait } from '../population/traits.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  displayCost: parameter(z.number().min(0).max(10).default(0.0001), {
    title: 'Cost of display',
    description: 'Paid every tick for a display of 1; grows with the square of the display. On landscapes a loss of log fitness.',
    unit: 'energy/tick',
    live: true,
    step: 0.0001,
  }),
  choiceCost: parameter(z.number().min(0).max(10).default(0), {
    title: 'Cost of preference',
    description:
      'Paid every tick for a preference of 1 in either direction; grows with its square. On landscapes a loss of log fitness.',
    unit: 'energy/tick',
    live: true,
    step: 0.0001,
  }),
});

const displayTrait: Trait = {
  id: 'display',
  title: 'Display',
  unit: '',
  description: 'How showy it is; useless except to mates that like it.',
  minimum: 0,
  maximum: 10,
  founder: 1,
  deviation: 0.3,
  limits: [0, 100],
};

const preferenceTrait: Trait = {
  id: 'preference',
  title: 'Preference',
  unit: '',
  description: 'How much it prefers showy mates: a mate with one more of display is chosen e^preference times as readily.',
  minimum: -4,
  maximum: 4,
  founder: 0,
  deviation: 0.3,
  limits: [-20, 20],
};

/** Mates are chosen by their display, each by its own preference: Fisher's runaway, with costs. */
export const mateChoice: Mechanism<z.infer<typeof parameters>> = {
  id: 'mate-choice',
  title: 'Mate choice',
  group: 'mating',
  summary: 'Organisms choose mates by their display, each by its own preference. Needs two parents.',
  lookFor:
    'Display and preference become correlated and run away together, until the cost of the display stops or reverses them.',
  source:
    'Fisher (1930), The Genetical Theory of Natural Selection; Lande (1981), PNAS 78: 3721; Kirkpatrick (1982), Evolution 36: 1.',
  parameters,
  traits: [displayTrait, preferenceTrait],
  mateAttraction(population) {
    const display = traitReader(population, displayTrait);
    const preference = traitReader(population, preferenceTrait);
    return (chooser, candidate) => exp(preference(chooser) * display(candidate));
  },
  logFitness(population, { displayCost, choiceCost }) {
    const display = traitReader(population, displayTrait);
    const preference = traitReader(population, preferenceTrait);
    return (row) => -(displayCost * display(row) * display(row) + choiceCost * preference(row) * preference(row));
  },
  duringLife(population, { displayCost, choiceCost }) {
    if (!population.has('energy') || (displayCost === 0 && choiceCost === 0)) return;
    const { table } = population;
    const energy = table.f32('energy');
    const display = table.f32(floatsNamed(displayTrait.id));
    const preference = table.f32(floatsNamed(preferenceTrait.id));
    for (let row = 0; row < table.count; row++) {
      energy[row] -= displayCost * display[row] * display[row] + choiceCost * preference[row] * preference[row];
    }
  },
};
