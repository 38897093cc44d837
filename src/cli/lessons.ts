import { readSeeds } from '../experiment/plan.ts';
import { mean, variance } from '../math/statistics.ts';
import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { readLessonText } from '../scene/lesson/parse-lesson.ts';
import { predictionOf } from '../scene/lesson/prediction-of.ts';
import type { Check, Lesson } from '../scene/lesson/schema.ts';
import { readJson } from '../scene/read-json.ts';
import { checkLessonWorlds } from '../worker/lesson-worlds.ts';
import { type CheckResult, performLesson } from '../worker/perform-lesson.ts';
import type { CommandModule } from './command.ts';
import { plainText } from './flags.ts';
import type { Io } from './io.ts';
import { builtInScenes, readText } from './scenes.ts';
import { seedsChoice } from './sweep/sweep-flags.ts';
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

/** Most seeds of one command. */
const mostSeeds = 1000;

/** Exit status when a check has no value. */
const withoutValue = 2;

/** A check with what it measured in the worlds of all seeds. */
interface CheckRow {
  /** Number of its step, from 1. */
  readonly step: number;
  readonly of?: string;
  readonly says: string;
  readonly seeds: readonly string[];
  /** Value with each of these seeds. */
  readonly values: readonly number[];
  /** Value with the seed of the lesson. */
  readonly own: number;
  /** Mean of the values; NaN without any. */
  readonly mean: number;
  /** Their standard deviation; NaN with fewer than two. */
  readonly deviation: number;
  /** Index of the answer that is right with the seed of the lesson, -1 if none is; undefined without answers. */
  readonly right?: number;
  /** Worlds in which the same answer is right. */
  readonly fits?: number;
  readonly level?: number;
}

/** `upslope lesson`: checks a lesson, performs it with each seed and prints what its checks measure. Returns the exit status. */
export function lesson(io: Io, nameOrPath: string, { seeds, json: asJson = false }: LessonFlags): number {
  const { lesson: read, json, file } = loadLesson(io, nameOrPath);
  const chosen = seeds === undefined ? [read.seed] : readSeeds(seeds, 'lesson', mostSeeds);
  checkLessonWorlds(read, json, file, io.catalogue);
  const all = chosen.map((seed) => ({ seed, ...performLesson(read, json, seed, io.catalogue) }));
  const own = all.find(({ seed }) => seed === read.seed) ?? performLesson(read, json, read.seed, io.catalogue);
  const rows = own.checks.map(({ step, check, measured, right, level }, k): CheckRow => {
    const each = all.map(({ checks }) => checks[k]);
    const values = each.map((one) => one.measured.value);
    const found = values.filter(Number.isFinite);
    return {
      step: step + 1,
      ...(check.of === undefined ? {} : { of: check.of }),
      says: check.says,
      seeds: chosen,
      values,
      own: measured.value,
      mean: mean(found),
      deviation: found.length < 2 ? Number.NaN : Math.sqrt((variance(found) * found.length) / (found.length - 1)),
      // That no answer is right is not agreement.
      ...(right === undefined ? {} : { right, fits: each.filter((one) => right >= 0 && one.right === right).length }),
      ...(level === undefined ? {} : { level: level.share }),
    };
  });
  const counts = `${count(read.steps.length, 'step')}, ${count(own.ends.length, 'run')}, seed ${read.seed}`;
  const worlds = seeds === undefined ? '' : `; worlds of ${describeSeeds(chosen)}`;
  io.out(
    asJson
      ? `${JSON.stringify({ lesson: read.name, seed: read.seed, ends: own.ends, checks: rows }, undefined, 2)}\n`
      : `lesson ${read.name}: ${counts}${worlds}\n${own.checks.map((result, k) => describeCheck(read, result, rows[k], seeds !== undefined)).join('')}`,
  );
  const missing = rows.flatMap((row) => describeMissing(row, read.seed));
  for (const line of missing) io.err(`upslope: ${line}\n`);
  return missing.length > 0 ? withoutValue : 0;
}

const number = (value: number) => String(Number(value.toPrecision(4)));
const count = (many: number, one: string) => `${many} ${one}${many === 1 ? '' : 's'}`;

/** Names seeds: a row of whole numbers as a range. */
function describeSeeds(seeds: readonly string[]): string {
  const isRange = seeds.length > 2 && seeds.every((seed, i) => seed === String(Number(seeds[0]) + i));
  if (isRange) return `seeds ${seeds[0]} to ${seeds[seeds.length - 1]}`;
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.map((seed) => showText(seed)).join(', ')}`;
}

/** A line for a check that has no value with some seed. */
function describeMissing({ step, says, seeds, values, own }: CheckRow, ownSeed: string): string[] {
  const without = seeds.filter((_, i) => !Number.isFinite(values[i]));
  if (!Number.isFinite(own) && !without.includes(ownSeed)) without.unshift(ownSeed);
  if (without.length === 0) return [];
  return [
    `step ${step}, ${says}: no value with ${describeSeeds(without)}; give it another measure, or other ticks (over, since)`,
  ];
}

/** Lines about a check. @param others whether seeds were requested */
function describeCheck(lesson: Lesson, { step, check, measured, right }: CheckResult, row: CheckRow, others: boolean): string {
  const { value, deviation, samples, from, to } = measured;
  const spread = Number.isNaN(deviation) ? '' : `; standard deviation of ${count(samples, 'sample')} ${number(deviation)}`;
  const shown = Number.isFinite(value) ? number(value) : 'no value';
  const lines = [`step ${step + 1}, ${check.says}: ${shown} (${describeWhat(check)}, ticks ${from} to ${to}${spread})`];
  if (right !== undefined) {
    const agreement = right < 0 ? '' : `; in ${row.fits} of ${count(row.values.length, 'world')}`;
    lines.push(`  right: ${predictionOf(lesson, check)?.answers?.[right]?.text ?? 'none of the answers'}${agreement}`);
  }
  if (others) lines.push(`  worlds: ${describeWorlds(row)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function describeWorlds({ values, mean: middle, deviation }: CheckRow): string {
  const found = values.filter(Number.isFinite);
  if (found.length === 0) return 'no value';
  const some = found.length < values.length ? `, ${found.length} of ${values.length} with a value` : '';
  if (found.length === 1) return `${number(found[0])}${some}`;
  const lowest = found.reduce((a, b) => Math.min(a, b));
  const highest = found.reduce((a, b) => Math.max(a, b));
  return `mean ${number(middle)}, standard deviation ${number(deviation)}, ${number(lowest)} to ${number(highest)}${some}`;
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

/** `upslope lesson`, with its flags. */
export const command: CommandModule = {
  reads: 'lessons',
  describe: (command, io, done) =>
    command
      .argument('[lesson]', 'name of a lesson, or a file (default: lists the lessons)', plainText)
      .option('--seeds <seeds>', 'a range such as 1..10, or seeds separated by commas (default: that of the lesson)', seedsChoice)
      .option('--json', 'print as JSON, with the value of every world')
      .action((name: string | undefined, flags: LessonFlags) =>
        name === undefined ? io.out(listLessons()) : done(lesson(io, name, flags)),
      ),
};
