import { dimensionsOf } from '../habitat/landscape/dimensions-of.ts';
import { carryLoci } from './carry-loci.ts';
import { deepestJson, findForeign, scanJson } from './check-json.ts';
import { checkScene } from './check-scene.ts';
import { currentSchema } from './current-schema.ts';
import { describeIssue } from './describe-issue.ts';
import { SceneError } from './error.ts';
import { habitatKindOf, habitatKinds, isPlaneScene, type LandscapeScene, type Scene } from './schema.ts';
import { checkSchedule } from './set-path.ts';
import { showText } from './show.ts';

/** Longest scene text, in characters. */
const longest = 1_000_000;
/** Problems that are told one by one. */
const told = 5;

function refuse(problems: readonly string[], file: string): never {
  const where = showText(file, 200);
  throw new SceneError(
    problems.slice(0, told).map((problem) => `${where}: ${problem}`),
    problems.length,
  );
}

/**
 * Reads a scene from parsed JSON: checks every value, fills in what is left out.
 * @param file what the input is called in messages: the name of a file, `link`, `snapshot`
 * @param running true for the scene of a world that stands already, where what holds for founders only no longer matters
 * @throws {SceneError} whose lines say file, JSON path, what is wrong and what is allowed.
 */
export function parseScene(json: unknown, file: string, running = false): Scene {
  const foreign = findForeign(json);
  if (foreign) refuse([foreign], file);
  const { habitat } = (json ?? {}) as { habitat?: { kind?: unknown } };
  const kind = typeof habitat === 'object' && habitat !== null ? habitat.kind : 'plane';
  if (!habitatKinds.some((known) => known === kind)) {
    const given = kind === undefined ? 'is missing' : `${showText(JSON.stringify(kind) ?? String(kind))} is no kind of habitat`;
    refuse([`habitat.kind: ${given}; give ${habitatKinds.map((known) => `'${known}'`).join(' or ')}`], file);
  }
  const schema = currentSchema(habitatKindOf(json));
  const result = schema.safeParse(json, { reportInput: true });
  if (!result.success)
    refuse(
      result.error.issues.flatMap((issue) => describeIssue(issue, schema)),
      file,
    );
  const scene = running ? (result.data as Scene) : carryLoci(result.data as Scene);
  // A form that has a number of loci of its own: where none is said, that one.
  if (!isPlaneScene(scene) && (json as LandscapeScene).habitat.dimensions === undefined) {
    scene.habitat.dimensions = dimensionsOf(scene.habitat);
  }
  const problems = checkScene(scene, running);
  if (problems.length === 0) problems.push(...checkSchedule(scene, scene.changes));
  if (problems.length > 0) refuse(problems, file);
  return scene;
}

/** Line and column of a place in a text, as editors count them. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/** What a text of JSON is to hold, and what to do where it is empty, cut off or broken at some place. */
const kinds = {
  scene: {
    empty: 'give a scene in JSON',
    cutOff: 'the file is cut off or a bracket or quote is missing',
    broken: 'check commas, quotes and brackets there',
  },
  provenance: {
    empty: 'give the provenance.json of a run',
    cutOff: 'the file is cut off; use another copy',
    broken: 'give the provenance.json of a run as it was written',
  },
  link: {
    empty: 'copy the whole link',
    cutOff: 'copy the whole link',
    broken: 'copy the link again',
  },
} as const;

export type JsonKind = keyof typeof kinds;

/** What a JSON parser that failed says about the place, in our words; engines word it differently. */
function describeSyntax(text: string, kind: JsonKind, error: unknown): string {
  const { open } = scanJson(text);
  if (open > 0) return `ends in the middle of the ${kind}; ${kinds[kind].cutOff}`;
  const offset = /position (\d+)/.exec(String(error))?.[1];
  return `is not JSON${offset === undefined ? '' : ` at ${place(text, Number(offset))}`}; ${kinds[kind].broken}`;
}

/**
 * Reads JSON from a text that may hold anything.
 * @param kind what it should hold, for the advice in messages
 * @throws {SceneError} when it is empty, too long, cut off, nested too deep or no JSON.
 */
export function readJson(text: string, file: string, kind: JsonKind = 'scene', limit = longest): unknown {
  if (text.length > limit) refuse([`has ${text.length} characters; give at most ${limit}`], file);
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') refuse([`is empty; ${kinds[kind].empty}`], file);
  if (scanJson(content).depth > deepestJson) {
    refuse([`is nested more than ${deepestJson} levels deep; give a flatter one`], file);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    return refuse([describeSyntax(content, kind, error)], file);
  }
}

/**
 * Reads a scene from the text of its file.
 * @throws {SceneError} as `parseScene`, and for a text that is empty, too long, cut off or no JSON.
 */
export function readSceneText(text: string, file: string): Scene {
  return parseScene(readJson(text, file), file);
}
