import type { Cell, ExportTable, Sink } from '../../../src/export/export-table.ts';
import type { History } from '../../../src/export/history.ts';
import { fillLineageTable } from '../../../src/export/lineage-tables.ts';
import { createParquetEncoder } from '../../../src/export/parquet.ts';
import { TableWriter } from '../../../src/export/table-writer.ts';
import { eventsTable, lociTable, organismsTable, speciesTable } from '../../../src/export/tables.ts';
import { traits } from '../../../src/population/traits.ts';

/** Writes the files of a run that has this history: the dead in the order of their deaths, then the living. */
export function writeRun(history: History, open: (name: string) => Sink): void {
  const { populations, species } = history;
  const table = (description: ExportTable, fill: (writer: TableWriter) => void) => {
    const writer = new TableWriter(description, [createParquetEncoder(description, open(`${description.name}.parquet`))]);
    fill(writer);
    writer.finish();
  };
  table(organismsTable(traits), (writer) => appendOrganisms(history, writer));
  table(eventsTable, (writer) => fillLineageTable('events', history, writer));
  table(speciesTable, (writer) => {
    const withGenome = { append: (row: Cell[]) => writer.append([...row, [0.5, 0.25]]) } as unknown as TableWriter;
    if (species.count > 0) fillLineageTable('species', history, withGenome);
  });
  table(lociTable, (writer) => {
    for (const { name, loci } of populations) {
      for (let position = 0; position < loci; position++) writer.append([name, position, 'policy.weights', `w${position}`]);
    }
  });
  open('provenance.json')(new TextEncoder().encode(JSON.stringify(history.provenance, null, 2)));
}

function appendOrganisms(history: History, writer: TableWriter): void {
  const { organisms, populations } = history;
  const { count, id, firstParent, secondParent, firstShare, deathTick, gameteStarts, gametes } = organisms;
  const order = Uint32Array.from(id, (_, i) => i);
  const ends = deathTick.map((tick) => (Number.isNaN(tick) ? Number.MAX_VALUE : tick));
  order.sort((a, b) => ends[a] - ends[b] || a - b);
  const lists = (row: number, g: number) => {
    const list = gametes.subarray(gameteStarts[2 * row + g], gameteStarts[2 * row + g + 1]);
    return list.length > 0 ? list : null;
  };
  const ofTraits = traits.map((_, i) => i / 7);
  for (let k = 0; k < count; k++) {
    const row = order[k];
    const parents = [firstParent[row], secondParent[row]].filter((parent) => parent >= 0).map((parent) => id[parent]);
    const shares = [firstShare[row], 1 - firstShare[row]].slice(0, parents.length);
    writer.append([
      id[row],
      parents,
      shares,
      organisms.birthTick[row],
      deathTick[row],
      Number.isNaN(deathTick[row]) ? null : 'age',
      Math.max(0, organisms.species[row]),
      organisms.generation[row],
      row % 100,
      k % 100,
      organisms.offspring[row],
      populations[organisms.population[row]].name,
      0,
      row % 100,
      k % 100,
      lists(row, 0),
      lists(row, 1),
      ...ofTraits,
      null,
      ...changesOf(history, row),
    ]);
  }
}

/** Cells of `change_loci` and `change_values`. */
function changesOf({ changes }: History, row: number): Cell[] {
  if (!changes) return [null, null];
  const [start, end] = [changes.starts[row], changes.starts[row + 1]];
  return [changes.loci.subarray(start, end), changes.values.subarray(start, end)];
}

/** Sinks that keep what they get. */
export function inMemory() {
  const chunks = new Map<string, Uint8Array[]>();
  return {
    chunks,
    open(name: string): Sink {
      const list: Uint8Array[] = [];
      chunks.set(name, list);
      return (chunk) => void list.push(chunk.slice());
    },
    text: (name: string) => Buffer.concat(chunks.get(name) ?? []).toString('utf8'),
  };
}
