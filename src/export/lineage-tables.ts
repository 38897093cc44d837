import type { Cell, ExportTable } from './export-table.ts';
import type { History } from './history.ts';
import { extensionsPart, nameRun } from './run-identity.ts';
import { runRow } from './runs.ts';
import type { TableWriter } from './table-writer.ts';
import { eventsTable, organismsTable, runsTable, speciesTable } from './tables.ts';

const pick = (table: ExportTable, names: readonly string[]): ExportTable => ({
  ...table,
  columns: table.columns
    .filter(({ name }) => names.includes(name))
    // A history may lack species.
    .map((column) => (column.name === 'species_id' ? { ...column, nullable: true } : column)),
});

/** The tables that a history alone can fill: a run's own tables minus the columns that it does not hold. */
export const lineageTables = {
  runs: runsTable,
  organisms: pick(organismsTable([]), [
    'id',
    'parents',
    'parent_shares',
    'birth_tick',
    'death_tick',
    'species_id',
    'generation',
    'offspring_count',
    'population',
    'gamete_1',
    'gamete_2',
  ]),
  events: pick(
    eventsTable,
    eventsTable.columns.map(({ name }) => name),
  ),
  species: pick(
    speciesTable,
    speciesTable.columns.map(({ name }) => name).filter((name) => name !== 'genome'),
  ),
} as const;

export type LineageTable = keyof typeof lineageTables;

/** Appends the rows of a lineage table. Of the events, a history holds the transfers. */
export function fillLineageTable(table: LineageTable, history: History, writer: TableWriter): void {
  if (table === 'runs') fillRuns(history, writer);
  else if (table === 'organisms') fillOrganisms(history, writer);
  else if (table === 'species') fillSpecies(history, writer);
  else fillEvents(history, writer);
}

function fillRuns({ provenance }: History, writer: TableWriter): void {
  const { scene, seed, ticks, record, software } = provenance;
  const changes = provenance.changes.map(({ tick, parameter, value }) => ({ at: tick, path: parameter, value }));
  const id = nameRun({ scene, seed, changes, ticks, every: record.every, ...extensionsPart(provenance.extensions) });
  writer.append(runRow(id, seed, scene, software.version));
}

function fillOrganisms({ organisms, populations }: History, writer: TableWriter): void {
  const { id, firstParent, secondParent, firstShare, gameteStarts, gametes } = organisms;
  const gamete = (row: number, g: number): Cell => {
    const list = gametes.subarray(gameteStarts[2 * row + g], gameteStarts[2 * row + g + 1]);
    return list.length === 0 ? null : list;
  };
  for (let row = 0; row < organisms.count; row++) {
    const parents: number[] = [];
    const shares: number[] = [];
    for (const [parent, share] of [
      [firstParent[row], firstShare[row]],
      [secondParent[row], 1 - firstShare[row]],
    ]) {
      if (parent < 0) continue;
      parents.push(id[parent]);
      shares.push(share);
    }
    writer.append([
      id[row],
      parents,
      shares,
      organisms.birthTick[row],
      organisms.deathTick[row],
      organisms.species[row] < 0 ? null : organisms.species[row],
      organisms.generation[row],
      organisms.offspring[row],
      populations[organisms.population[row]].name,
      gamete(row, 0),
      gamete(row, 1),
    ]);
  }
}

function fillSpecies({ species, populations }: History, writer: TableWriter): void {
  const idOf = (row: number) => (row < 0 ? null : species.id[row]);
  for (let row = 0; row < species.count; row++) {
    writer.append([
      species.id[row],
      idOf(species.parent[row]),
      populations[species.population[row]].name,
      species.originTick[row],
      species.endTick[row],
      species.fate[row],
      idOf(species.mergedInto[row]),
      species.representative[row],
      species.peak[row],
    ]);
  }
}

function fillEvents({ transfers, organisms, populations }: History, writer: TableWriter): void {
  for (let k = 0; k < transfers.count; k++) {
    const recipient = transfers.recipient[k];
    writer.append([
      transfers.tick[k],
      'transfer',
      populations[organisms.population[recipient]].name,
      organisms.id[recipient],
      transfers.donorId[k],
      transfers.start[k],
      transfers.end[k],
      transfers.recipientHaplotype[k],
      transfers.donorHaplotype[k],
      null,
    ]);
  }
}
