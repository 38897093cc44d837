import type { Vocabulary } from '../habitat/vocabulary.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { showText, showValue } from '../parameter/show.ts';
import { carryLoci } from './carry-loci.ts';
import { findForeign } from './check-json.ts';
import { checkScene } from './check-scene.ts';
import { currentSchema } from './current-schema.ts';
import { describeIssue } from './describe-issue.ts';
import { SceneError } from './error.ts';
import { readJson } from './read-json.ts';
import type { Scene } from './schema.ts';
import { checkSchedule } from './set-path.ts';
import { habitatOf, missingFor, vocabularyOf, withVocabulary } from './vocabulary-of.ts';

/** Most problems that are reported one by one. */
const mostReported = 5;

function refuse(problems: readonly string[], file: string): never {
  const where = showText(file, 200);
  throw new SceneError(
    problems.slice(0, mostReported).map((problem) => `${where}: ${problem}`),
    problems.length,
  );
}

/**
 * Reads a scene from parsed JSON: checks every value, fills in defaults.
 * @param file name of the input in messages: the name of a file, `link`, `snapshot`
 * @param running true for the scene of a world that exists already, so that conditions on founders no longer matter
 * @param vocabulary what it can name: by default that of the scene, if it is one, or the standard. The scene that is returned carries it
 * @throws {SceneError} whose lines give the file, the JSON path, what is wrong and what is allowed.
 * @public
 */
export function parseScene(json: unknown, file: string, running = false, vocabulary = vocabularyOf(json ?? {})): Scene {
  const foreign = findForeign(json);
  if (foreign) refuse([foreign], file);
  const { habitat } = (json ?? {}) as { habitat?: { kind?: unknown } };
  const kind = typeof habitat === 'object' && habitat !== null ? habitat.kind : 'plane';
  if (!vocabulary.habitats.some((known) => known.kind === kind)) {
    const given = kind === undefined ? 'is missing' : `${showValue(kind)} is not a kind of habitat`;
    refuse([`habitat.kind: ${given}; give ${vocabulary.habitats.map((known) => `'${known.kind}'`).join(' or ')}`], file);
  }
  const schema = currentSchema(String(kind), vocabulary);
  const result = safeParse(schema, json);
  if (!result.success) {
    const reasonFor = (key: string, path: readonly unknown[]) =>
      path.at(-1) === 'mechanisms' ? missingFor(key, String(kind), vocabulary) : undefined;
    refuse(
      result.error.issues.flatMap((issue) => describeIssue(issue, schema, [], reasonFor)),
      file,
    );
  }
  const read = withVocabulary(result.data as Scene, vocabulary);
  const scene = running ? read : carryLoci(read);
  habitatOf(scene).complete?.(scene.habitat, (json as Scene).habitat);
  const problems = checkScene(scene, running);
  if (problems.length === 0) problems.push(...checkSchedule(scene, scene.changes));
  if (problems.length > 0) refuse(problems, file);
  return scene;
}

/**
 * Reads a scene from the text of its file.
 * @throws {SceneError} as `parseScene`, and for a text that is empty, too long, cut off or not JSON.
 * @public
 */
export function readSceneText(text: string, file: string, vocabulary?: Vocabulary): Scene {
  return parseScene(readJson(text, file), file, false, vocabulary);
}
