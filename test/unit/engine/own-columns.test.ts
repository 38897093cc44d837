import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { floatsNamed, Table } from '../../../src/ecs/table.ts';
import { Arena } from '../../../src/kernel/memory.ts';
import { mechanism } from '../../../src/mechanisms/declare-mechanism.ts';
import { parameter } from '../../../src/parameter/parameter.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { createSimulation } from '../../../src/simulation/create.ts';

const texts = { title: 'Test', summary: 'Test.', lookFor: 'Nothing.', source: 'A test.' };
const none = {
  step: parameter(z.number().min(0).max(9).default(1), { title: 'Step', description: 'Step.', unit: '', live: true }),
};

const counter = mechanism({
  ...texts,
  id: 'test-counter',
  parameters: z.strictObject(none),
  columns: () => [{ name: 'test.count', type: 'f32', kind: 'state', start: 'zero' }],
  whenSwitchedOn({ table }, { step }) {
    table.f32(floatsNamed('test.count')).fill(10 * step, 0, table.count);
  },
  duringLife({ table }, { step }) {
    const count = table.f32(floatsNamed('test.count'));
    for (let row = 0; row < table.count; row++) count[row] += step;
  },
  atBirth({ population, firstRow, count }) {
    population.table.f32(floatsNamed('test.count')).fill(100, firstRow, firstRow + count);
  },
});
const weights = mechanism({
  ...texts,
  id: 'test-weights',
  parameters: z.strictObject({}),
  columns: ({ layout }) => [{ name: 'weights', type: 'f32', width: layout.stride, kind: 'state', start: 'genome' }],
});

const catalogue = standard.with({ name: 'test', version: '1', mechanisms: [counter, weights] });

const scene = (mechanisms = {}, more = {}) =>
  catalogue.parseScene(
    {
      version: 1,
      name: 'own',
      title: 'Own columns',
      habitat: { kind: 'plane', width: 64, height: 64 },
      populations: {
        grazers: {
          founders: 60,
          life: { maturity: 5 },
          policy: { hidden: 4 },
          mechanisms: { mutation: { on: true }, ...mechanisms },
          ...more,
        },
      },
    },
    'test',
  );
const path = 'populations.grazers.mechanisms.test-counter.on';

describe('columns of mechanisms', () => {
  it('a table takes them, keeps what stays, forgets what goes and grows with them', () => {
    const arena = new Arena();
    const table = new Table(arena, 't', [{ name: 'id', type: 'f64', kind: 'state' }]);
    table.append(3);
    const column = (name: string) => ({ name, type: 'f32', kind: 'state', start: 'zero' }) as const;
    expect(table.setOwn([column('a'), column('b')])).toEqual(['a', 'b']);
    table.f32('a').set([1, 2, 3]);
    table.f32('b').set([4, 5, 6]);
    table.reserve(5000);
    expect(table.setOwn([column('b')])).toEqual([]);
    expect(table.has('a')).toBe(false);
    expect([...table.f32('b').subarray(0, 3)]).toEqual([4, 5, 6]);
    expect(table.setOwn([column('a'), column('b')])).toEqual(['a']);
    expect([...table.f32('a').subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(table.state.map(({ name }) => name)).toEqual(['id', 'a', 'b']);
    expect(() => table.setOwn([{ ...column('a'), width: 2 }])).toThrow("column 'a' exists with another shape");
    expect(() => table.setOwn([column('id')])).toThrow('is listed twice');
    expect(arena.checkGuards()).toBeUndefined();
    arena.dispose();
  });

  it('a world that never switches them is the same to the bit as one that does not know them, and has no room for them', () => {
    const simulation = createSimulation(scene(), '1');
    simulation.step(30);
    const off = simulation.hash();
    expect(simulation.populations[0].table.has(floatsNamed('test.count'))).toBe(false);
    simulation.set(path, true);
    expect(simulation.hash()).not.toBe(off);
    simulation.set(path, false);
    expect(simulation.hash()).toBe(off);
    simulation.dispose();
  });

  it('founders and the living begin, newborns are endowed', () => {
    for (const late of [false, true]) {
      const simulation = createSimulation(scene({ 'test-counter': { on: !late } }), '1');
      if (late) simulation.set(path, true);
      simulation.step(8);
      const [{ table }] = simulation.populations;
      const counts = table.f32(floatsNamed('test.count'));
      const born = table.i32('birthTick');
      expect(table.count).toBeGreaterThan(0);
      for (let row = 0; row < table.count; row++) expect(counts[row]).toBe(born[row] > 0 ? 100 + 8 - born[row] : 18);
      simulation.dispose();
    }
  });

  it('are put away and taken up in lockstep, also into a world where they are off, and change nothing of what is drawn', () => {
    const simulation = createSimulation(scene({ 'test-weights': { on: true } }), '1');
    const plain = createSimulation(scene(), '1');
    simulation.step(20);
    simulation.set(path, true);
    simulation.step(20);
    const saved = simulation.snapshot();
    simulation.step(20);
    plain.step(60);
    expect(simulation.populations[0].table.f32('x').subarray(0, 9)).toEqual(plain.populations[0].table.f32('x').subarray(0, 9));
    const other = catalogue.simulationFromSnapshot(saved);
    other.step(20);
    expect(other.hash()).toBe(simulation.hash());
    plain.restore(saved);
    plain.step(20);
    expect(plain.hash()).toBe(simulation.hash());
    const twin = other.fork({ changes: [{ path, value: false }] });
    expect(twin.populations[0].table.has(floatsNamed('test.count'))).toBe(false);
    const genomes = twin.populations[0].table;
    const n = twin.populations[0].count * twin.populations[0].layout.stride;
    expect(genomes.f32('weights').subarray(0, n)).toEqual(genomes.f32('genome').subarray(0, n));
    for (const one of [simulation, plain, other, twin]) one.dispose();
  });

  it('further traits are carried where the scene or a mechanism that is on asks for them', () => {
    const simulation = createSimulation(scene({}, { genome: { carries: ['display'] } }), '1');
    expect(simulation.populations[0].traits.at(-1)?.id).toBe('display');
    expect(simulation.populations[0].table.has(floatsNamed('preference'))).toBe(false);
    simulation.dispose();
    expect(() => scene({}, { traits: { display: { founder: 2 } } })).toThrow("genomes carry no locus 'display'");
  });
});
