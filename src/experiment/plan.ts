import { z } from 'zod';
import { exportTables } from '../export/index.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { showText, showValue } from '../parameter/show.ts';
import { findForeign } from '../scene/check-json.ts';
import { describeIssue } from '../scene/describe-issue.ts';
import { SceneError } from '../scene/error.ts';
import { extensionNames } from '../scene/extension-names.ts';
import { readJson } from '../scene/read-json.ts';
import { scheduledChanges } from '../scene/scheduled-changes.ts';
import { longestSeed } from '../scene/schema.ts';

/** Default ticks between samples of a plan. */
export const planEvery = 100;
/** Most runs of one plan. */
export const mostRuns = 100_000;

const longestPlan = 4_000_000;
const slug = /^[a-z][a-z0-9-]{0,39}$/;

/** Tables that a plan may keep of every run besides its summary and probes. */
export function keepableTables(): readonly string[] {
  return exportTables([], [])
    .map(({ name }) => name)
    .filter((name) => name !== 'probes');
}

/** Schema of a plan file. Seeds, the scene, paths and values are checked further by `readPlan` and `expandPlan`. */
export function planSchema() {
  return z.strictObject({
    version: z.literal(1).meta({ description: 'Version of the plan format.' }),
    software: z
      .strictObject({ name: z.string().max(100), version: z.string().max(100) })
      .optional()
      .meta({ description: 'The program that wrote the plan into its folder.' }),
    extensions: extensionNames.optional().meta({ description: 'Extensions that the scene needs, by name and version.' }),
    name: z
      .string()
      .regex(slug, 'lower-case letters, digits and hyphens, at most 40')
      .default('sweep')
      .meta({ description: 'Short name.' }),
    scene: z.unknown().meta({ description: 'Name of a scene, a file, or a whole scene.' }),
    set: z
      .record(z.string(), z.unknown())
      .default({})
      .meta({ description: 'Parameters set before tick 0 in every run, by path.' }),
    vary: z.record(z.string(), z.array(z.unknown()).min(1).max(10_000)).default({}).meta({
      description:
        'Values to try, by path: every combination, the last path fastest. A path with a tick before it (2000:habitat.grass.regrowth) is changed at that tick: up to then runs of one seed are the same. Paths with a plus between them vary together.',
    }),
    seeds: z.unknown().meta({ description: 'A range such as "1..50", or a list of seeds.' }),
    ticks: z.int().min(1).max(100_000_000).optional().meta({ description: 'Ticks of every run; by default those of the scene.' }),
    every: z.int().min(1).max(100_000_000).default(planEvery).meta({ description: 'Ticks between samples.' }),
    changes: scheduledChanges('Changes of live parameters made in every run, besides those of the scene.'),
    keep: z
      .array(z.enum(keepableTables() as [string, ...string[]]))
      .max(20)
      .default([])
      .meta({ description: 'Tables kept of every run besides summary and probes.' }),
  });
}

/** A plan as in its file, checked alone: neither scene nor paths have been looked up. */
export interface Plan extends Omit<z.infer<ReturnType<typeof planSchema>>, 'seeds'> {
  readonly seeds: readonly string[];
}

/**
 * Reads the text of a plan file.
 * @param file name of the plan in messages
 * @throws {SceneError} one line with the place, what is wrong and what is allowed.
 */
export function readPlanText(text: string, file: string): Plan {
  return readPlan(readJson(text, file, 'plan', longestPlan), file);
}

/**
 * Reads a plan from parsed JSON, or from the flags of the command line.
 * @throws {SceneError} as `readPlanText`
 */
export function readPlan(json: unknown, file: string): Plan {
  const where = showText(file, 200);
  const foreign = findForeign(json);
  if (foreign) throw new SceneError(`${where}: ${foreign}`);
  const schema = planSchema();
  const result = safeParse(schema, json);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => describeIssue(issue, schema)).map((line) => `${where}: ${line}`);
    throw new SceneError(problems.slice(0, 5), problems.length);
  }
  if (typeof result.data.scene !== 'string' && !isObject(result.data.scene)) {
    throw new SceneError(`${where}: scene: ${missingOr(result.data.scene)}; give the name of a scene, a file, or a whole scene`);
  }
  return { ...result.data, seeds: readSeeds(result.data.seeds, where) };
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const missingOr = (value: unknown) => (value === undefined ? 'is missing' : `${showValue(value)} is not allowed`);

/**
 * Seeds from a range `first..last`, both included, or from a list of texts and whole numbers, without repeats.
 * @param most seeds that are allowed
 */
export function readSeeds(given: unknown, where: string, most: number = mostRuns): readonly string[] {
  const refuse = (problem: string): never => {
    throw new SceneError(`${where}: seeds: ${problem}`);
  };
  const range = typeof given === 'string' ? /^(\d{1,12})\.\.(\d{1,12})$/.exec(given) : null;
  if (range) {
    const first = Number(range[1]);
    const count = Number(range[2]) - first + 1;
    if (count < 1) refuse(`'${showText(given as string)}' goes backwards; give the smaller number first`);
    if (count > most) refuse(`'${showText(given as string)}' are ${count} seeds; give at most ${most}`);
    return Array.from({ length: count }, (_, i) => String(first + i));
  }
  if (!Array.isArray(given) || given.length === 0) {
    return refuse(`${missingOr(given)}; give a range such as "1..50", or a list of seeds`);
  }
  if (given.length > most) refuse(`has ${given.length} entries; give at most ${most}`);
  const seeds = given.map((seed, i) => {
    const text = Number.isSafeInteger(seed) ? String(seed) : seed;
    if (typeof text !== 'string' || text === '' || text.length > longestSeed) {
      return refuse(`entry ${i + 1}: ${showValue(seed)} is not allowed; give texts of 1 to ${longestSeed} characters`);
    }
    return text;
  });
  const seen = new Set<string>();
  for (const seed of seeds) {
    if (seen.has(seed)) refuse(`'${showText(seed)}' is listed twice; each seed makes one run`);
    seen.add(seed);
  }
  return seeds;
}
