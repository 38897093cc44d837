import { runWords } from './genome-runs.ts';
import { IdMap } from './id-map.ts';
import { chunkBits, chunkMask, chunkRows, flag, RowChunk } from './row-chunk.ts';
import {
  countReference,
  donorRowOf,
  type NewTransfer,
  previousOf,
  referencesOf,
  setDonorRow,
  tickOf,
  wordsOf,
  writeTransfer,
} from './transfer-runs.ts';
import type { Descent } from './types.ts';
import { WordPool } from './word-pool.ts';

/** A tick before all transfers: a reference to an individual as it was born, or to itself for as long as it lives. */
const beforeAll = -0x8000_0000;

/**
 * All individuals that are still needed, a row each. A row counts its references: kept children (as first or second parent),
 * kept transfers from it, fossils, and itself while it lives, until the tick after its death, and while it is in a bank of the dead. When none is left the
 * row is freed, together with what only it needed. Rows are reused; ids never are.
 *
 * A reference is to an individual as it was at a tick. Genes that a dead individual received after the last tick for
 * which it is needed were passed to no other: such transfers are dropped with their references to donors. Therefore
 * references never form a circle, although two individuals may each have given genes to the other.
 */
export class Individuals implements Descent {
  readonly chunks: RowChunk[] = [];
  readonly pool: WordPool;
  /** Rows in use. */
  kept = 0;
  /** Rows that have been in use: all are below this one. */
  rowsUsed = 0;
  /** Links to second parents and donors that are not cut. */
  secondLinks = 0;
  donorLinks = 0;
  private readonly rows = new IdMap();
  private freeRow = -1;
  /** References to be released: rows, and the ticks from which they were needed. */
  private readonly dueRows: number[] = [];
  private readonly dueTicks: number[] = [];

  /**
   * @param keepAll nothing is ever freed
   * @param longestRun words of the longest run of the pool
   */
  constructor(
    readonly keepAll: boolean,
    longestRun: number,
  ) {
    this.pool = new WordPool(longestRun);
  }

  rowOf(id: number): number {
    return this.rows.get(id);
  }

  idOf(row: number): number {
    return this.chunks[row >> chunkBits].id[row & chunkMask];
  }

  firstParentOf(row: number): number {
    return this.chunks[row >> chunkBits].firstRow[row & chunkMask];
  }

  /** -1 if there is none or the link is cut. */
  secondParentOf(row: number): number {
    return this.chunks[row >> chunkBits].secondRow[row & chunkMask];
  }

  /** Id of the second parent, also where the link is cut; -1 if there was none. */
  secondIdOf(row: number): number {
    return this.chunks[row >> chunkBits].second[row & chunkMask];
  }

  birthTickOf(row: number): number {
    return this.chunks[row >> chunkBits].birthTick[row & chunkMask];
  }

  speciesOf(row: number): number {
    return this.chunks[row >> chunkBits].species[row & chunkMask];
  }

  setSpecies(row: number, species: number): void {
    this.chunks[row >> chunkBits].species[row & chunkMask] = species;
  }

  populationOf(row: number): number {
    return this.chunks[row >> chunkBits].population[row & chunkMask];
  }

  has(row: number, flags: number): boolean {
    return (this.chunks[row >> chunkBits].flags[row & chunkMask] & flags) !== 0;
  }

  /** A row for an individual that is born or found living, held by itself; the caller writes the other columns. */
  enter(id: number): number {
    let row = this.freeRow;
    if (row < 0) {
      row = this.rowsUsed++;
      if (row >> chunkBits === this.chunks.length) this.chunks.push(new RowChunk());
    } else this.freeRow = this.firstParentOf(row);
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.id[at] = id;
    chunk.flags[at] = flag.kept | flag.living | flag.held;
    chunk.references[at] = 1;
    chunk.deathTick[at] = 0;
    chunk.cause[at] = 0;
    chunk.offspring[at] = 0;
    chunk.transfersAt[at] = -1;
    chunk.genomeAt[at] = -1;
    chunk.ledger[at] = -1;
    this.rows.add(id, row);
    this.kept++;
    return row;
  }

  /** Records its parents and references them as they were at its birth; rows may be -1. */
  linkParents(row: number, first: number, second: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.firstRow[at] = first;
    chunk.secondRow[at] = second;
    if (first >= 0) this.retain(first, chunk.birthTick[at]);
    if (second >= 0) {
      this.retain(second, chunk.birthTick[at]);
      this.secondLinks++;
    }
  }

  /** References a donor as it was before that tick's transfers; all earlier ones have been added. */
  linkDonor(row: number, tick: number): void {
    this.retain(row, tick - 1);
    this.donorLinks++;
  }

  /** Adds a transfer, whose donor is linked. Earlier transfers come first. */
  addTransfer(row: number, transfer: Readonly<NewTransfer>, values: Float32Array, from: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.transfersAt[at] = writeTransfer(this.pool, chunk.transfersAt[at], transfer, values, from);
  }

  /** Keeps an individual, as it is at that tick, permanently. */
  pin(row: number, tick: number): void {
    this.retain(row, tick);
    this.chunks[row >> chunkBits].flags[row & chunkMask] |= flag.fossil;
  }

  /** Records a death; the row stays until `letGo`. */
  die(row: number, tick: number, cause: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.deathTick[at] = tick;
    chunk.cause[at] = cause;
    chunk.flags[at] &= ~flag.living;
  }

  /** The dead individual is in a bank, and may have children. */
  bank(row: number): void {
    this.chunks[row >> chunkBits].flags[row & chunkMask] |= flag.banked;
  }

  /** The dead individual no longer holds itself. */
  letGo(row: number): void {
    this.chunks[row >> chunkBits].flags[row & chunkMask] &= ~(flag.held | flag.banked);
    this.release(row, beforeAll);
  }

  /** Takes the first parent, which only this row needs, out of the line: its parent becomes the parent of this row. */
  joinFirst(row: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    const first = chunk.firstRow[at];
    const from = this.chunks[first >> chunkBits];
    const fromAt = first & chunkMask;
    if (from.references[fromAt] !== 1) throw new Error(`row ${first} of the record cannot be joined: other rows need it`);
    chunk.firstRow[at] = from.firstRow[fromAt];
    chunk.lineTick[at] = from.lineTick[fromAt];
    this.giveUp(first);
  }

  /** Cuts the link to the second parent; its id stays. */
  cutSecond(row: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    const second = chunk.secondRow[at];
    chunk.secondRow[at] = -1;
    this.secondLinks--;
    this.release(second, chunk.birthTick[at]);
  }

  /** Cuts the links of a row to its donors before that tick; their ids stay. */
  cutDonors(row: number, before: number): void {
    const { pool } = this;
    const chunk = this.chunks[row >> chunkBits];
    for (let at = chunk.transfersAt[row & chunkMask]; at >= 0; at = previousOf(pool, at)) {
      const donor = donorRowOf(pool, at);
      if (donor < 0 || tickOf(pool, at) >= before) continue;
      setDonorRow(pool, at, -1);
      this.donorLinks--;
      this.due(donor, tickOf(pool, at) - 1);
    }
    this.settle();
  }

  /** Rows in use whose individual was born after that tick, in the order of ids: parents before their children. */
  rowsBornAfter(tick: number): Int32Array {
    const ids = new Float64Array(this.kept);
    let count = 0;
    for (let row = 0; row < this.rowsUsed; row++) {
      const chunk = this.chunks[row >> chunkBits];
      const at = row & chunkMask;
      if ((chunk.flags[at] & flag.kept) !== 0 && chunk.birthTick[at] > tick) ids[count++] = chunk.id[at];
    }
    ids.subarray(0, count).sort();
    const rows = new Int32Array(count);
    for (let i = 0; i < count; i++) rows[i] = this.rows.get(ids[i]);
    return rows;
  }

  /** Bytes of its rows and of what they hold in the pool, without free space or garbage. */
  get bytesInUse(): number {
    const rowBytes = this.chunks.length === 0 ? 0 : this.chunks[0].bytes / chunkRows;
    return this.kept * rowBytes + 4 * (this.pool.used - this.pool.garbage);
  }

  /** Bytes of columns, pool and the map of ids. */
  get bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0) + this.pool.bytes + this.rows.bytes;
  }

  private retain(row: number, tick: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.references[at]++;
    if (chunk.transfersAt[at] >= 0) countReference(this.pool, chunk.transfersAt[at], tick, 1);
  }

  private release(row: number, tick: number): void {
    this.due(row, tick);
    this.settle();
  }

  private due(row: number, tick: number): void {
    this.dueRows.push(row);
    this.dueTicks.push(tick);
  }

  /** Releases all references that are due, and those released by them: a list, since lines are thousands deep. */
  private settle(): void {
    const { dueRows, dueTicks, pool } = this;
    while (dueRows.length > 0) {
      const row = dueRows.pop() as number;
      const tick = dueTicks.pop() as number;
      if (this.keepAll) continue;
      const chunk = this.chunks[row >> chunkBits];
      const at = row & chunkMask;
      if (chunk.references[at] === 0) throw new Error(`row ${row} of the record is released more often than it was referenced`);
      if (chunk.transfersAt[at] >= 0) countReference(pool, chunk.transfersAt[at], tick, -1);
      if (--chunk.references[at] === 0) this.freeUp(row);
      else if (chunk.transfersAt[at] >= 0 && (chunk.flags[at] & flag.held) === 0) {
        while (chunk.transfersAt[at] >= 0 && referencesOf(pool, chunk.transfersAt[at]) === 0) this.dropTransfer(chunk, at);
      }
    }
  }

  private freeUp(row: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    const birthTick = chunk.birthTick[at];
    if (chunk.firstRow[at] >= 0) this.due(chunk.firstRow[at], birthTick);
    if (chunk.secondRow[at] >= 0) {
      this.due(chunk.secondRow[at], birthTick);
      this.secondLinks--;
    }
    while (chunk.transfersAt[at] >= 0) this.dropTransfer(chunk, at);
    this.giveUp(row);
  }

  /** Frees the row, whatever it was linked to. */
  private giveUp(row: number): void {
    const chunk = this.chunks[row >> chunkBits];
    const at = row & chunkMask;
    const genomeAt = chunk.genomeAt[at];
    this.pool.free(runWords(this.pool.words(genomeAt)[this.pool.offset(genomeAt)]));
    this.rows.delete(chunk.id[at]);
    chunk.flags[at] = 0;
    chunk.firstRow[at] = this.freeRow;
    this.freeRow = row;
    this.kept--;
  }

  /** Drops the last transfer. */
  private dropTransfer(chunk: RowChunk, at: number): void {
    const { pool } = this;
    const place = chunk.transfersAt[at];
    const donor = donorRowOf(pool, place);
    if (donor >= 0) {
      this.due(donor, tickOf(pool, place) - 1);
      this.donorLinks--;
    }
    chunk.transfersAt[at] = previousOf(pool, place);
    pool.free(wordsOf(pool, place));
  }
}
