import type { z } from 'zod';
import { suggest } from '../../parameter/nearest.ts';
import { safeParse } from '../../parameter/safe-parse.ts';
import { showText, showValue } from '../../parameter/show.ts';
import { findForeign } from '../check-json.ts';
import { describeIssue } from '../describe-issue.ts';
import { SceneError } from '../error.ts';
import { readJson } from '../read-json.ts';
import { checkSteps } from './check-steps.ts';
import { headerSchema, type Lesson, type Step, stepSchemas } from './schema.ts';

/** Most problems that are reported one by one. */
const mostReported = 5;

function refuse(problems: readonly string[], file: string): void {
  if (problems.length === 0) return;
  const where = showText(file, 200);
  throw new SceneError(
    problems.slice(0, mostReported).map((problem) => `${where}: ${problem}`),
    problems.length,
  );
}

function read<S extends z.ZodType>(
  schema: S,
  json: unknown,
  base: (string | number)[],
  problems: string[],
): z.output<S> | undefined {
  const result = safeParse(schema, json);
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => describeIssue(issue, schema, base)));
  return undefined;
}

/**
 * Reads a lesson from parsed JSON: checks every value and what its steps say of each other, fills in defaults. Parameters and measures are
 * checked against the worlds of the lesson (`checkLessonWorlds`).
 * @param file name of the input in messages
 * @throws {SceneError} whose lines give the file, the JSON path, what is wrong and what is allowed
 */
export function parseLesson(json: unknown, file: string): Lesson {
  const problems: string[] = [];
  const foreign = findForeign(json);
  if (foreign) refuse([foreign], file);
  const header = read(headerSchema, json, [], problems);
  refuse(problems, file);
  const { steps: given = [], ...rest } = header ?? {};
  const steps = given.map((step, i) => readStep(step, i, problems));
  refuse(problems, file);
  const lesson = { ...rest, steps } as Lesson;
  refuse(checkSteps(lesson), file);
  return lesson;
}

function readStep(step: unknown, i: number, problems: string[]): Step | undefined {
  const kinds = Object.keys(stepSchemas);
  const kind = typeof step === 'object' && step !== null && 'kind' in step ? step.kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(stepSchemas, kind)) {
    const given = kind === undefined ? 'is missing' : `${showValue(kind)} is not a kind of step`;
    problems.push(`steps[${i}].kind: ${given}; ${suggest(typeof kind === 'string' ? kind : '', kinds)}`);
    return undefined;
  }
  return read(stepSchemas[kind as Step['kind']], step, ['steps', i], problems);
}

/** Reads a lesson from the text of its file. @throws {SceneError} as `parseLesson`, and for a text that is not JSON */
export function readLessonText(text: string, file: string): Lesson {
  return parseLesson(readJson(text, file), file);
}
