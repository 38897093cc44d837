// The answers of a visitor as a file: one row a step that asked, ran or measured.
import { csvField } from '../../export/csv-field.ts';
import { software } from '../../export/software.ts';
import type { Given, LessonState } from './lesson-state.svelte.ts';

/** A row of the answers. Empty texts and undefined numbers where a step has none. */
export interface AnswerRow {
  readonly step: number;
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  /** What was given, in words. */
  readonly answer: string;
  /** Whether it was right: of a choice by the lesson, of a prediction by what was measured. */
  readonly right: boolean | undefined;
  readonly measure: string;
  readonly value: number | undefined;
  /** Standard deviation of the samples behind the value. */
  readonly deviation: number | undefined;
  readonly samples: number | undefined;
  /** First tick of the window of the value. */
  readonly from: number | undefined;
  /** Tick at which a run ended or a value was measured. */
  readonly tick: number | undefined;
  readonly seed: string;
}

const inWords = (given: Given | undefined, choices: readonly { readonly text: string }[] | undefined): string => {
  if (given === undefined) return '';
  if (typeof given === 'number') return choices?.[given]?.text ?? '';
  return typeof given === 'string' ? given : given.join(' ');
};

/** What answers are made of. */
export type Taken = Pick<LessonState, 'lesson' | 'given' | 'ended' | 'checked' | 'level'>;

/** The rows of a lesson that is being taken, in the order of its steps. */
export function answerRows({ lesson, given, ended, checked }: Taken): AnswerRow[] {
  return lesson.steps.flatMap((step, i): AnswerRow[] => {
    if (step.kind === 'say' || step.kind === 'explain') return [];
    const plain = { step: i + 1, kind: step.kind, id: 'id' in step ? (step.id ?? '') : '', title: step.title };
    const nothing = { value: undefined, deviation: undefined, samples: undefined, from: undefined, tick: undefined, seed: '' };
    if (step.kind === 'run') {
      const end = ended[i];
      return [
        { ...plain, answer: '', right: undefined, measure: '', ...nothing, ...(end && { tick: end.tick, seed: end.seed }) },
      ];
    }
    if (step.kind === 'check') {
      const found = checked[i];
      const prediction = lesson.steps.find((one) => one.kind === 'predict' && one.id === step.of);
      const measure = step.measure ?? (prediction?.kind === 'predict' ? prediction.curve?.measure : undefined) ?? '';
      if (!found) return [{ ...plain, answer: '', right: undefined, measure, ...nothing }];
      const { value, deviation, samples, from, to } = found.measured;
      return [{ ...plain, answer: '', right: undefined, measure, value, deviation, samples, from, tick: to, seed: found.seed }];
    }
    const own = given[i];
    const choices = step.kind === 'ask' ? step.choices : step.kind === 'predict' ? step.answers : undefined;
    return [{ ...plain, answer: inWords(own, choices), right: isRight(i), measure: '', ...nothing }];
  });

  function isRight(i: number): boolean | undefined {
    const step = lesson.steps[i];
    const own = given[i];
    if (typeof own !== 'number') return undefined;
    if (step.kind === 'ask') return step.choices?.[own]?.right;
    const check = lesson.steps.findIndex((one) => one.kind === 'check' && step.kind === 'predict' && one.of === step.id);
    const right = checked[check]?.right;
    return right === undefined ? undefined : right === own;
  }
}

const columns = [
  'step',
  'kind',
  'id',
  'title',
  'answer',
  'right',
  'measure',
  'value',
  'deviation',
  'samples',
  'from',
  'tick',
  'seed',
] as const satisfies readonly (keyof AnswerRow)[];

/** The answers as CSV, with a header; the name of the lesson is the first column. */
export function answersCsv(state: Taken): string {
  const lines = answerRows(state).map((row) =>
    [state.lesson.name, ...columns.map((name) => row[name] ?? '')].map((cell) => csvField(String(cell))).join(','),
  );
  return `${['lesson', ...columns].join(',')}\n${lines.join('\n')}\n`;
}

/** The answers as JSON. */
export function answersJson(state: Taken): string {
  const { name, title, scene, seed } = state.lesson;
  const head = { format: 'upslope-lesson-answers', version: 1, software: software.version, lesson: name, title, scene, seed };
  return `${JSON.stringify({ ...head, level: state.level, answers: answerRows(state) }, undefined, 2)}\n`;
}
