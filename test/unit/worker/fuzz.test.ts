import { afterAll, expect, test } from 'vitest';
import { performBlock, TargetStore } from '../../torture/cases/perform-block.ts';
import { newTally } from '../../torture/cases/shared-tally.ts';
import { fuzzTargets } from '../../torture/fuzz/targets.ts';

const store = new TargetStore(fuzzTargets);
afterAll(() => store.remove());

// What strangers may send to the page. The torture campaign `fuzz` makes more of these, and of every other way in.
test.each([
  ['packs', 200],
  ['notebooks', 150],
  ['notebook-texts', 300],
  ['links', 300],
] as const)('%s: each of %i damaged inputs is read and gone on with, or refused in a plain line', async (name, inputs) => {
  const failures: string[] = [];
  const tally = newTally();
  await performBlock(await store.get(name), { target: name, seed: 'page', from: 0, to: inputs }, tally, ({ index, problem }) =>
    failures.push(`${index}: ${problem}`),
  );
  expect(failures).toEqual([]);
  expect(tally.accepted).toBeGreaterThan(0);
  expect(tally.refused).toBeGreaterThan(inputs / 10);
});
