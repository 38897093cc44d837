import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import json from '../../../scenes/archipelago.json';
import { Recorder } from '../../../src/export/table-recorder.ts';
import { sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { validateFiles } from '../../../src/export/validate/validate-files.ts';
import { layNetwork } from '../../../src/habitat/patches/network.ts';
import type { PatchesParameters } from '../../../src/habitat/patches/parameters.ts';
import { patchAt } from '../../../src/habitat/patches/patch-at.ts';
import type { Patches } from '../../../src/habitat/patches/patches.ts';
import type { PatchesSceneParts } from '../../../src/habitat/patches/patches-world.ts';
import { place } from '../../../src/habitat/patches/sort-by-patch.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { ByteCollector } from './byte-collector.ts';

const world = (habitat: object) => {
  const record = { ...(json as { record?: object }).record, fossils: { every: 10, sample: 3 } };
  return createSimulation(parseScene({ ...json, habitat: { ...json.habitat, ...habitat }, record }, 'archipelago'), '7');
};

describe('the patch of a place', () => {
  it.each([
    ['ring', 2],
    ['ring', 16],
    ['star', 2],
    ['star', 24],
    ['complete', 7],
    ['lattice', 4],
    ['lattice', 400],
  ] as const)('is the one that the organism is on: %s of %i', (graph, nodes) => {
    const simulation = world({ graph, nodes, links: [] });
    const find = patchAt(layNetwork((simulation.scene as unknown as PatchesSceneParts).habitat));
    let seen = 0;
    for (let tick = 0; tick < 20; tick++) {
      simulation.step();
      for (const { table, count, births } of simulation.populations) {
        const [x, y, patch] = [table.f32('x'), table.f32('y'), table.f32(place.patch)];
        const ground = simulation.ground as Patches;
        for (let row = 0; row < count; row++) {
          if (find(x[row], y[row]) !== patch[row]) expect([row, tick]).toBeUndefined();
          const food = ground.ground.f32().subarray(4 * patch[row], 4 * patch[row] + 4);
          if (ground.foodAt(x[row], y[row]).some((energy, lane) => energy !== food[lane])) expect([row, tick]).toBeUndefined();
        }
        for (let k = 0; k < births.count; k++) if (find(births.x[k], births.y[k]) < 0) expect([k, tick]).toBeUndefined();
        seen += count;
      }
    }
    expect(seen).toBeGreaterThan(100);
    simulation.dispose();
  });

  it('is that of the disc around it, and -1 far from all', () => {
    const find = patchAt(layNetwork({ graph: 'lattice', nodes: 4, links: [] } as unknown as PatchesParameters));
    expect([find(128, 128), find(384, 128), find(128, 384), find(384, 384), find(511, 511)]).toEqual([0, 1, 2, 3, -1]);
  });
});

describe('tables of a run on patches', () => {
  it('have the patch wherever they have x and y, and are valid', async () => {
    const simulation = world({});
    const files = new Map<string, ByteCollector>();
    const options = {
      every: 10,
      genomes: 'kept' as const,
      csv: true,
      probes: [],
      open: (name: string) => {
        const file = files.get(name) ?? new ByteCollector();
        files.set(name, file);
        return file.sink;
      },
    };
    const recorder = new Recorder(simulation, options);
    simulation.observe(recorder);
    simulation.step(60);
    recorder.finish(simulation);
    const read = (name: string): Promise<Record<string, unknown>[]> =>
      parquetReadObjects({ file: (files.get(`${name}.parquet`) as ByteCollector).buffer() });
    const organisms = await read('organisms');
    const living = new Map(organisms.filter(({ death_tick }) => death_tick === null).map((row) => [Number(row.id), row.patch]));
    for (const { table, count } of simulation.populations) {
      const [id, patch] = [table.f64('id'), table.f32(place.patch)];
      for (let row = 0; row < count; row++) expect(living.get(id[row])).toBe(patch[row]);
    }
    const { nodes } = (simulation.scene as unknown as PatchesSceneParts).habitat;
    for (const { patch, birth_patch } of organisms) {
      for (const one of [patch, birth_patch] as number[]) expect(one >= 0 && one < nodes).toBe(true);
    }
    const genomes = await read('genomes');
    expect(new Set(genomes.map(({ kept_as }) => kept_as))).toEqual(new Set(['fossil', 'ancestor']));
    for (const { kept_as, patch } of genomes) expect(patch === null).toBe(kept_as === 'ancestor');
    simulation.dispose();

    const sources = new Map([...files].map(([name, file]) => [name, sourceOfChunks([file.bytes()])]));
    for await (const { problem } of validateFiles(sources)) expect(problem).toBeUndefined();
  });

  it('of earlier versions, without the patch, are valid, and a patch that is not a whole number is not', async () => {
    const check = async (columns: string, values: string) => {
      const csv = `id,parents,birth_tick,death_tick,x,y${columns},population\n0,[],-3,,1.5,2.5${values},settlers\n`;
      const source = sourceOfChunks([new TextEncoder().encode(csv)]);
      for await (const { problem } of validateFiles(new Map([['organisms.csv', source]]))) return problem;
    };
    expect(await check('', '')).toBeUndefined();
    expect(await check(',patch', ',3')).toBeUndefined();
    expect(await check(',patch', ',3.5')).toMatch(/patch/);
  });
});
