import { mean, variance } from '../math/statistics.ts';
import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { readLessonText } from '../scene/lesson/parse-lesson.ts';
import type { Check, Lesson, Predict } from '../scene/lesson/schema.ts';
import { readJson } from '../scene/read-json.ts';
import { checkLessonWorlds } from '../worker/lesson-worlds.ts';
import { type CheckResult, performLesson } from '../worker/perform-lesson.ts';
import type { Io } from './io.ts';
import { builtInScenes, readText } from './scenes.ts';
import { UserError } from './user-error.ts';

const texts = import.meta.glob<string>('../../assets/lessons/*.json', { eager: true, import: 'default', query: '?raw' });

/** Texts of the lessons that come with the program, by name. */
export const builtInLessons: ReadonlyMap<string, string> = new Map(
  Object.entries(texts).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), text]),
);

export interface LessonFlags {
  /** A range such as 1..10, or seeds. */
  readonly seeds?: string | readonly string[];
  readonly json?: boolean;
}

/** A lesson by the name of one that comes with the program, or from a file, with its scene. @throws {UserError | SceneError} one line */
export function loadLesson({ files }: Pick<Io, 'files'>, nameOrPath: string): { lesson: Lesson; json: unknown; file: string } {
  const builtIn = builtInLessons.get(nameOrPath);
  if (builtIn === undefined && /^[\w-]+$/.test(nameOrPath) && !files.existsSync(nameOrPath)) {
    throw new UserError(`there is no lesson '${showText(nameOrPath)}'; ${suggest(nameOrPath, [...builtInLessons.keys()])}`);
  }
  const file = builtIn === undefined ? nameOrPath : `assets/lessons/${nameOrPath}.json`;
  const text = builtIn ?? readText(files, nameOrPath, `give a file, or one of ${[...builtInLessons.keys()].join(', ')}`);
  const lesson = readLessonText(text, file);
  const scene = builtInScenes.get(lesson.scene);
  if (scene === undefined) {
    const help = suggest(lesson.scene, [...builtInScenes.keys()]);
    throw new UserError(`${showText(file, 200)}: scene: '${lesson.scene}' does not come with the program; ${help}`);
  }
  return { lesson, json: readJson(scene, `scenes/${lesson.scene}.json`), file };
}

/** `upslope lesson`: checks a lesson, performs it with each seed and prints what its checks measure. Returns the exit status. */
export function lesson(io: Io, nameOrPath: string, { seeds, json: asJson = false }: LessonFlags): number {
  const { lesson: read, json, file } = loadLesson(io, nameOrPath);
  checkLessonWorlds(read, json, file, io.catalogue);
  const all = seedList(seeds ?? [read.seed]).map((seed) => ({ seed, ...performLesson(read, json, seed, io.catalogue) }));
  const own = performLesson(read, json, read.seed, io.catalogue);
  const rows = own.checks.map(({ step, check, right, level }, k) => {
    const each = all.map(({ checks }) => checks[k]);
    const values = each.map(({ measured }) => measured.value);
    return {
      step: step + 1,
      ...(check.of === undefined ? {} : { of: check.of }),
      says: check.says,
      seeds: all.map(({ seed }) => seed),
      values,
      own: own.checks[k].measured.value,
      mean: mean(values),
      deviation: deviationOf(values),
      ...(right === undefined ? {} : { right, fits: each.filter((one) => one.right === right).length }),
      ...(level === undefined ? {} : { level: level.share }),
    };
  });
  if (asJson) {
    io.out(`${JSON.stringify({ lesson: read.name, seed: read.seed, ends: own.ends, checks: rows }, undefined, 2)}\n`);
    return 0;
  }
  const lines = own.checks.flatMap((result, k) => describeCheck(read, result, rows[k]));
  io.out(
    `${[`lesson ${read.name}: ${read.steps.length} steps, ${own.ends.length} runs, seed ${read.seed}`, ...lines].join('\n')}\n`,
  );
  return 0;
}

const number = (value: number) => String(Number(value.toPrecision(4)));

const deviationOf = (values: readonly number[]) =>
  values.length < 2 ? 0 : Math.sqrt((variance(values) * values.length) / (values.length - 1));

/** Most seeds of one command. */
const mostSeeds = 1000;

function seedList(seeds: string | readonly string[]): readonly string[] {
  if (typeof seeds !== 'string') return seeds;
  const [first, last] = seeds.split('..').map(Number);
  const count = last - first + 1;
  if (!(count >= 1 && count <= mostSeeds)) {
    throw new UserError(`--seeds must name 1 to ${mostSeeds} seeds, the lower one first (got ${showText(seeds)})`);
  }
  return Array.from({ length: count }, (_, i) => String(first + i));
}

function describeCheck(
  { steps }: Lesson,
  { step, check, measured, right }: CheckResult,
  row: { readonly values: readonly number[]; readonly mean: number; readonly deviation: number; readonly fits?: number },
): string[] {
  const prediction = steps.find((one): one is Predict => one.kind === 'predict' && one.id === check.of);
  const answer = right === undefined ? undefined : (prediction?.answers?.[right]?.text ?? 'none of the answers');
  const lowest = row.values.reduce((a, b) => Math.min(a, b));
  const highest = row.values.reduce((a, b) => Math.max(a, b));
  return [
    `step ${step + 1}, ${check.says}: ${number(measured.value)} (${describeWhat(check)}, ticks ${measured.from} to ${measured.to}; standard deviation of ${measured.samples} samples ${number(measured.deviation)})`,
    ...(answer === undefined ? [] : [`  right: ${answer}; in ${row.fits} of ${row.values.length} worlds`]),
    ...(row.values.length < 2
      ? []
      : [
          `  worlds: mean ${number(row.mean)}, standard deviation ${number(row.deviation)}, ${number(lowest)} to ${number(highest)}`,
        ]),
  ];
}

function describeWhat({ since, versus }: Check): string {
  const what = since === undefined ? 'mean' : `change since tick ${since}`;
  if (!versus) return what;
  return versus.by === 'ratio' ? `${what} divided by that of ${versus.check}` : `${what} minus that of ${versus.check}`;
}

/** The lessons, one a line. */
export function listLessons(): string {
  const lines = [...builtInLessons].map(([name, text]) => {
    const { title, scene, teacher, steps } = readLessonText(text, `assets/lessons/${name}.json`);
    return `${name.padEnd(24)}${title} (scene ${scene}, ${steps.length} steps, ages ${teacher.ages}, ${teacher.minutes} minutes)`;
  });
  return `${lines.join('\n')}\n`;
}
