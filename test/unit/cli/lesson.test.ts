import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { standard } from '../../../src/simulation/catalogue.ts';
import { smallLesson, withStep } from '../lessons/small-lesson.ts';
import { call, testIo } from './test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'upslope-lesson-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `upslope lesson` with a lesson of one world; counts how often that was performed. */
async function lesson(json: object, ...flags: string[]) {
  const file = join(folder, 'small.json');
  writeFileSync(file, JSON.stringify(json));
  let worlds = 0;
  const catalogue = new Proxy(standard, {
    get(target, name) {
      if (name === 'createSimulation') worlds += 1;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const outcome = await call(['lesson', file, ...flags], testIo({ catalogue }));
  // The first world is made to check the measures.
  return { ...outcome, performed: Math.max(0, worlds - 1) };
}

test('names its seeds, performs each once, and counts in words', async () => {
  const all = await lesson(smallLesson, '--seeds', '7,9');
  expect(all.out.split('\n')[0]).toBe('lesson small: 3 steps, 1 run, seed 7; worlds of seeds 7, 9');
  expect(all.out).toMatch(/standard deviation of 3 samples .*\n {2}right: many; in 2 of 2 worlds\n {2}worlds: mean /);
  // The seed of the lesson is in the list.
  expect(all.performed).toBe(2);
  expect((await lesson(smallLesson, '--seeds', '7..9')).out).toContain('worlds of seeds 7 to 9\n');
  const other = await lesson(smallLesson, '--seeds', '9');
  const [own, value] = /: ([\d.]+) \([\s\S]*worlds: ([\d.]+)\n/.exec(other.out)?.slice(1) ?? [];
  expect(value).not.toBe(own);
  expect(other.performed).toBe(2);
  const alone = await lesson(smallLesson);
  expect(alone).toMatchObject({ status: 0, err: '' });
  expect(alone.out).not.toContain('worlds:');
  expect(alone.performed).toBe(1);
});

test('takes at most 1,000 seeds, listed or as a range, each once', async () => {
  const list = Array.from({ length: 1001 }, (_, i) => i).join();
  const refused = async (seeds: string) => (await lesson(smallLesson, '--seeds', seeds)).err;
  expect(await refused(list)).toBe('upslope: lesson: seeds: has 1001 entries; give at most 1000\n');
  expect(await refused('1..1001')).toBe("upslope: lesson: seeds: '1..1001' are 1001 seeds; give at most 1000\n");
  expect(await refused('7,7')).toBe("upslope: lesson: seeds: '7' is listed twice; each seed makes one run\n");
  expect((await lesson(smallLesson, '--seeds', '3..1')).performed).toBe(0);
});

test('ends with status 2 where a check has no value, and shows no deviation of it', async () => {
  // A game has no optimum.
  const { status, out, err } = await lesson(withStep(2, { measure: 'landscape/players.optimum' }), '--seeds', '7..9');
  expect(status).toBe(2);
  expect(out).toContain('share of hawks: no value (mean, ticks 80 to 100)\n  right: none of the answers\n  worlds: no value\n');
  expect(err).toBe(
    'upslope: step 3, share of hawks: no value with seeds 7 to 9; give it another measure, or other ticks (over, since)\n',
  );
});

test('that no answer is right is not agreement', async () => {
  const never = [
    { text: 'less than nothing', when: { to: -1 } },
    { text: 'more than all', when: { from: 2 } },
  ];
  const { out } = await lesson(withStep(0, { answers: never }), '--seeds', '7..8', '--json');
  expect(JSON.parse(out).checks[0]).toMatchObject({ right: -1, fits: 0, seeds: ['7', '8'] });
});
