// The mechanism poison: of two kinds of fruit one feeds and the other poisons, and which one may differ from life to life.

import { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import { drawUniform } from '../math/draws.ts';
import { streamKey } from '../math/streams.ts';
import { parameter } from '../parameter/parameter.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import { painTrait, tasteColumn, tasteTrait } from './learning.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  share: parameter(z.number().min(0).max(1).default(0), {
    title: 'Lives with a draw',
    description:
      'Share of lives for which it is drawn whether the first or the second kind of fruit feeds, each with chance 1/2. For all others the first kind feeds and the second poisons.',
    unit: '',
    live: true,
    step: 0.05,
  }),
  cost: parameter(z.number().min(0).max(100).default(1), {
    title: 'Cost of poison',
    description: 'Energy that poisonous fruit takes, in units of what as much fruit that feeds would have given.',
    unit: '',
    live: true,
    step: 0.1,
  }),
  honesty: parameter(z.number().min(0).max(1).default(1), {
    title: 'Honesty of taste',
    description:
      'Correlation of the taste of a kind of fruit (1 good, -1 bad) with whether it feeds. In a share (1 + honesty) / 2 of lives a kind tastes as it is, in the others the reverse; drawn for either kind at the beginning of a life.',
    unit: '',
    live: true,
    step: 0.05,
  }),
});

/** Bits of what fruit is to one organism: 0 until it is drawn. */
const drawn = 1;
const secondFeeds = 2;
/** Of the first kind; of the second it is the bit above. */
const falseTaste = 4;

const own = {
  /** What kinds of fruit are to the organism, for all of its life. */
  palate: { name: 'palate', type: 'u32', kind: 'state', start: 'zero' },
  /** Written by feeding; then, of all rows: energy gained from fruit that feeds, below 0 what fruit that poisons would have given. */
  fruit: { name: 'fruit', type: 'f32', kind: 'shown', start: 'zero' },
  taste: tasteColumn,
} as const satisfies Readonly<Record<string, OwnColumnSpec>>;

type Eaters = PopulationWith<'policy' | 'energy' | 'place'>;

/** Keys of organisms hold the seed of their world. With a key of its own, forks with another seed change nothing about a life. */
const palateKey = streamKey('', 'poison');

/** What fruit is to an organism: a function of its key and of the parameters. */
function drawPalate(low: number, high: number, { share, honesty }: { readonly share: number; readonly honesty: number }): number {
  const uniform = (draw: number) => drawUniform(palateKey, low, high, 0, draw);
  let palate = drawn;
  if (uniform(0) < share && uniform(1) < 0.5) palate |= secondFeeds;
  for (const kind of [0, 1]) if (uniform(2 + kind) >= (1 + honesty) / 2) palate |= falseTaste << kind;
  return palate;
}

/** Fruit of two kinds, one of which costs energy: what must be learned if it differs from life to life. */
export const poison: Mechanism<z.infer<typeof parameters>, 'policy' | 'energy' | 'place' | 'kinds'> = {
  id: 'poison',
  title: 'Poisonous fruit',
  group: 'world',
  summary: 'One kind of fruit feeds and the other poisons; which one may be drawn for each life.',
  lookFor: 'Where it is drawn for each life, no inherited policy knows which fruit feeds: whether learning rates stay high.',
  source:
    'Todd & Miller (1991), Exploring adaptive agency II, in From Animals to Animats: 306 (colour of food and poison differs from place to place); Stephens (1991), Behav. Ecol. 2: 77 (learning pays where lives differ and a life is constant).',
  needs: ['policy', 'energy', 'place', 'kinds'],
  changesIntake: true,
  parameters,
  traits: [tasteTrait, painTrait],
  worksWithout: [tasteTrait, painTrait],
  columns: () => Object.values(own),
  measures: [
    {
      columns: [
        {
          name: 'fruit.good',
          title: 'Share of eaten fruit that feeds, survivors only',
          unit: '',
        },
        {
          name: 'fruit.second',
          title: 'Share of organisms that the second kind feeds',
          unit: '',
        },
      ],
      sample: measureFruit,
    },
  ],
  duringLife(population, chosen, { kindAt }) {
    const { table } = population;
    const [low, high, palates] = [table.u32('keyLow'), table.u32('keyHigh'), table.u32(own.palate)];
    const [eat, fruit, taste] = [table.f32('eat'), table.f32(own.fruit), table.f32(own.taste)];
    const [energy, intake, appetite] = [table.f32('energy'), table.f32('intake'), table.f32('appetite')];
    const [x, y] = [table.f32('x'), table.f32('y')];
    for (let row = 0; row < table.count; row++) {
      // Founders, newborns and organisms that were placed draw alike: in their first tick.
      if (palates[row] === 0) palates[row] = drawPalate(low[row], high[row], chosen);
      const gained = eat[row] === 0 ? 0 : fruit[row];
      fruit[row] = gained;
      taste[row] = 0;
      if (gained <= 0 || !kindAt) continue;
      const kind = kindAt(x[row], y[row]);
      const feeds = kind === ((palates[row] & secondFeeds) === 0 ? 0 : 1);
      const isFalse = (palates[row] & (falseTaste << kind)) !== 0;
      taste[row] = (feeds !== isFalse ? gained : -gained) / appetite[row];
      if (feeds) continue;
      fruit[row] = -gained;
      energy[row] -= (1 + chosen.cost) * gained;
      intake[row] -= (1 + chosen.cost) * gained;
    }
  },
};

function measureFruit({ table, count }: Eaters): readonly number[] {
  if (count === 0 || !table.has(own.palate)) return [Number.NaN, Number.NaN];
  const [fruit, palates] = [table.f32(own.fruit), table.u32(own.palate)];
  let [good, all, second, known] = [0, 0, 0, 0];
  for (let row = 0; row < count; row++) {
    all += Math.abs(fruit[row]);
    if (fruit[row] > 0) good += fruit[row];
    if (palates[row] !== 0) known++;
    if ((palates[row] & secondFeeds) !== 0) second++;
  }
  return [all > 0 ? good / all : Number.NaN, known > 0 ? second / known : Number.NaN];
}
