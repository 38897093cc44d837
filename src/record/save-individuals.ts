import { runWords } from './genome-runs.ts';
import type { Individuals } from './individuals.ts';
import type { Ledgers } from './ledgers.ts';
import type { Packable } from './pack.ts';
import { chunkBits, chunkMask, flag, type RowChunk } from './row-chunk.ts';
import { donorRowOf, readTransfer, transfersFrom, valuesOf } from './transfer-runs.ts';

/** Columns that are saved unchanged, in the order of ids. Links are saved separately; references follow from them. */
const makeColumns = (count: number) => ({
  id: new Float64Array(count),
  second: new Float64Array(count),
  share: new Float64Array(count),
  founder: new Float64Array(count),
  birthTick: new Int32Array(count),
  lineTick: new Int32Array(count),
  deathTick: new Int32Array(count),
  generation: new Int32Array(count),
  species: new Int32Array(count),
  offspring: new Int32Array(count),
  x: new Float32Array(count),
  y: new Float32Array(count),
  cause: new Uint8Array(count),
  population: new Uint8Array(count),
  flags: new Uint8Array(count),
});

type Columns = { readonly [K in keyof ReturnType<typeof makeColumns>]: { [at: number]: number } };

/** Copies one row, each column by its name: a loop over names would meet arrays of five types in one place, which is slow. */
function copyRow(to: Columns, at: number, from: Columns, row: number): void {
  to.id[at] = from.id[row];
  to.second[at] = from.second[row];
  to.share[at] = from.share[row];
  to.founder[at] = from.founder[row];
  to.birthTick[at] = from.birthTick[row];
  to.lineTick[at] = from.lineTick[row];
  to.deathTick[at] = from.deathTick[row];
  to.generation[at] = from.generation[row];
  to.species[at] = from.species[row];
  to.offspring[at] = from.offspring[row];
  to.x[at] = from.x[row];
  to.y[at] = from.y[row];
  to.cause[at] = from.cause[row];
  to.population[at] = from.population[row];
  to.flags[at] = from.flags[row];
}

interface SavedIndividuals {
  readonly columns: ReturnType<typeof makeColumns>;
  /** Places in the columns, -1 for none. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly genomes: Int32Array;
  /** In the order of ticks, so that a donor's earlier transfers come first. */
  readonly transfers: {
    readonly recipient: Int32Array;
    readonly donor: Int32Array;
    readonly donorId: Float64Array;
    readonly tick: Int32Array;
    readonly recipientHaplotype: Uint8Array;
    readonly donorHaplotype: Uint8Array;
    readonly start: Int32Array;
    readonly end: Int32Array;
    readonly values: Float32Array;
  };
  /** Of the living and those in banks of the dead, in the order of ids. */
  readonly ledgers: Float64Array;
  readonly clades: Float64Array;
}

/** Everything that a record knows of its individuals, in the order of ids and without gaps: equal for equal records. */
export function saveIndividuals(individuals: Individuals, ledgers: Ledgers): Packable {
  const { pool } = individuals;
  const rows = individuals.rowsBornAfter(Number.NEGATIVE_INFINITY);
  const chunkOf = (row: number): RowChunk => individuals.chunks[row >> chunkBits];
  const places = new Int32Array(individuals.rowsUsed).fill(-1);
  for (const [i, row] of rows.entries()) places[row] = i;
  const placeOf = (row: number) => (row < 0 ? -1 : places[row]);

  const columns = makeColumns(rows.length);
  for (let i = 0; i < rows.length; i++) copyRow(columns, i, chunkOf(rows[i]), rows[i] & chunkMask);

  const genomeAt = (row: number) => chunkOf(row).genomeAt[row & chunkMask];
  const wordsAt = (at: number) => runWords(pool.words(at)[pool.offset(at)]);
  let words = 0;
  for (const row of rows) words += wordsAt(genomeAt(row));
  const genomes = new Uint32Array(words);
  words = 0;
  for (const row of rows) {
    const at = genomeAt(row);
    const o = pool.offset(at);
    genomes.set(pool.words(at).subarray(o, o + wordsAt(at)), words);
    words += wordsAt(at);
  }

  const transfers: { at: number; recipient: number; tick: number }[] = [];
  const living: number[] = [];
  for (const row of rows) {
    for (const at of transfersFrom(pool, chunkOf(row).transfersAt[row & chunkMask])) {
      transfers.push({ at, recipient: places[row], tick: readTransfer(pool, at).tick });
    }
    if (individuals.has(row, flag.living | flag.banked)) living.push(chunkOf(row).ledger[row & chunkMask]);
  }
  transfers.sort((a, b) => a.tick - b.tick);
  const read = transfers.map(({ at }) => readTransfer(pool, at));
  const values = new Float32Array(read.reduce((sum, { start, end }) => sum + end - start, 0));
  let filled = 0;
  for (const { at } of transfers) {
    values.set(valuesOf(pool, at), filled);
    filled += valuesOf(pool, at).length;
  }

  const { width } = ledgers;
  const ledgerValues = new Float64Array(living.length * width);
  for (const [i, place] of living.entries()) {
    ledgerValues.set(ledgers.values.subarray(place * width, (place + 1) * width), i * width);
  }
  return {
    columns,
    first: Int32Array.from(rows, (row) => placeOf(individuals.firstParentOf(row))),
    second: Int32Array.from(rows, (row) => placeOf(individuals.secondParentOf(row))),
    genomes: new Int32Array(genomes.buffer),
    transfers: {
      recipient: Int32Array.from(transfers, ({ recipient }) => recipient),
      donor: Int32Array.from(transfers, ({ at }) => placeOf(donorRowOf(pool, at))),
      donorId: Float64Array.from(read, ({ donor }) => donor),
      tick: Int32Array.from(read, ({ tick }) => tick),
      recipientHaplotype: Uint8Array.from(read, ({ recipientHaplotype }) => recipientHaplotype),
      donorHaplotype: Uint8Array.from(read, ({ donorHaplotype }) => donorHaplotype),
      start: Int32Array.from(read, ({ start }) => start),
      end: Int32Array.from(read, ({ end }) => end),
      values,
    },
    ledgers: ledgerValues,
    clades: Float64Array.from(living, (place) => ledgers.clade[place]),
  };
}

/** Fills an empty record with what `saveIndividuals` returned, except for the references of fossils. */
export function restoreIndividuals(state: Packable, individuals: Individuals, ledgers: Ledgers): void {
  const saved = state as unknown as SavedIndividuals;
  const { pool } = individuals;
  const { id, flags } = saved.columns;
  const genomes = new Uint32Array(saved.genomes.buffer, saved.genomes.byteOffset, saved.genomes.length);
  // In an empty record rows are assigned in order: place i of the columns becomes row i.
  let words = 0;
  let living = 0;
  for (let i = 0; i < id.length; i++) {
    const row = individuals.enter(id[i]);
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    copyRow(chunk, at, saved.columns, i);
    chunk.references[at] = (flags[i] & flag.held) !== 0 ? 1 : 0;
    const length = runWords(genomes[words]);
    const genomeAt = pool.allocate(length);
    pool.words(genomeAt).set(genomes.subarray(words, words + length), pool.offset(genomeAt));
    chunk.genomeAt[at] = genomeAt;
    words += length;
    if ((flags[i] & (flag.living | flag.banked)) === 0) continue;
    const place = ledgers.take();
    ledgers.restore(place, saved.ledgers.subarray(living * ledgers.width, (living + 1) * ledgers.width), saved.clades[living++]);
    chunk.ledger[at] = place;
  }
  const { transfers } = saved;
  let filled = 0;
  for (let k = 0; k < transfers.recipient.length; k++) {
    const transfer = {
      tick: transfers.tick[k],
      donor: transfers.donorId[k],
      donorRow: transfers.donor[k],
      recipientHaplotype: transfers.recipientHaplotype[k],
      donorHaplotype: transfers.donorHaplotype[k],
      start: transfers.start[k],
      end: transfers.end[k],
    };
    if (transfer.donorRow >= 0) individuals.linkDonor(transfer.donorRow, transfer.tick);
    individuals.addTransfer(transfers.recipient[k], transfer, transfers.values, filled);
    filled += transfer.end - transfer.start;
  }
  for (let row = 0; row < id.length; row++) individuals.linkParents(row, saved.first[row], saved.second[row]);
}
