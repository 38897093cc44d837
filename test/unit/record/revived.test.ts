// The record of worlds whose dead may return: what it keeps, counts and saves.
import { parquetReadObjects } from 'hyparquet';
import { afterEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../../src/export/table-recorder.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { type Packable, pack, unpack } from '../../../src/record/pack.ts';
import { flag } from '../../../src/record/row-chunk.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { ByteCollector } from '../export/byte-collector.ts';

const open: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(one: T): T => {
  open.push(one);
  return one;
};
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

/** Neutral generations of 40 and their record. */
function watched(revival: object): { simulation: Simulation; record: LifeRecord } {
  const scene = {
    version: 1,
    name: 'lines',
    title: 'Lines',
    habitat: { kind: 'landscape', model: 'wright-fisher', form: 'linear', forms: { linear: { slope: 0 } }, dimensions: 1 },
    populations: { line: { founders: 40, mechanisms: { mutation: { on: true }, revival } } },
    record: { pedigree: { join: 20 }, census: { every: 20 }, species: { every: 20 } },
  };
  const simulation = keep(createSimulation(parseScene(scene, 'test'), 'lines'));
  const record = keep(new LifeRecord(simulation));
  simulation.observe(record);
  return { simulation, record };
}

const path = 'populations.line.mechanisms.revival.on';
const bytesOf = (state: Packable) => Buffer.concat([...pack(state)]);

describe('the record where the dead may return', () => {
  it('joins lines without revival as it did before there was a bank', () => {
    const { simulation, record } = watched({ on: false });
    const rows = Array.from({ length: 4 }, () => {
      simulation.step(100);
      return record.individuals.kept;
    });
    // Numbers of the version before revival.
    expect(rows).toEqual([268, 234, 300, 281]);
  });

  it('joins no line across a pause, whatever has been joined before it', () => {
    const { simulation, record } = watched({ on: true, share: 0.2, rate: 0.3, oldest: 60, size: 400 });
    const [population] = simulation.populations;
    const pauses = new Map<number, number>();
    for (let tick = 0; tick < 300; tick++) {
      simulation.step();
      const born = simulation.births(population);
      for (let k = 0; k < born.count; k++) if (born.sinceDeath[k] > 0) pauses.set(born.id[k], born.sinceDeath[k]);
    }
    const { individuals } = record;
    let [joined, paused] = [0, 0];
    record.visitAncestors(({ id, parents, generation, lineTick, birthTick }) => {
      if (parents.length === 0) return;
      const parent = record.individual(individuals.idOf(individuals.firstParentOf(individuals.rowOf(id))));
      if (!parent) throw new Error('a parent is not kept');
      if (pauses.has(id)) paused++;
      if (lineTick === birthTick) return;
      joined++;
      // A generation takes a tick where there is no pause.
      expect(generation - parent.generation - 1).toBe(birthTick - lineTick);
      expect(pauses.has(id)).toBe(false);
    });
    expect(joined).toBeGreaterThan(20);
    expect(paused).toBeGreaterThan(20);
  });

  it('counts the offspring of a life, as the table of organisms does', async () => {
    const { simulation, record } = watched({ on: true, share: 0.3, rate: 0.5 });
    const file = new ByteCollector();
    const recorder = new Recorder(simulation, {
      ...{ every: 10, genomes: 'none', csv: false, probes: [] },
      open: (name) => (name === 'organisms.parquet' ? file : new ByteCollector()).sink,
    });
    simulation.observe(recorder);
    simulation.step(30);
    recorder.finish(simulation);
    const parents = new Set<number>();
    for (const row of await parquetReadObjects({ file: file.buffer() })) {
      const kept = record.individual(Number(row.id));
      if (!kept) continue;
      expect(row.offspring_count).toBe(kept.offspring);
      if (kept.deathTick !== null && simulation.populations[0].bank?.holds(kept.id)) parents.add(kept.id);
    }
    expect(parents.size).toBeGreaterThan(100);
    const born = simulation.populations[0].bank?.table.u32('offspring');
    const id = simulation.populations[0].bank?.table.f64('id');
    // Some of them had more after it.
    const more = [...parents].filter((one) => (born?.[id?.indexOf(one) ?? -1] ?? 0) > (record.individual(one)?.offspring ?? 0));
    expect(more.length).toBeGreaterThan(10);
  });

  it.each([
    ['off', [false]],
    ['off and on again', [false, true]],
  ])('can be saved when revival was switched %s since the last tick, and continues alike', (_, switches) => {
    const { simulation, record } = watched({ on: true, share: 0.2, rate: 0.3 });
    simulation.step(30);
    expect(simulation.populations[0].bank?.count).toBeGreaterThan(50);
    for (const on of switches) simulation.set(path, on);
    const again = keep(simulationFromSnapshot(simulation.snapshot()));
    const resumed = keep(new LifeRecord(again, { saved: unpack(bytesOf(record.state())) as Packable }));
    again.observe(resumed);
    for (const world of [simulation, again]) world.step(25);
    expect(again.hash()).toBe(simulation.hash());
    expect(bytesOf(resumed.state()).equals(bytesOf(record.state()))).toBe(true);
    // What had been in the bank is let go.
    for (const row of Array.from({ length: record.individuals.rowsUsed }, (__, at) => at)) {
      if (!record.individuals.has(row, flag.banked)) continue;
      expect(simulation.populations[0].bank?.holds(record.individuals.idOf(row))).toBe(true);
    }
  });
});
