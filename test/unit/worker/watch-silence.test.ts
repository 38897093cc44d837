import { expect, it } from 'vitest';
import { watchSilence } from '../../../src/worker/watch-silence.ts';

/** A worker that answers when it is told to. */
function asked(patience: number) {
  const heard: string[] = [];
  const questions: (() => void)[] = [];
  const watch = watchSilence(() => new Promise<void>((answer) => questions.push(answer)), patience, {
    silent: () => heard.push('silent'),
    answers: () => heard.push('answers'),
  });
  const look = (times: number, hidden = false) => {
    for (let i = 0; i < times; i++) watch.look(hidden);
  };
  const answer = async () => {
    questions.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { heard, questions, watch, look, answer };
}

it('a worker is silent after so many looks without an answer, once, and is heard again when it answers', async () => {
  const { heard, questions, look, answer } = asked(5);
  look(5);
  expect(heard).toEqual([]);
  look(20);
  expect(heard).toEqual(['silent']);
  expect(questions).toHaveLength(1);
  await answer();
  expect(heard).toEqual(['silent', 'answers']);
  look(6);
  expect(heard).toEqual(['silent', 'answers', 'silent']);
});

it('a worker that answers in time is never told of, and looks of a hidden page do not count', async () => {
  const { heard, watch, look, answer } = asked(5);
  for (let i = 0; i < 4; i++) {
    look(5);
    await answer();
  }
  look(4);
  look(1, true);
  look(4);
  expect(heard).toEqual([]);
  look(1);
  expect(heard).toEqual(['silent']);
  watch.end();
  await answer();
  look(9);
  expect(heard).toEqual(['silent']);
});
