import { describe, expect, it } from 'vitest';
import { floatsNamed, Table } from '../../../src/ecs/table.ts';
import { expressTraits } from '../../../src/genome/express.ts';
import { layGenome, perSlot } from '../../../src/genome/layout.ts';
import { Arena } from '../../../src/kernel/memory.ts';
import { planNetwork } from '../../../src/policy/network.ts';
import { resolveTraits } from '../../../src/population/resolve-traits.ts';
import { traitIds, traits } from '../../../src/population/traits.ts';

const labels = (n: number, what: string) => Array.from({ length: n }, (_, i) => `${what}${i}`);
const lay = (inputs: number, hidden: number, outputs: number) =>
  layGenome({ inputs, hidden, outputs }, labels(inputs, 'in'), labels(outputs, 'out'), resolveTraits({}), 0.6);

describe('layGenome', () => {
  it.each([
    [1, 1, 3],
    [12, 12, 4],
    [16, 13, 5],
    [40, 64, 12],
  ])('%d inputs, %d hidden, %d outputs: a locus for each weight and trait, each in its segment', (inputs, hidden, outputs) => {
    const layout = lay(inputs, hidden, outputs);
    const plan = planNetwork(inputs, hidden, outputs);
    expect(layout.stride % 8).toBe(0);
    expect(layout.loci).toHaveLength(hidden + inputs * hidden + outputs + hidden * outputs + traits.length);
    expect(new Set(layout.loci.map(({ slot }) => slot)).size).toBe(layout.loci.length);
    expect(new Set(layout.loci.map(({ name }) => name)).size).toBe(layout.loci.length);
    let end = 0;
    for (const { start, length } of layout.segments) {
      expect(start).toBe(end);
      end = start + length;
    }
    expect(end).toBeLessThanOrEqual(layout.stride);
    for (const { slot, segment } of layout.loci) {
      const home = layout.segments.find(({ name }) => name === segment);
      expect(home && slot >= home.start && slot < home.start + home.length).toBe(true);
    }
    // Where the forward kernel reads them.
    const slot = (name: string) => layout.loci.find((locus) => locus.name === name)?.slot;
    expect(slot('bias>h1')).toBe(0);
    expect(slot(`in${inputs - 1}>h${hidden}`)).toBe(plan.inputWeights + (inputs - 1) * plan.hiddenBlocks * 4 + hidden - 1);
    expect(slot('bias>out1')).toBe(plan.outputBias + 1);
    expect(slot(`h${hidden}>out0`)).toBe(plan.outputWeights + (hidden - 1) * plan.outputBlocks * 4);
    expect(layout.segments[0].length).toBe(plan.length);
  });

  it('padding is no locus: no scale, no deviation', () => {
    const layout = lay(5, 6, 5);
    const slots = new Set(layout.loci.map(({ slot }) => slot));
    for (const what of ['scale', 'deviation'] as const) {
      const values = perSlot(layout, what);
      expect(values).toHaveLength(layout.stride);
      for (const [slot, value] of values.entries()) expect(value > 0).toBe(slots.has(slot));
    }
  });
});

describe('expressTraits', () => {
  function express(loci: readonly number[]) {
    const layout = lay(3, 4, 3);
    const arena = new Arena();
    const table = new Table<{ readonly genome: 'f32' }>(arena, 'bodies', [
      { name: 'genome', type: 'f32', width: layout.stride, kind: 'state' },
      ...traitIds.map((name) => ({ name, type: 'f32', kind: 'state' }) as const),
    ]);
    table.reserve(loci.length);
    table.append(loci.length);
    for (const [row, locus] of loci.entries()) {
      for (const { slot } of layout.ranges) table.f32('genome')[row * layout.stride + slot] = locus;
    }
    expressTraits(table, layout, 0, loci.length);
    const values = traits.map(({ id }) => [...table.f32(floatsNamed(id)).subarray(0, loci.length)]);
    arena.dispose();
    return values;
  }

  it('a locus of 0 is the founder mean of every trait', () => {
    const values = express([0]);
    // The rational logistic is inverted to float32; its slope is at most 1/4 of the range.
    for (const [t, { minimum, maximum, founder }] of traits.entries()) {
      expect(Math.abs(values[t][0] - founder)).toBeLessThan((maximum - minimum) * 2 ** -22);
    }
  });

  it('rises with the locus and never leaves the range', () => {
    const values = express([-1e30, -20, -3, -1, 0, 0.5, 2, 20, 1e30]);
    for (const [t, { minimum, maximum }] of traits.entries()) {
      for (const [k, value] of values[t].entries()) {
        expect(value).toBeGreaterThanOrEqual(Math.fround(minimum));
        expect(value).toBeLessThanOrEqual(Math.fround(maximum));
        if (k > 0) expect(value).toBeGreaterThanOrEqual(values[t][k - 1]);
      }
      expect(values[t][6]).toBeGreaterThan(values[t][2]);
    }
  });
});
