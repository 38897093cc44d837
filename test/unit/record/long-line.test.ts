import { describe, expect, it } from 'vitest';
import { Genomes } from '../../../src/record/genomes.ts';
import { Individuals } from '../../../src/record/individuals.ts';

// A chain of clones, very deep: nothing may go down it by recursion.
describe('a long line', () => {
  it('is freed, and its genomes are read, step by step', () => {
    const individuals = new Individuals(false, 64);
    const genomes = new Genomes(individuals, [{ ploidy: 1, stride: 8 }]);
    const none = () => {
      throw new Error('a genome in full is not needed');
    };
    const depth = 200_000;
    const trace = {
      maskWords: 1,
      masks: new Uint32Array(1),
      changeStarts: Uint32Array.of(0, 1),
      changeSlot: Uint32Array.of(3),
      changeValue: new Float32Array(1),
      mechanisms: [],
      traitChange: new Float64Array(0),
      taken: new Uint8Array(0),
    };
    let parent = -1;
    for (let id = 0; id < depth; id++) {
      const row = individuals.enter(id);
      individuals.linkParents(row, parent, -1);
      trace.changeValue[0] = id;
      if (id === 0) genomes.addRoot(row, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
      else genomes.addNewborn(row, trace, 0, none);
      if (parent >= 0) {
        individuals.die(parent, id, 0);
        individuals.letGo(parent);
      }
      parent = row;
    }
    expect(individuals.kept).toBe(depth);
    expect([...genomes.read([individuals.rowOf(depth - 1)])[0]]).toEqual([1, 2, 3, depth - 1, 5, 6, 7, 8]);
    individuals.letGo(parent);
    expect(individuals.kept).toBe(0);
  });
});
