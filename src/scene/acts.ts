import { z } from 'zod';
import { suggest } from '../parameter/nearest.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { showText } from '../parameter/show.ts';
import { actOf } from './act-path.ts';
import { findForeign } from './check-json.ts';
import { describeIssue } from './describe-issue.ts';
import { SceneError } from './error.ts';
import type { Scene } from './schema.ts';
import { habitatOf } from './vocabulary-of.ts';

/** An edit by hand of a world in the plane, as the value of a change. */
interface ActText {
  /** What it does, in a sentence. */
  readonly description: string;
  readonly schema: z.ZodObject;
}

const position = (edge: string) =>
  z
    .number()
    .min(0)
    .max(100_000)
    .meta({ description: `from the ${edge} edge, lengths` });
const place = { x: position('left'), y: position('upper') };
const population = z.string().min(1).max(200).meta({ description: 'name of the population' });
const id = z.int().min(0).meta({ description: 'organism that lives at that tick' });
const locus = z.number().min(-1e6).max(1e6);

const schemas = {
  food: z.strictObject({
    ...place,
    radius: z.number().min(0.1).max(200).meta({ description: 'lengths' }),
    food: z.enum(['grass', 'fruit', 'carrion']).meta({ description: 'food to drop' }),
    amount: z.number().gt(0).max(1000).meta({ description: 'energy on each cell' }),
  }),
  place: z.strictObject({
    population,
    ...place,
    spread: z
      .number()
      .min(0)
      .max(200)
      .default(0)
      .meta({ description: 'radius of the disc over which they are scattered, lengths' }),
    count: z.int().min(1).max(1000).default(1).meta({ description: 'how many' }),
    reserve: z.number().min(0).max(1).default(0.5).meta({ description: 'share of a full reserve with which each begins' }),
    genome: z
      .union([z.strictObject({ of: id }), z.strictObject({ loci: z.array(locus).max(20_000) })])
      .meta({ description: '{"of": ID} copies a living organism; {"loci": [...]} gives a value a locus, locus units' }),
  }),
  remove: z.strictObject({
    population,
    ids: z.array(id).min(1).max(1000).meta({ description: 'organisms that live at that tick' }),
  }),
  move: z.strictObject({ population, id, ...place }),
  edit: z.strictObject({
    population,
    id,
    loci: z.record(z.string().max(200), locus).meta({ description: 'values by the names of loci, locus units' }),
  }),
  drive: z.strictObject({
    population,
    id,
    turn: z.number().min(-1).max(1).default(0).meta({ description: 'from -1 (left) to 1 (right), of the sharpest turn' }),
    thrust: z.number().min(0).max(1).default(0).meta({ description: 'share of its top speed' }),
    eat: z.boolean().default(false).meta({ description: 'whether it eats' }),
    bite: z.boolean().default(false).meta({ description: 'whether it bites' }),
    ticks: z.int().min(0).max(100_000).default(1).meta({ description: 'for how long; 0 ends it' }),
  }),
} as const;

/** Every act, with the value that its change has. @public */
export type Acts = { readonly [K in keyof typeof schemas]: z.infer<(typeof schemas)[K]> };
/** Id of an act by hand. @public */
export type ActId = keyof Acts;

const texts: Readonly<Record<ActId, string>> = {
  food: 'Drops food on the ground around a place: this much energy on every cell within the radius.',
  place:
    'Places organisms: copies of a living one (their parent), or of a genome given locus by locus, haplotypes one behind the other (these are introduced and have no parent). They are born at that tick, with that share of a full reserve.',
  remove: 'Takes organisms out of the world. They leave no carcass; their deaths have the cause removed.',
  move: 'Carries an organism to another place.',
  edit: 'Replaces an organism by one with other values at the named loci (in all haplotypes), at its place and with its reserve. The new one counts as introduced, without a parent; the former one is removed.',
  drive:
    'Has an organism turn, move, eat and bite as given in the next ticks, whatever its policy decides; other actions stay with its policy. A later one of the same organism replaces it.',
};

/** All edits by hand; a change whose path is `acts.` and one of these names is performed at its tick. @public */
export const acts: Readonly<Record<ActId, ActText>> = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, { schema, description: texts[name as ActId] }]),
) as never;

/**
 * An act as its change describes it, checked as far as possible without the world.
 * @throws {SceneError} for an unknown act, a value that is not allowed, a population that the scene lacks, or a landscape
 */
export function readAct(scene: Scene, path: string, value: unknown): { [K in ActId]: { act: K; value: Acts[K] } }[ActId] {
  const name = actOf(path);
  if (!Object.hasOwn(acts, name)) {
    throw new SceneError(`${showText(path, 120)}: there is no act '${showText(name)}'; ${suggest(name, Object.keys(acts))}`);
  }
  const act = name as ActId;
  const foreign = findForeign(value);
  if (foreign) throw new SceneError(`${path}: ${foreign}`);
  if (!habitatOf(scene).hands) throw new SceneError(`${path}: editing by hand works only in plane worlds`);
  const { schema } = acts[act];
  const result = safeParse(schema, value);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => {
      const field = String(issue.path[0]);
      const text = (schema.shape as Record<string, z.ZodType>)[field]?.meta()?.description;
      // If a field may be one of several things, its own text says what it takes.
      if (issue.code === 'invalid_union' && text) return [`${path}.${field}: must be one of: ${text}`];
      return describeIssue(issue, schema, ['acts', act]);
    });
    throw new SceneError(problems.slice(0, 5), problems.length);
  }
  const read = result.data as Acts[ActId];
  if ('population' in read && !Object.hasOwn(scene.populations, read.population)) {
    const known = Object.keys(scene.populations);
    throw new SceneError(`${path}: there is no population '${showText(read.population)}'; ${suggest(read.population, known)}`);
  }
  return { act, value: read } as never;
}
