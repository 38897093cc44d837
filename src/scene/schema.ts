import { z } from 'zod';
import type { LandscapeParameters, LandscapePopulationParameters } from '../habitat/landscape/parameters.ts';
import type { PlaneParameters } from '../habitat/plane/parameters.ts';
import { standardVocabulary } from '../habitat/standard.ts';
import { type Vocabulary, vocabularyIn } from '../habitat/vocabulary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { PopulationParameters } from '../population/parameters.ts';
import { recordParameters } from './record-parameters.ts';
import { scheduledChanges } from './scheduled-changes.ts';
import { viewSchema } from './view.ts';
import { habitatNamed } from './vocabulary-of.ts';

export { longestSeed } from './longest-seed.ts';

const slug = /^[a-z][a-z0-9-]{0,39}$/;
const named = () => z.string().regex(slug, 'lower-case letters, digits and hyphens, at most 40');

/** Conditions under which something to look for counts as seen: all that are given must hold. */
const sightSchema = z.strictObject({
  measure: z.string().max(200).optional().meta({ description: 'A probe and its column, as census/foragers.intake.' }),
  after: z.int().min(0).default(0).meta({ description: 'Tick from which on the measure counts.' }),
  above: z.number().optional().meta({ description: 'The measure is above this.' }),
  below: z.number().optional().meta({ description: 'The measure is below this.' }),
  rises: z.number().optional().meta({ description: 'It has risen by this since that tick.' }),
  falls: z.number().optional().meta({ description: 'It has fallen by this since that tick.' }),
  lasts: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'What is said of the measure has been so at every sample of this many ticks up to now.' }),
  colour: z.string().max(100).optional().meta({ description: 'The page colours by this: species, energy, trait:diet.fruit.' }),
  changed: z.string().max(200).optional().meta({ description: 'A parameter whose path ends like this was changed.' }),
  event: z.enum(['split', 'merge', 'extinction']).optional().meta({ description: 'This happened to a species.' }),
});

/** A finding, and what produced its numbers. */
const foundSchema = z.strictObject({
  text: z.string().min(1).max(2000).meta({ description: 'What was found.' }),
  command: z.string().max(200).optional().meta({ description: 'The command that produced the numbers.' }),
  engine: z.string().max(16).optional().meta({ description: 'Hash of the engine that produced them.' }),
  scene: z.string().max(16).optional().meta({ description: 'Hash of the scene that produced them.' }),
});

/** The fields that scenes of every habitat have. */
const common = () => ({
  $schema: z.string().max(300).optional().meta({ description: 'Where an editor finds the JSON Schema.' }),
  version: z.literal(1).meta({ description: 'Version of the scene format.' }),
  name: named().meta({ description: 'Short name.' }),
  title: z.string().min(1).max(80).meta({ description: 'Display name.' }),
  question: z.string().max(300).default('').meta({ description: 'The question that the scene asks.' }),
  lookFor: z
    .array(z.union([z.string().max(300), z.strictObject({ text: z.string().min(1).max(300), seen: sightSchema })]))
    .max(12)
    .default([])
    .meta({ description: 'What to look for: a text, or a text with the condition under which the page counts it as seen.' }),
  tryThis: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(160).meta({ description: 'What to do, in a few words.' }),
        set: z
          .array(z.strictObject({ path: z.string().max(200), value: z.unknown() }))
          .min(1)
          .max(8)
          .meta({ description: 'Live parameters and their values.' }),
      }),
    )
    .max(8)
    .default([])
    .meta({ description: 'Switches to try: the page shows a button for each.' }),
  found: z
    .union([z.string().max(2000), z.array(foundSchema).max(4)])
    .default('')
    .meta({ description: 'What was found here, with numbers and seeds: a text, or texts with what produced their numbers.' }),
  source: z.string().max(500).default('').meta({ description: 'Where the idea comes from.' }),
  view: viewSchema,
  ticks: parameter(z.int().min(1).max(100_000_000).default(20_000), {
    title: 'Run length',
    description: 'Default number of ticks of a headless run.',
    unit: 'ticks',
    live: false,
  }),
  record: recordParameters,
  changes: scheduledChanges('Scheduled changes of live parameters.'),
});

/**
 * Schema of a scene in a habitat: what its file may hold; unknown keys are errors.
 * @throws {Error} for a kind of habitat that the vocabulary lacks
 * @public
 */
export function sceneSchema(kind: string, vocabulary: Vocabulary = standardVocabulary): z.ZodObject {
  const { record, changes, ...header } = common();
  const habitat = habitatNamed(vocabulary, kind);
  const own = vocabularyIn(habitat, vocabulary);
  const { mechanisms } = own;
  const fields = {
    optionalTraits: habitat.traitsToCarry(own).map(({ id }) => id),
    genome: mechanisms.genomeParameters(),
  };
  return z.strictObject({
    ...header,
    habitat: habitat.parameters(),
    populations: z
      .record(named(), habitat.populationParameters(fields).extend({ mechanisms: mechanisms.parameters() }))
      .meta({ description: habitat.populations.description }),
    record,
    changes,
  });
}

/** The part that scenes of all habitats have. */
type CommonScene = z.infer<z.ZodObject<ReturnType<typeof common>, z.core.$strict>>;

/** A scene in a habitat with these parameters, and populations with those. */
type SceneOf<H, P> = CommonScene & {
  habitat: H;
  populations: Record<string, P & { mechanisms: Record<string, { on: boolean } & Record<string, unknown>> }>;
};

/** A scene in the plane, checked and complete. @public */
export type PlaneScene = SceneOf<PlaneParameters, PopulationParameters>;
/** A scene on a landscape, checked and complete. @public */
export type LandscapeScene = SceneOf<LandscapeParameters, LandscapePopulationParameters>;
/** A scene in another habitat, checked and complete: the schema of the habitat says what `habitat` and populations hold. @experimental */
export type OtherScene = SceneOf<{ kind: string }, PopulationParameters>;
/** A scene, checked and complete: what `parseScene` returns. @public */
export type Scene = PlaneScene | LandscapeScene | OtherScene;

/** Whether a scene plays on a landscape. @public */
export function isLandscapeScene(scene: Scene): scene is LandscapeScene {
  return scene.habitat.kind === 'landscape';
}

/** Whether a scene takes place in the plane. @public */
export function isPlaneScene(scene: Scene): scene is PlaneScene {
  return scene.habitat.kind === 'plane';
}
