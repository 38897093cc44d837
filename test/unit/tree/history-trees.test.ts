import { describe, expect, it } from 'vitest';
import { writeExtendedNewick } from '../../../src/export/trees/extended-newick.ts';
import { writeNewick } from '../../../src/export/trees/newick.ts';
import { organismNetwork } from '../../../src/export/trees/organism-network.ts';
import { organismTree } from '../../../src/export/trees/organism-tree.ts';
import { speciesNetwork } from '../../../src/export/trees/species-network.ts';
import { speciesTree } from '../../../src/export/trees/species-tree.ts';
import { validateExtendedNewick } from '../../../src/export/trees/validate-extended-newick.ts';
import { written } from './make-tree.ts';

const present = 20;
const living = NaN;

/** Founders 2 and 5; 7 is born to both at 4, 8 to 7 alone at 9, 11 to 5 and 8 at 12. Alive: 8, 11. */
const organisms = {
  count: 5,
  id: Float64Array.of(2, 5, 7, 8, 11),
  firstParent: Int32Array.of(-1, -1, 0, 2, 1),
  secondParent: Int32Array.of(-1, -1, 1, -1, 3),
  firstShare: Float64Array.of(1, 1, 0.5, 1, 0.5),
  birthTick: Float64Array.of(0, 0, 4, 9, 12),
  lineTick: Float64Array.of(0, 0, 4, 9, 12),
  deathTick: Float64Array.of(6, 13, 10, living, living),
  population: new Uint8Array(5),
  species: new Float64Array(5),
  generation: new Uint32Array(5),
  offspring: new Uint32Array(5),
  gameteStarts: new Uint32Array(11),
  gametes: new Uint32Array(0),
};
const transfers = {
  count: 2,
  tick: Float64Array.of(11, 12),
  recipient: Int32Array.of(3, 1),
  donor: Int32Array.of(1, -1),
  donorId: Float64Array.of(5, 3),
  recipientHaplotype: new Uint8Array(2),
  donorHaplotype: new Uint8Array(2),
  start: new Uint32Array(2),
  end: new Uint32Array(2).fill(3),
};
/** Two populations; in the first s0 splits off s1 at 5, which merges back at 15. */
const species = {
  count: 3,
  id: Float64Array.of(0, 1, 2),
  parent: Int32Array.of(-1, -1, 0),
  population: Uint8Array.of(0, 1, 0),
  originTick: Float64Array.of(0, 0, 5),
  endTick: Float64Array.of(living, 18, 15),
  fate: ['living', 'extinct', 'merged'],
  mergedInto: Int32Array.of(-1, -1, 0),
  representative: Float64Array.of(2, 5, 7),
  peak: Uint32Array.of(3, 1, 1),
};

const newick = ({ tree, tips, label }: ReturnType<typeof organismTree>) =>
  written((sink) => writeNewick(tree, { present, tips, label }, sink));
const extended = ({ tree, label, reticulations }: ReturnType<typeof organismNetwork>) =>
  written((sink) => writeExtendedNewick(tree, reticulations, { present, label }, sink));

describe('trees of organisms', () => {
  it('hold all, the living or some, along first parents', () => {
    expect(newick(organismTree(organisms, 'all'))).toBe('(o2:2,(o7:1,o8:11):5):4;\n(o5:1,o11:8):12;\n');
    expect(newick(organismTree(organisms, 'living'))).toBe('(o8:20):0;\n(o11:20):0;\n');
    expect(newick(organismTree(organisms, [7, 8]))).toBe('((o7:1,o8:11):5)o2:4;\n');
    expect([...organismTree(organisms, [8]).row]).toEqual([0, 2, 3]);
    expect(() => organismTree(organisms, [3])).toThrow('organism 3 is not in the history');
  });

  it('as networks have second parents and transfers', () => {
    const text = extended(organismNetwork({ organisms, transfers }, 'all'));
    expect(validateExtendedNewick(text)).toMatchObject({ trees: 1, tips: 5, hybrids: 3 });
    for (const name of ['o7.birth#H1', 'o11.birth#H2', 'o8.transfer11#H3']) expect(text.split(name)).toHaveLength(3);
    // Of a sample: 5 gave genes to 8, in two ways.
    const some = organismNetwork({ organisms, transfers }, [8]);
    expect([...some.row]).toEqual([0, 1, 2, 3]);
    expect(validateExtendedNewick(extended(some))).toMatchObject({ trees: 1, tips: 4, hybrids: 2 });
  });

  it('an organism that is both parents is a parent once', () => {
    const selfed = { ...organisms, secondParent: Int32Array.of(-1, -1, 0, 2, 1) };
    expect(organismNetwork({ organisms: selfed, transfers: { ...transfers, count: 0 } }, 'all').reticulations.count).toBe(0);
  });
});

describe('trees of species', () => {
  it('hold one population or all', () => {
    expect(newick(speciesTree(species))).toBe('(s0:15,s2:10):5;\n(s1:18):0;\n');
    expect(newick(speciesTree(species, 0))).toBe('(s0:15,s2:10):5;\n');
    expect(newick(speciesTree(species, 1))).toBe('(s1:18):0;\n');
  });

  it('as networks have merged species end in others', () => {
    const network = speciesNetwork(species, 0);
    expect(extended(network)).toBe('((s0:5)s2.merge#H1:10,(s2.merge#H1:0,s2:0):10):5;\n');
    expect(speciesNetwork(species).reticulations.count).toBe(1);
    expect(speciesNetwork(species, 1).reticulations.count).toBe(0);
  });
});
