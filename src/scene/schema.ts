import { z } from 'zod';
import { planeParameters } from '../habitat/plane/parameters.ts';
import { mechanismParameters } from '../mechanisms/index.ts';
import { parameter } from '../parameter/parameter.ts';
import { populationParameters } from '../population/parameters.ts';
import { recordParameters } from './record-parameters.ts';
import { scheduledChanges } from './scheduled-changes.ts';

/** Longest seed, in characters, wherever one is given or read. */
export const longestSeed = 200;

const slug = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * Schema of a scene: what stands in a scene file. Built anew on each call because mechanisms register themselves;
 * keys that it does not know are errors.
 */
export function sceneSchema() {
  return z.strictObject({
    $schema: z.string().max(300).optional().meta({ description: 'Where an editor finds the JSON Schema.' }),
    version: z.literal(1).meta({ description: 'Version of the scene format.' }),
    name: z.string().regex(slug, 'lower-case letters, digits and hyphens, at most 40').meta({ description: 'Short name.' }),
    title: z.string().min(1).max(80).meta({ description: 'Name that people read.' }),
    question: z.string().max(300).default('').meta({ description: 'The question that the scene asks.' }),
    lookFor: z.array(z.string().max(300)).max(12).default([]).meta({ description: 'What to look for.' }),
    found: z.string().max(2000).default('').meta({ description: 'What was found here, with numbers and seeds.' }),
    source: z.string().max(500).default('').meta({ description: 'Where the idea comes from.' }),
    ticks: parameter(z.int().min(1).max(100_000_000).default(20_000), {
      title: 'Length of a run',
      description: 'Ticks that a headless run makes when it is not told otherwise.',
      unit: 'ticks',
      live: false,
    }),
    habitat: planeParameters,
    populations: z
      .record(
        z.string().regex(slug, 'lower-case letters, digits and hyphens, at most 40'),
        populationParameters.extend({ mechanisms: mechanismParameters() }),
      )
      .meta({ description: 'One to four populations by name.' }),
    record: recordParameters,
    changes: scheduledChanges('Changes of live parameters that happen by themselves.'),
  });
}

export type Scene = z.infer<ReturnType<typeof sceneSchema>>;
export type { PopulationScene } from '../population/population.ts';
