import { expect, test } from 'vitest';
import { fuzzTargets } from '../../fuzz/targets.ts';

// Every refusal is one plain line, and what is taken can be gone on with: the targets throw where it is otherwise.
test.each([
  { name: 'pack', inputs: 200 },
  { name: 'notebook', inputs: 150 },
  { name: 'notebookFile', inputs: 300 },
  { name: 'link', inputs: 300 },
] as const)('$inputs mutated inputs of the kind $name are read or refused in a line', ({ name, inputs }) => {
  const outcomes = Array.from({ length: inputs }, (_, seed) => fuzzTargets[name](seed));
  expect(outcomes.filter((outcome) => outcome === undefined).length).toBeGreaterThan(0);
  expect(outcomes.filter((outcome) => outcome !== undefined).length).toBeGreaterThan(inputs / 10);
});
