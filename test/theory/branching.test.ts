import { describe, expect, it } from 'vitest';
import { branchingCases } from './branching-cases.ts';

describe('check 6b: populations branch when competition is narrower than capacity, sexual ones only if like mates with like', () => {
  it.each(branchingCases)('$name, competition $ratio: $branches', ({ run, branches }) => {
    for (const seed of ['theory 1', 'theory 2']) {
      const { branched, depth, deviation } = run(seed);
      expect(branched, `depth ${depth}`).toBe(branches);
      expect(deviation).toBeGreaterThan(0);
    }
  });
});
