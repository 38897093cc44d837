import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { bodyForms, bodyStates, formShare } from '../../../src/worker/body-forms.ts';
import { type FrameColumn, frameColumns, frameStride } from '../../../src/worker/frame-layout.ts';
import { writeFrame } from '../../../src/worker/write-frame.ts';

const read = (name: string, founders: Record<string, number>) => {
  const scene = JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8'));
  for (const [population, number] of Object.entries(founders)) scene.populations[population].founders = number;
  const simulation = createSimulation(parseScene(scene, name), '7');
  for (let tick = 0; tick < 5; tick++) simulation.step();
  return simulation;
};

describe('the body of an organism in a frame', () => {
  it('has a column for every form and state, each once, and no other after what places and colours it', () => {
    const shown = [...bodyForms, ...bodyStates].map(({ column }) => column);
    expect(frameColumns.slice(8)).toEqual(shown);
    expect(new Set(shown).size).toBe(shown.length);
    // The view reads whole texels of four floats, six of them for each organism.
    expect(frameStride).toBe(24);
  });

  it('shows a trait as a share of the range of its form', () => {
    const [speed] = bodyForms;
    expect(formShare(speed.least, speed)).toBe(0);
    expect(formShare(speed.most, speed)).toBe(1);
    expect(formShare((speed.least + speed.most) / 2, speed)).toBeCloseTo(0.5, 9);
    expect(formShare(-9, speed)).toBe(0);
    expect(formShare(99, speed)).toBe(1);
  });

  it('shows what its organism expresses, in the order of the populations', () => {
    const world = read('arms-race', { prey: 60, predators: 20 });
    const { floats, count } = writeFrame(world, 'lineage', new ArrayBuffer(0), { write() {} });
    const [prey, predators] = world.populations;
    expect(count).toBe(prey.count + predators.count);
    const at = (index: number, column: FrameColumn) => floats[index * frameStride + frameColumns.indexOf(column)];
    for (const [first, population] of [
      [0, prey],
      [prey.count, predators],
    ] as const) {
      if (!population.has('energy')) throw new Error('no energy');
      const { table } = population;
      const energy = table.f32('energy');
      const size = table.f32('body.size');
      const { storage } = population.parameters.energy;
      for (let row = 0; row < population.count; row++) {
        for (const form of bodyForms) {
          const values = table.find(floatsNamed(form.trait))?.values;
          expect(at(first + row, form.column)).toBeCloseTo(values ? formShare(values[row], form) : 0, 6);
        }
        const full = energy[row] / size[row] / storage;
        expect(at(first + row, 'reserve')).toBeCloseTo(Math.min(1, Math.max(0, full)), 6);
        expect(at(first + row, 'thrust')).toBe(table.f32(floatsNamed('thrust'))[row]);
        expect(at(first + row, 'turn')).toBe(table.f32(floatsNamed('turn'))[row]);
      }
    }
    for (let row = 0; row < prey.count; row++) expect(at(row, 'jaw')).toBe(0);
    const jaws = Array.from({ length: predators.count }, (_, row) => at(prey.count + row, 'jaw'));
    expect(new Set(jaws)).toEqual(new Set([1, 2]));
  });

  it('has a fan only where organisms have a display', () => {
    const world = read('peacocks', { peafowl: 40 });
    const { floats, count } = writeFrame(world, 'lineage', new ArrayBuffer(0), { write() {} });
    const display = frameColumns.indexOf('display');
    expect(count).toBeGreaterThan(0);
    for (let i = 0; i < count; i++) expect(floats[i * frameStride + display]).toBeGreaterThan(0);
  });

  it('shows what mechanisms make visible: drivers, copies of transposons, what was learned; and how wide senses reach', () => {
    const columns = (name: string, founders: Record<string, number>, ...wanted: FrameColumn[]) => {
      const { floats, count } = writeFrame(read(name, founders), 'lineage', new ArrayBuffer(0), { write() {} });
      return wanted.map((column) =>
        Array.from({ length: count }, (_, i) => floats[i * frameStride + frameColumns.indexOf(column)]),
      );
    };
    const [drivers, speckles, learned] = columns('selfish-genes', { hosts: 300 }, 'drivers', 'speckles', 'learned');
    // One in ten founders carries a driver at least, and a tenth of these two.
    expect(new Set(drivers)).toEqual(new Set([0, 0.5, 1]));
    expect(new Set(speckles).size).toBeGreaterThan(2);
    expect(Math.max(...speckles)).toBeLessThan(1);
    expect(new Set(learned)).toEqual(new Set([0]));
    const [lessons, blind] = columns('juice', { half: 50, tenth: 50, hundredth: 50 }, 'learned', 'eyes');
    expect(Math.max(...lessons)).toBeGreaterThan(0);
    expect(Math.max(...lessons)).toBeLessThan(1);
    expect(new Set(blind)).toEqual(new Set([0]));
    const [eyes] = columns('meadow', { foragers: 50 }, 'eyes');
    expect(eyes[0]).toBeGreaterThan(0.5);
  });
});
