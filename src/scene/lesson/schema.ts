// What a lesson may hold: the file of lessons/NAME.json, checked by these fields; the editor's schema is made from them.
import { z } from 'zod';
import { viewSchema } from '../view.ts';
import { speedNames } from '../view-words.ts';

/** Highest tick of a world of a lesson: a class waits for it. */
export const mostTicks = 50_000;

const slug = /^[a-z][a-z0-9-]{0,39}$/;
const named = () => z.string().regex(slug, 'lower-case letters, digits and hyphens, at most 40');
const line = (most: number) => z.string().min(1).max(most);

/** A text at two reading levels. */
const reading = (description: string) =>
  z
    .strictObject({
      easy: line(400).meta({ description: 'For about ten-year-olds: short words and sentences.' }),
      full: line(900).meta({ description: 'With the terms of the field.' }),
    })
    .meta({ description });

const changes = (description: string) =>
  z
    .array(
      z.strictObject({
        path: line(200).meta({ description: 'Path of a parameter.' }),
        value: z.unknown().meta({ description: 'Its value.' }),
      }),
    )
    .min(1)
    .max(12)
    .meta({ description });

const measure = () => line(200).meta({ description: 'A probe and its column, as census/foragers.intake.' });

/** What every step may have. */
const common = () => ({
  title: line(60).meta({ description: 'Heading of the step.' }),
  text: reading('What the step says.'),
  start: z
    .strictObject({
      seed: line(200).optional().meta({ description: 'Seed of the world; by default that of the lesson.' }),
      set: changes('Parameters that differ from the scene; also those that are fixed once the world is made.').optional(),
    })
    .optional()
    .meta({ description: 'Starts the world again, at tick 0, when the step is reached.' }),
  set: changes('Live parameters that change when the step is reached.').optional(),
});

/** Values for which something holds: at least `from`, below `to`. */
const range = (description: string) =>
  z
    .strictObject({
      from: z.number().optional().meta({ description: 'Lowest value that counts.' }),
      to: z.number().optional().meta({ description: 'Values from here on no longer count.' }),
    })
    .meta({ description });

const say = z.strictObject({ kind: z.enum(['say', 'explain']).meta({ description: 'A text.' }), ...common() });

const predict = z.strictObject({
  kind: z.literal('predict').meta({ description: 'The visitor predicts, before the world runs.' }),
  id: named().meta({ description: 'Name by which a check refers to it.' }),
  ...common(),
  answers: z
    .array(
      z.strictObject({
        text: line(120).meta({ description: 'The answer.' }),
        when: range('Values of the check for which the answer is right.'),
      }),
    )
    .min(2)
    .max(6)
    .optional()
    .meta({ description: 'Answers to choose from.' }),
  curve: z
    .strictObject({
      measure: measure(),
      from: z.int().min(0).max(mostTicks).default(0).meta({ description: 'First tick of the curve.' }),
      to: z.int().min(1).max(mostTicks).meta({ description: 'Last tick of the curve.' }),
      low: z.number().meta({ description: 'Value at the lower edge of the drawing.' }),
      high: z.number().meta({ description: 'Value at the upper edge of the drawing.' }),
      points: z.int().min(3).max(9).default(5).meta({ description: 'Points that the visitor moves.' }),
    })
    .optional()
    .meta({ description: 'A curve that the visitor draws.' }),
});

const run = z.strictObject({
  kind: z.literal('run').meta({ description: 'The world runs.' }),
  ...common(),
  until: z
    .strictObject({
      tick: z.int().min(1).max(mostTicks).meta({ description: 'Tick of the world at which it pauses at the latest.' }),
      measure: measure().optional(),
      above: z.number().optional().meta({ description: 'It pauses as soon as the measure is above this.' }),
      below: z.number().optional().meta({ description: 'It pauses as soon as the measure is below this.' }),
    })
    .meta({ description: 'Where it pauses.' }),
  shows: measure().optional().meta({ description: 'The measure that is shown while it runs.' }),
  speed: z.enum(speedNames).default('max').meta({ description: 'Speed at which the page plays.' }),
});

const check = z.strictObject({
  kind: z.literal('check').meta({ description: 'What was measured, beside a prediction.' }),
  id: named().optional().meta({ description: 'Name by which later checks compare with it.' }),
  ...common(),
  of: named().optional().meta({ description: 'The prediction that is judged.' }),
  measure: measure().optional(),
  over: z.int().min(10).max(mostTicks).default(100).meta({ description: 'Ticks up to now over which the measure is averaged.' }),
  since: z
    .int()
    .min(0)
    .max(mostTicks)
    .optional()
    .meta({ description: 'What counts is the change since the mean over the same number of ticks from this tick on.' }),
  versus: z
    .strictObject({
      check: named().meta({ description: 'An earlier check.' }),
      by: z.enum(['difference', 'ratio']).meta({ description: 'This value minus the earlier one, or divided by it.' }),
    })
    .optional()
    .meta({ description: 'What counts is the comparison with an earlier check, of this world or one before.' }),
  says: line(120).meta({ description: 'What the value is, in words: mean display of the peafowl.' }),
  seeds: z
    .strictObject({
      number: z.int().min(2).max(1000).meta({ description: 'Number of seeds.' }),
      mean: z.number().meta({ description: 'Mean of the value over worlds with these seeds.' }),
      deviation: z.number().min(0).meta({ description: 'Its standard deviation among these worlds.' }),
      fits: z
        .int()
        .min(0)
        .max(1000)
        .optional()
        .meta({ description: 'Worlds in which the answer of the seed of the lesson was right.' }),
    })
    .optional()
    .meta({ description: 'What `upslope lesson NAME --seeds 1..10` measured.' }),
});

const ask = z.strictObject({
  kind: z.literal('ask').meta({ description: 'A question.' }),
  id: named().meta({ description: 'Name of the answer in exports.' }),
  ...common(),
  choices: z
    .array(
      z.strictObject({
        text: line(160).meta({ description: 'The choice.' }),
        right: z.boolean().default(false).meta({ description: 'Whether it is right.' }),
      }),
    )
    .min(2)
    .max(6)
    .optional()
    .meta({ description: 'Choices; without them the visitor writes a line.' }),
  answer: line(500).meta({ description: 'The answer and its reason, shown after one was given.' }),
});

/** Schemas of the steps by their kind. */
export const stepSchemas = { say, explain: say, predict, run, check, ask } as const;

const header = () => ({
  $schema: line(300).optional().meta({ description: 'Where an editor finds the JSON Schema.' }),
  version: z.literal(1).meta({ description: 'Version of the lesson format.' }),
  name: named().meta({ description: 'Short name.' }),
  title: line(60).meta({ description: 'Display name.' }),
  scene: named().meta({ description: 'Name of the scene that comes with the program.' }),
  seed: line(200).default('7').meta({ description: 'Seed of the world.' }),
  set: changes('Parameters that differ from the scene in all worlds of the lesson.').optional(),
  view: viewSchema,
  teacher: z
    .strictObject({
      aim: line(500).meta({ description: 'What pupils can say afterwards.' }),
      ages: line(40).meta({ description: 'Age of pupils.' }),
      minutes: z.int().min(1).max(300).meta({ description: 'How long it takes in class, minutes.' }),
      vocabulary: z
        .array(z.strictObject({ term: line(60), meaning: line(300) }))
        .max(12)
        .default([])
        .meta({ description: 'Terms and what they mean.' }),
      goesWrong: z
        .array(line(400))
        .max(8)
        .default([])
        .meta({ description: 'What pupils often think, and what does not come out.' }),
      source: line(400).meta({ description: 'Where the matter comes from.' }),
    })
    .meta({ description: 'For the teacher.' }),
});

/** The fields around the steps. */
export const headerSchema = z.strictObject({ ...header(), steps: z.array(z.unknown()).min(1).max(30) });

/** The schema of a lesson, for editors. */
export const lessonSchema = z.strictObject({
  ...header(),
  steps: z
    .array(z.discriminatedUnion('kind', [say, predict, run, check, ask]))
    .min(1)
    .max(30)
    .meta({ description: 'The steps, in order.' }),
});

/** A lesson, checked and complete. */
export type Lesson = z.infer<typeof lessonSchema>;
export type Step = Lesson['steps'][number];
export type Predict = z.infer<typeof predict>;
export type RunStep = z.infer<typeof run>;
export type Check = z.infer<typeof check>;
export type Ask = z.infer<typeof ask>;
/** Values from `from` on and below `to`. */
export type Range = z.infer<ReturnType<typeof range>>;
export type Reading = z.infer<ReturnType<typeof reading>>;
/** Reading levels of a lesson. */
export const levels = ['easy', 'full'] as const;
export type Level = (typeof levels)[number];
