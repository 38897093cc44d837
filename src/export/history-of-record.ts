import type { LifeRecord } from '../record/life-record.ts';
import { chunkBits, chunkMask, flag } from '../record/row-chunk.ts';
import { donorRowOf, readTransfer, transfersFrom } from '../record/transfer-runs.ts';
import type { RecordedTransfer, SpeciesEntry } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import { gameteEntries, locusFrom } from './gamete-entries.ts';
import type { History, OrganismHistory, SpeciesHistory, TransferHistory } from './history.ts';
import type { Provenance } from './provenance.ts';

/** The history that a record holds at this tick: the same that a run's tables describe for the same organisms. */
export function historyOfRecord(simulation: Simulation, record: LifeRecord, provenance: Provenance): History {
  const rows = keptRows(record);
  /** Place in the history of every row of the record. */
  const place = new Int32Array(record.individuals.rowsUsed).fill(-1);
  for (let i = 0; i < rows.length; i++) place[rows[i]] = i;
  return {
    endTick: simulation.tick,
    populations: simulation.populations.map(({ name, layout, ploidy, parameters: { genome } }) => ({
      name,
      loci: layout.loci.length,
      ploidy,
      ...(genome.dominance === 0.5 ? {} : { dominance: genome.dominance }),
      names: layout.loci.map((locus) => ({ segment: locus.segment, name: locus.name })),
    })),
    organisms: organismsOf(simulation, record, rows, place),
    transfers: transfersOf(simulation, record, rows, place),
    species: speciesOf(record.species.entries),
    complete: simulation.scene.record.pedigree.all,
    provenance,
  };
}

/** Rows of the record that are kept, in the order of their ids. */
function keptRows({ individuals }: LifeRecord): Int32Array {
  const rows = new Int32Array(individuals.kept);
  let count = 0;
  for (let row = 0; row < individuals.rowsUsed; row++) if (individuals.has(row, flag.kept)) rows[count++] = row;
  return rows.subarray(0, count).sort((a, b) => individuals.idOf(a) - individuals.idOf(b));
}

function organismsOf({ populations }: Simulation, record: LifeRecord, rows: Int32Array, place: Int32Array): OrganismHistory {
  const { individuals } = record;
  const count = rows.length;
  const columns = {
    id: new Float64Array(count),
    firstParent: new Int32Array(count),
    secondParent: new Int32Array(count),
    firstShare: new Float64Array(count),
    birthTick: new Float64Array(count),
    lineTick: new Float64Array(count),
    deathTick: new Float64Array(count),
    population: new Uint8Array(count),
    species: new Float64Array(count),
    generation: new Uint32Array(count),
    offspring: new Uint32Array(count),
    birthX: new Float32Array(count),
    birthY: new Float32Array(count),
  };
  const gameteStarts = new Uint32Array(2 * count + 1);
  const gametes: number[] = [];
  const at = (row: number) => (row < 0 ? -1 : place[row]);
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const chunk = individuals.chunks[row >> chunkBits];
    const k = row & chunkMask;
    columns.id[i] = chunk.id[k];
    columns.firstParent[i] = at(chunk.firstRow[k]);
    columns.secondParent[i] = at(chunk.secondRow[k]);
    columns.firstShare[i] = chunk.share[k];
    columns.birthTick[i] = chunk.birthTick[k];
    columns.lineTick[i] = chunk.lineTick[k];
    columns.deathTick[i] = individuals.has(row, flag.living) ? Number.NaN : chunk.deathTick[k];
    columns.population[i] = chunk.population[k];
    columns.species[i] = chunk.species[k];
    columns.generation[i] = chunk.generation[k];
    columns.offspring[i] = chunk.offspring[k];
    columns.birthX[i] = chunk.x[k];
    columns.birthY[i] = chunk.y[k];
    // The masks of two parents are known, even where the link to the second one is cut.
    const masks = chunk.second[k] < 0 ? undefined : record.masksOf(chunk.id[k]);
    const { layout, ploidy } = populations[chunk.population[k]];
    for (let g = 0; g < 2; g++) {
      if (masks && g < ploidy) gametes.push(...gameteEntries(layout, masks, (g * masks.length) / ploidy));
      gameteStarts[2 * i + g + 1] = gametes.length;
    }
  }
  return { count, ...columns, gameteStarts, gametes: Uint32Array.from(gametes) };
}

function transfersOf(
  { populations }: Simulation,
  { individuals }: LifeRecord,
  rows: Int32Array,
  place: Int32Array,
): TransferHistory {
  const found: { transfer: RecordedTransfer; recipient: number; donor: number }[] = [];
  for (let i = 0; i < rows.length; i++) {
    const last = individuals.chunks[rows[i] >> chunkBits].transfersAt[rows[i] & chunkMask];
    for (const at of transfersFrom(individuals.pool, last)) {
      const donor = donorRowOf(individuals.pool, at);
      found.push({ transfer: readTransfer(individuals.pool, at), recipient: i, donor: donor < 0 ? -1 : place[donor] });
    }
  }
  found.sort((a, b) => a.transfer.tick - b.transfer.tick || a.recipient - b.recipient);
  const locus = (recipient: number, slot: number) =>
    locusFrom(populations[individuals.populationOf(rows[recipient])].layout, slot);
  return {
    count: found.length,
    tick: Float64Array.from(found, ({ transfer }) => transfer.tick),
    recipient: Int32Array.from(found, ({ recipient }) => recipient),
    donor: Int32Array.from(found, ({ donor }) => donor),
    donorId: Float64Array.from(found, ({ transfer }) => transfer.donor),
    recipientHaplotype: Uint8Array.from(found, ({ transfer }) => transfer.recipientHaplotype),
    donorHaplotype: Uint8Array.from(found, ({ transfer }) => transfer.donorHaplotype),
    start: Uint32Array.from(found, ({ transfer, recipient }) => locus(recipient, transfer.start)),
    end: Uint32Array.from(found, ({ transfer, recipient }) => locus(recipient, transfer.end)),
  };
}

function speciesOf(entries: readonly SpeciesEntry[]): SpeciesHistory {
  return {
    count: entries.length,
    id: Float64Array.from(entries, ({ id }) => id),
    // Ids count from 0 in the order of the entries.
    parent: Int32Array.from(entries, ({ parent }) => parent),
    population: Uint8Array.from(entries, ({ population }) => population),
    originTick: Float64Array.from(entries, ({ originTick }) => originTick),
    endTick: Float64Array.from(entries, ({ endTick }) => endTick ?? Number.NaN),
    fate: entries.map(({ fate }) => fate),
    mergedInto: Int32Array.from(entries, ({ mergedInto }) => mergedInto),
    representative: Float64Array.from(entries, ({ representative }) => representative),
    peak: Uint32Array.from(entries, ({ peak }) => peak),
  };
}
