import { describe, expect, it } from 'vitest';
import { exportFiles, formats, usualChoices } from '../../../src/export/format-list.ts';
import type { History } from '../../../src/export/history.ts';
import { historyOfRecord } from '../../../src/export/history-of-record.ts';
import { readHistoryFiles } from '../../../src/export/history-reader.ts';
import { describeProvenance } from '../../../src/export/provenance.ts';
import { Recorder } from '../../../src/export/table-recorder.ts';
import { sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { validateFiles } from '../../../src/export/validate/validate-files.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { smallWorld } from '../engine/worlds.ts';
import { inMemory } from './write-run.ts';

const sexual = { mutation: { on: true }, 'sexual-reproduction': { on: true, reach: 16 }, recombination: { on: true } };
const transfer = { on: true, rate: 0.02, loci: 12 };
const kinds = {
  asexual: {},
  haploid: { mechanisms: sexual },
  diploid: { mechanisms: sexual, genome: { ploidy: 2 } },
  transfer: { mechanisms: { mutation: { on: true }, transfer } },
  'all at once': { mechanisms: { ...sexual, transfer }, genome: { ploidy: 2 } },
};

/** A run of some ticks, as its record has it and as its tables have it. */
async function run(
  foragers: Record<string, unknown>,
  all: boolean,
  ticks: number,
): Promise<{ ofRecord: History; ofTables: History }> {
  const record = { pedigree: { all, window: 100 }, species: { every: 50, patience: 1, smallest: 3, distance: 0.3 } };
  const simulation = createSimulation(smallWorld({ foragers, record }), 'history');
  const { chunks, open } = inMemory();
  const recorder = new Recorder(simulation, { every: 50, genomes: 'none', csv: false, probes: [], open });
  simulation.observe(recorder);
  simulation.step(ticks);
  const provenance = describeProvenance(simulation, {
    scene: simulation.initialScene as unknown as Record<string, unknown>,
    seedGenerated: false,
    record: { every: 50, genomes: 'none', csv: false },
    environment: {},
  });
  recorder.finish(simulation);
  const ofRecord = historyOfRecord(simulation, recorder.record, provenance);
  const file = (name: string) => sourceOfChunks(chunks.get(`${name}.parquet`) ?? []);
  const files = { organisms: file('organisms'), loci: file('loci'), species: file('species'), events: file('events') };
  const ofTables = await readHistoryFiles(provenance, files);
  simulation.dispose();
  return { ofRecord, ofTables };
}

/** With the transfers of a tick in the order of recipients: the record has no other. */
function sorted(history: History): History {
  const { transfers } = history;
  const order = Array.from(transfers.tick, (_, k) => k).sort(
    (a, b) => transfers.tick[a] - transfers.tick[b] || transfers.recipient[a] - transfers.recipient[b],
  );
  const columns = Object.entries(transfers).map(([name, column]) => [
    name,
    typeof column === 'number' ? column : order.map((k) => column[k]),
  ]);
  return { ...history, transfers: Object.fromEntries(columns) };
}

describe('historyOfRecord', () => {
  it.each(Object.entries(kinds))('of a record that keeps all is what the tables tell: %s', async (_, foragers) => {
    const { ofRecord, ofTables } = await run(foragers, true, 300);
    expect(ofRecord.organisms.count).toBeGreaterThan(200);
    // Of who has one parent the record may know no gametes where the table has null: both are empty lists.
    expect(sorted(ofRecord)).toEqual(sorted(ofTables));
  });

  it.each(Object.entries(kinds))(
    'of a pruned record goes into every format, and tells the same of who is left: %s',
    async (_, foragers) => {
      const { ofRecord, ofTables } = await run(foragers, false, 400);
      const { organisms } = ofRecord;
      expect(organisms.count).toBeLessThan(ofTables.organisms.count);
      const rowOf = new Map(Array.from(ofTables.organisms.id, (id, row) => [id, row]));
      for (let i = 0; i < organisms.count; i++) {
        const row = rowOf.get(organisms.id[i]) as number;
        const [mine, whole] = [organisms.firstParent[i], ofTables.organisms.firstParent[row]];
        expect(organisms.birthTick[i]).toBe(ofTables.organisms.birthTick[row]);
        expect(mine < 0 ? -1 : organisms.id[mine]).toBe(whole < 0 ? -1 : ofTables.organisms.id[whole]);
        const second = organisms.secondParent[i];
        if (second >= 0) expect(organisms.id[second]).toBe(ofTables.organisms.id[ofTables.organisms.secondParent[row]]);
      }
      const { chunks, open } = inMemory();
      const ids = formats.map(({ id }) => id);
      for (const { name, write } of exportFiles({ history: ofRecord, choices: usualChoices }, ids)) await write(open(name));
      const problems: (string | undefined)[] = [];
      for await (const { problem } of validateFiles(
        new Map(Array.from(chunks, ([name, list]) => [name, sourceOfChunks(list)])),
      )) {
        problems.push(problem);
      }
      expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
      expect(problems.length).toBeGreaterThan(10);
    },
  );
});
