import { expect, it } from 'vitest';
import { answersCsv, answersJson, type Taken } from '../../../src/app/lessons/answers.ts';
import { parseLesson } from '../../../src/scene/lesson/parse-lesson.ts';
import { smallLesson } from '../lessons/small-lesson.ts';

const text = { easy: 'Why?', full: 'Why is it so?' };
const ask = { kind: 'ask', id: 'why', title: 'Why, in a line', text, answer: 'Fights hurt.' };
const lesson = parseLesson({ ...smallLesson, steps: [...smallLesson.steps, ask] }, 'l.json');
const measured = { value: 0.331, deviation: 0.03, samples: 3, from: 80, to: 100 };
const taken: Taken = {
  lesson,
  level: 'easy',
  given: { 0: 0, 3: 'It costs 3,\nsay "too much"' },
  ended: { 1: { tick: 100, seed: '7', extinct: false } },
  checked: { 2: { measured, seed: '7', unit: 'share of contests', right: 0, samples: { ticks: [], values: [] } } },
};

/** Rows of a CSV text with quoted fields (RFC 4180). */
function readCsv(csv: string): string[][] {
  const fields = [...csv.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n)/g)];
  const rows: string[][] = [[]];
  for (const [, field, end] of fields) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

it('answers are read back from JSON: what was given, whether it was right, values with tick and seed', () => {
  const { answers, ...head } = JSON.parse(answersJson(taken));
  expect(head).toMatchObject({
    format: 'upslope-lesson-answers',
    version: 1,
    lesson: 'small',
    scene: 'hawk-dove',
    seed: '7',
    level: 'easy',
  });
  expect(answers).toMatchObject([
    { step: 1, kind: 'predict', id: 'share', answer: 'few', right: true },
    { step: 2, kind: 'run', tick: 100, seed: '7' },
    {
      step: 3,
      kind: 'check',
      measure: 'strategies/players.share.hawk',
      value: 0.331,
      deviation: 0.03,
      samples: 3,
      from: 80,
      tick: 100,
    },
    { step: 4, kind: 'ask', id: 'why', answer: 'It costs 3,\nsay "too much"' },
  ]);
});

it('answers are read back from CSV, quotes and line breaks included, and are the same', () => {
  const [columns, ...rows] = readCsv(answersCsv(taken));
  const { answers } = JSON.parse(answersJson(taken));
  expect(rows).toHaveLength(answers.length);
  for (const [i, row] of rows.entries()) {
    const read = Object.fromEntries(columns.map((name, k) => [name, row[k]]));
    expect(read.lesson).toBe('small');
    for (const name of columns.slice(1)) expect(read[name]).toBe(String(answers[i][name] ?? ''));
  }
});
