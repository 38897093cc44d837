import { describe, expect, it } from 'vitest';
import { readHistoryFiles } from '../../../src/export/history-reader.ts';
import { lineageTables } from '../../../src/export/lineage-tables.ts';
import { createParquetEncoder } from '../../../src/export/parquet.ts';
import { TableWriter } from '../../../src/export/table-writer.ts';
import { type FileSource, sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { randomHistory, withGenomes } from './random-history.ts';
import { inMemory, writeRun } from './write-run.ts';

function filesOf(chunks: ReadonlyMap<string, Uint8Array[]>) {
  const file = (name: string): FileSource => sourceOfChunks(chunks.get(`${name}.parquet`) ?? []);
  return { organisms: file('organisms'), loci: file('loci'), species: file('species'), events: file('events') };
}

describe('readHistoryFiles', () => {
  it.each([
    ['asexual, with species', { organisms: 3000, speciation: 0.01 }],
    ['haploid with two parents', { organisms: 3000, sexual: 0.8 }],
    ['diploid, two populations', { organisms: 3000, sexual: 0.8, ploidy: 2, populations: 2, speciation: 0.01 }],
    ['with transfers', { organisms: 3000, sexual: 0.3, transfers: 0.5, ploidy: 2 }],
  ] as const)('gives the history back that was written: %s', async (_, options) => {
    const history = randomHistory(options);
    const { chunks, open } = inMemory();
    writeRun(history, open);
    const read = await readHistoryFiles(history.provenance, filesOf(chunks));
    const { organisms } = history;
    const species = history.species.count === 0 ? organisms.species.map(() => 0) : organisms.species;
    // As written by writeRun: names of loci, and places that say nothing.
    const populations = history.populations.map((one) => ({
      ...one,
      names: Array.from({ length: one.loci }, (__, l) => ({ segment: 'policy.weights', name: `w${l}` })),
    }));
    const { birthX, birthY } = read.organisms;
    expect(birthX).toEqual(Float32Array.from(organisms.id, (___, row) => row % 100));
    expect(birthY?.length).toBe(organisms.count);
    expect(read).toEqual({ ...history, populations, organisms: { ...organisms, species, birthX, birthY } });
  });

  it('gives back what births changed, where that was written down for everybody', async () => {
    const { history } = withGenomes(randomHistory({ organisms: 900, sexual: 0.5, ploidy: 2, transfers: 0.3 }));
    const { chunks, open } = inMemory();
    writeRun(history, open);
    const read = await readHistoryFiles(history.provenance, filesOf(chunks));
    expect(read.changes).toEqual(history.changes);
  });

  it('reads a run of an older version, which has no gametes, no species and no events', async () => {
    const history = randomHistory({ organisms: 200 });
    const names = ['id', 'parents', 'birth_tick', 'death_tick', 'population'];
    const table = {
      ...lineageTables.organisms,
      columns: lineageTables.organisms.columns.filter(({ name }) => names.includes(name)),
    };
    const { chunks, open } = inMemory();
    writeRun(history, open);
    const writer = new TableWriter(table, [createParquetEncoder(table, open('organisms.parquet'))]);
    const { organisms } = history;
    for (let row = 0; row < organisms.count; row++) {
      const parent = organisms.firstParent[row];
      writer.append([row, parent < 0 ? [] : [parent], organisms.birthTick[row], organisms.deathTick[row], 'grazers']);
    }
    writer.finish();
    const { organisms: file, loci } = filesOf(chunks);
    const read = await readHistoryFiles(history.provenance, { organisms: file, loci });
    expect(read.organisms.firstParent).toEqual(organisms.firstParent);
    expect(read.organisms.deathTick).toEqual(organisms.deathTick);
    expect(read.organisms.gametes.length).toBe(0);
    expect([read.species.count, read.transfers.count]).toEqual([0, 0]);
  });

  it('names a parent that has no row, and an id that is listed twice', async () => {
    const history = randomHistory({ organisms: 300 });
    const broken = async (change: (organisms: { id: Float64Array }) => void) => {
      const id = history.organisms.id.slice();
      change({ id });
      const { chunks, open } = inMemory();
      writeRun({ ...history, organisms: { ...history.organisms, id } }, open);
      return readHistoryFiles(history.provenance, filesOf(chunks));
    };
    await expect(broken(({ id }) => void (id[7] = 6))).rejects.toThrow('organisms: id 6 is listed twice');
    await expect(
      readHistoryFiles(history.provenance, { organisms: sourceOfChunks([]), loci: sourceOfChunks([]) }),
    ).rejects.toThrow('loci.parquet: damaged Parquet (it has 0 bytes, too few); use another copy');
  });
});
