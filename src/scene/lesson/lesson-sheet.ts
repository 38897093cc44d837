// The sheet for teachers, as data: the page lays it out, the reference writes it as Markdown.
import { isIn } from './judge.ts';
import type { Check, Lesson, Level, Predict, Step } from './schema.ts';

/** A step on the sheet: what it says at both reading levels, and notes with answers and measured values. */
export interface SheetStep {
  readonly number: number;
  readonly kind: Step['kind'];
  readonly title: string;
  readonly texts: Readonly<Record<Level, string>>;
  readonly notes: readonly string[];
}

export interface Sheet {
  readonly title: string;
  readonly aim: string;
  /** Labels and values. */
  readonly facts: readonly (readonly [string, string])[];
  readonly vocabulary: Lesson['teacher']['vocabulary'];
  readonly goesWrong: readonly string[];
  readonly steps: readonly SheetStep[];
  readonly source: string;
}

const shown = (value: number) => String(Number(value.toPrecision(3)));
const settings = (set: readonly { readonly path: string; readonly value?: unknown }[]) =>
  set.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`).join(', ');

/** The sheet of a lesson. */
export function lessonSheet(lesson: Lesson): Sheet {
  const { title, name, scene, seed, set, teacher, steps } = lesson;
  return {
    title,
    aim: teacher.aim,
    facts: [
      ['Ages', teacher.ages],
      ['Time', `${teacher.minutes} minutes`],
      ['Address', `#lesson=${name}`],
      ['Scene and seed', `${scene}, seed ${seed}${set ? `, with ${settings(set)}` : ''}`],
      ['Measured with', `upslope lesson ${name} --seeds 1..10`],
    ],
    vocabulary: teacher.vocabulary,
    goesWrong: teacher.goesWrong,
    steps: steps.map((step, i) => ({
      number: i + 1,
      kind: step.kind,
      title: step.title,
      texts: step.text,
      notes: notesOf(step, lesson),
    })),
    source: teacher.source,
  };
}

function notesOf(step: Step, { steps, seed }: Lesson): string[] {
  const notes: string[] = [];
  if (step.start) {
    const with_ = step.start.set ? ` with ${settings(step.start.set)}` : '';
    notes.push(`Starts the world with seed ${step.start.seed ?? seed}${with_}.`);
  }
  if (step.set) notes.push(`Changes ${settings(step.set)}.`);
  if (step.kind === 'run') notes.push(describeRun(step.until));
  if (step.kind === 'ask') {
    for (const { text, right } of step.choices ?? []) notes.push(`${right ? 'Right' : 'Wrong'}: ${text}`);
    notes.push(`Answer: ${step.answer}`);
  }
  if (step.kind === 'predict' && step.answers) {
    const check = steps.find((one): one is Check => one.kind === 'check' && one.of === step.id);
    for (const { text, when } of step.answers) {
      // Without measured seeds only the world itself can say which one is right.
      const label = check?.seeds === undefined ? 'Answer' : isIn(when, check.seeds.mean) ? 'Right' : 'Wrong';
      notes.push(`${label}: ${text} (${describeRange(when)})`);
    }
  }
  if (step.kind === 'predict' && step.curve)
    notes.push(`A curve of ${step.curve.measure}, ticks ${step.curve.from} to ${step.curve.to}.`);
  if (step.kind === 'check') notes.push(describeCheck(step, steps));
  return notes;
}

function describeRange({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }): string {
  if (from === undefined) return to === undefined ? 'any value' : `below ${to}`;
  return to === undefined ? `${from} and more` : `${from} to ${to}`;
}

function describeRun({ tick, measure, above, below }: Extract<Step, { kind: 'run' }>['until']): string {
  if (measure === undefined) return `Runs to tick ${tick}.`;
  return `Runs until ${measure} is ${above === undefined ? `below ${below}` : `above ${above}`}, to tick ${tick} at most.`;
}

function describeCheck({ says, measure, of, over, since, versus, seeds }: Check, steps: Lesson['steps']): string {
  const prediction = steps.find((one): one is Predict => one.kind === 'predict' && one.id === of);
  const what = measure ?? prediction?.curve?.measure ?? '';
  const change = since === undefined ? '' : `, minus that over the same time from tick ${since}`;
  const comparison = versus ? `, ${versus.by === 'ratio' ? 'divided by' : 'minus'} that of ${versus.check}` : '';
  const head = `${says}: ${what} over the last ${over} ticks${change}${comparison}.`;
  if (!seeds) return head;
  const fits = seeds.fits === undefined ? '' : `; the same answer is right in ${seeds.fits} of ${seeds.number}`;
  return `${head} Seeds 1 to ${seeds.number}: ${shown(seeds.mean)} ± ${shown(seeds.deviation)} (standard deviation among worlds)${fits}.`;
}

/** The sheets of lessons as a page of the reference, Markdown. */
export function sheetsMarkdown(lessons: readonly Lesson[]): string {
  return `# Lessons, for teachers\n\n${lessons.map((lesson) => markdownOf(lessonSheet(lesson))).join('\n')}`;
}

function markdownOf({ title, aim, facts, vocabulary, goesWrong, steps, source }: Sheet): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}\n`).join('');
  return [
    `## ${title}\n\n${aim}\n\n`,
    list(facts.map(([label, value]) => `${label}: ${label === 'Measured with' || label === 'Address' ? `\`${value}\`` : value}`)),
    vocabulary.length > 0
      ? `\n### Words of ${title}\n\n${list(vocabulary.map(({ term, meaning }) => `*${term}*: ${meaning}`))}`
      : '',
    goesWrong.length > 0 ? `\n### What goes wrong in ${title}\n\n${list(goesWrong)}` : '',
    `\n### Steps of ${title}\n\n`,
    ...steps.map(
      ({ number, kind, title: name, texts, notes }) =>
        `${number}. **${name}** (${kind}). ${texts.full}\n${notes.map((note) => `   - ${note}\n`).join('')}`,
    ),
    `\nSource: ${source}\n`,
  ].join('');
}
