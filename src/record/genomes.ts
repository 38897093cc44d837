import type { InheritanceTrace } from '../simulation/types.ts';
import {
  applyChanges,
  applyMasks,
  eachChange,
  isFull,
  isMosaic,
  longestGenome,
  newbornMasks,
  readFull,
  readMasks,
  runWords,
  shorterInFull,
  writeChanges,
  writeFromFirst,
  writeFull,
  writeNewborn,
} from './genome-runs.ts';
import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { applyTransfer, tickOf, transfersFrom } from './transfer-runs.ts';

/** Shape of the genomes of one population: `ploidy * stride` values. */
export interface GenomeShape {
  readonly ploidy: number;
  readonly stride: number;
}

/** Called with the genome with which an individual was born and, if that is a mosaic, its first parent's at that time. */
export type GenomeVisitor = (row: number, genome: Float32Array, first: Float32Array | undefined) => void;

/** How the genome of an individual arose from that of its first parent. @experimental */
export interface GenomeOrigin {
  /** The genome with which it was born. */
  readonly born: Float32Array;
  /** Its first parent's at that time; undefined at the start of a line. */
  readonly first: Float32Array | undefined;
  /** What came from its parents, before anything was written into it; undefined at the start of a line. */
  readonly gametes: Float32Array | undefined;
  /** False if the second parent's genome is not kept: then its loci are in `gametes` as the child was born with them. */
  readonly exact: boolean;
}

/**
 * Genomes of all individuals of the record, each stored once: in full, or as differences from its parents. A child was
 * made from its parents' genomes as they were at its birth: those with which they were born and what was transferred to
 * them up to and including that tick.
 */
export class Genomes {
  /** Buffers for reuse, by length. */
  private readonly spare = new Map<number, Float32Array[]>();

  /** @throws {RangeError} for genomes of more than 65,536 values */
  constructor(
    private readonly individuals: Individuals,
    private readonly shapes: readonly GenomeShape[],
  ) {
    for (const { ploidy, stride } of shapes) {
      if (ploidy * stride > longestGenome)
        throw new RangeError(`genomes of ${ploidy * stride} values: the record keeps up to ${longestGenome}`);
    }
  }

  /** Values of the whole genome of a row. */
  lengthOf(row: number): number {
    const { ploidy, stride } = this.shapes[this.individuals.populationOf(row)];
    return ploidy * stride;
  }

  /**
   * Stores newborn k of a trace, whose parents are linked, as differences from its parents or, if that is no longer, in full.
   * @param genomeOf gives its genome; called only if it is needed
   */
  addNewborn(row: number, trace: InheritanceTrace, k: number, genomeOf: (id: number) => Float32Array): void {
    const { individuals } = this;
    const { pool } = individuals;
    const { ploidy, stride } = this.shapes[individuals.populationOf(row)];
    const masks = newbornMasks(trace, k, ploidy, individuals.secondParentOf(row) >= 0);
    let at = writeNewborn(pool, trace, k, ploidy, masks, ploidy * stride);
    if (at < 0) at = writeFull(pool, genomeOf(individuals.idOf(row)), trace.masks, k * ploidy * trace.maskWords, masks);
    this.setPlace(row, at);
  }

  /** Stores a genome in full: that of a root. */
  addRoot(row: number, genome: Float32Array): void {
    this.setPlace(row, writeFull(this.individuals.pool, genome));
  }

  /**
   * Which loci came from where, as in `InheritanceTrace.masks`, `ploidy * maskWords` words; undefined for roots and
   * clones. The masks stay when the link to the second parent is cut.
   */
  masksOf(row: number): Uint32Array | undefined {
    return readMasks(this.individuals.pool, this.placeOf(row));
  }

  /** Genomes of individuals as they are now, or were when last needed, in the order of `rows`. */
  read(rows: readonly number[]): Float32Array[] {
    const found = new Map<number, Float32Array>();
    this.visit(rows, (row, genome) => {
      const copy = genome.slice();
      this.bringTo(row, Number.POSITIVE_INFINITY, copy);
      found.set(row, copy);
    });
    const given = new Set<number>();
    return rows.map((row) => {
      const genome = found.get(row) as Float32Array;
      if (given.has(row)) return genome.slice();
      given.add(row);
      return genome;
    });
  }

  /** Makes individuals independent of their second parents: stored in full, or as differences from the first. */
  settleOnFirst(rows: readonly number[]): void {
    const { pool } = this.individuals;
    const mosaics = rows.filter((row) => isMosaic(this.headOf(row)));
    this.visit(mosaics, (row, genome, first) => {
      const at = writeFromFirst(pool, genome, first as Float32Array, this.placeOf(row));
      pool.free(runWords(this.headOf(row)));
      this.setPlace(row, at);
    });
  }

  /**
   * Writes the genomes of clones again, as differences from the first ancestor along first parents that is not joined to
   * them, or in full if that is shorter. The caller must change the links.
   * @param joins whether an ancestor is joined to its one child; all of them are clones without transfers
   * @returns how many ancestors each of the rows is to be joined with
   */
  joinOnto(rows: readonly number[], joins: (row: number) => boolean): number[] {
    const { individuals } = this;
    const { pool } = individuals;
    const joined: number[] = [];
    const merged: (Map<number, number> | undefined)[] = [];
    const inFull: number[] = [];
    for (const row of rows) {
      const changes = new Map<number, number>();
      let count = 0;
      let full = isFull(this.headOf(row));
      const add = (slot: number, value: number) => {
        if (!changes.has(slot)) changes.set(slot, value);
      };
      if (!full) eachChange(pool, this.placeOf(row), add);
      for (let up = individuals.firstParentOf(row); joins(up); up = individuals.firstParentOf(up)) {
        count++;
        if (!full && isFull(this.headOf(up))) full = true;
        if (!full) eachChange(pool, this.placeOf(up), add);
      }
      joined.push(count);
      full ||= shorterInFull(changes.size, this.lengthOf(row));
      merged.push(full ? undefined : changes);
      if (full && !isFull(this.headOf(row))) inFull.push(row);
    }
    const genomes = new Map<number, Float32Array>();
    this.visit(inFull, (row, genome) => genomes.set(row, genome.slice()));
    for (const [i, row] of rows.entries()) {
      const changes = merged[i];
      const genome = genomes.get(row);
      if (!changes && !genome) continue;
      pool.free(runWords(this.headOf(row)));
      if (genome) this.setPlace(row, writeFull(pool, genome));
      else if (changes) {
        const slots = [...changes.keys()].sort((a, b) => a - b);
        this.setPlace(
          row,
          writeChanges(
            pool,
            slots,
            Float32Array.from(slots, (slot) => changes.get(slot) as number),
          ),
        );
      }
    }
    return joined;
  }

  /**
   * Calls back once for each of the rows, parents before their children. Ancestors are rebuilt once for all of them,
   * and are forgotten as soon as the last of their children is made. The visitor may use the arrays only until it returns.
   */
  visit(rows: Iterable<number>, each: GenomeVisitor): void {
    const { individuals } = this;
    const { pool } = individuals;
    const wanted = new Set(rows);
    /** Children still to be made from a row. */
    const uses = new Map<number, number>();
    const open: number[] = [];
    const need = (row: number, count: number) => {
      const before = uses.get(row);
      if (before === undefined) open.push(row);
      uses.set(row, (before ?? 0) + count);
    };
    for (const row of wanted) need(row, 0);
    while (open.length > 0) {
      const row = open.pop() as number;
      const head = this.headOf(row);
      if (isFull(head)) continue;
      need(individuals.firstParentOf(row), 1);
      if (isMosaic(head)) need(this.otherParentOf(row), 1);
    }
    const order = Float64Array.from(uses.keys(), (row) => individuals.idOf(row)).sort();
    const genomes = new Map<number, Float32Array>();
    const leave = (row: number) => {
      const left = (uses.get(row) as number) - 1;
      uses.set(row, left);
      if (left === 0) this.giveBack(genomes, row);
    };
    for (const id of order) {
      const row = individuals.rowOf(id);
      const at = this.placeOf(row);
      const head = this.headOf(row);
      const born = individuals.birthTickOf(row);
      let genome: Float32Array;
      if (isFull(head)) {
        genome = this.buffer(this.lengthOf(row));
        readFull(pool, at, genome);
        if (wanted.has(row)) each(row, genome, undefined);
      } else {
        const firstRow = individuals.firstParentOf(row);
        const first = genomes.get(firstRow) as Float32Array;
        this.bringTo(firstRow, born, first);
        if (isMosaic(head)) {
          const otherRow = this.otherParentOf(row);
          const other = genomes.get(otherRow) as Float32Array;
          this.bringTo(otherRow, born, other);
          genome = this.buffer(first.length);
          applyMasks(pool, at, first, other, genome, this.shapes[individuals.populationOf(row)].ploidy);
          applyChanges(pool, at, genome);
          if (wanted.has(row)) each(row, genome, first);
          leave(firstRow);
          leave(otherRow);
        } else {
          // The last child takes over the parent's array.
          const last = uses.get(firstRow) === 1;
          genome = last ? first : this.buffer(first.length);
          if (last) genomes.delete(firstRow);
          else {
            genome.set(first);
            leave(firstRow);
          }
          applyChanges(pool, at, genome);
          if (wanted.has(row)) each(row, genome, undefined);
        }
      }
      genomes.set(row, genome);
      if (uses.get(row) === 0) this.giveBack(genomes, row);
    }
    this.spare.clear();
  }

  /**
   * Calls back for each individual of a line, the first one first, with what its genome arose from. The visitor may use the arrays only until it returns.
   * @param rows each one's first parent is the row before it
   */
  visitLine(rows: readonly number[], each: (row: number, origin: GenomeOrigin) => void): void {
    const { individuals } = this;
    const { pool } = individuals;
    /** Children of the line whose second parent a row is, and the genomes of these parents. */
    const uses = new Map<number, number>();
    for (const row of rows.slice(1)) {
      const second = individuals.secondParentOf(row);
      if (second >= 0) uses.set(second, (uses.get(second) ?? 0) + 1);
    }
    const others = new Map<number, Float32Array>();
    let next = 0;
    let former: Float32Array | undefined;
    this.visit([...rows, ...uses.keys()], (row, genome) => {
      if (uses.has(row)) others.set(row, genome.slice());
      if (row !== rows[next]) return;
      const born = genome.slice();
      const first = former;
      former = born;
      next += 1;
      if (!first) {
        each(row, { born: born.slice(), first: undefined, gametes: undefined, exact: true });
        return;
      }
      const tick = individuals.birthTickOf(row);
      this.bringTo(rows[next - 2], tick, first);
      const at = this.placeOf(row);
      const second = individuals.secondParentOf(row);
      const exact = second >= 0 || individuals.secondIdOf(row) < 0;
      if (!readMasks(pool, at)) each(row, { born: born.slice(), first, gametes: first, exact: true });
      else {
        const { ploidy } = this.shapes[individuals.populationOf(row)];
        let other = exact ? first : born;
        if (second >= 0) {
          other = (others.get(second) as Float32Array).slice();
          this.bringTo(second, tick, other);
        } else if (!exact && ploidy === 2) {
          // The second haplotype is as it was born, from whichever of the parent's two it came.
          other = born.slice();
          other.copyWithin(0, born.length / 2);
        }
        const gametes = new Float32Array(born.length);
        applyMasks(pool, at, first, other, gametes, ploidy);
        each(row, { born: born.slice(), first, gametes, exact });
      }
      const left = (uses.get(second) ?? 0) - 1;
      if (left === 0) others.delete(second);
      if (left >= 0) uses.set(second, left);
    });
  }

  private placeOf(row: number): number {
    return this.individuals.chunks[row >> chunkBits].genomeAt[row & chunkMask];
  }

  private setPlace(row: number, at: number): void {
    this.individuals.chunks[row >> chunkBits].genomeAt[row & chunkMask] = at;
  }

  private headOf(row: number): number {
    const { pool } = this.individuals;
    const at = this.placeOf(row);
    return pool.words(at)[pool.offset(at)];
  }

  /** The parent that gave the second gamete. */
  private otherParentOf(row: number): number {
    const second = this.individuals.secondParentOf(row);
    return second < 0 ? this.individuals.firstParentOf(row) : second;
  }

  /** Brings the genome of a row, as it was at birth or at some time up to `tick`, to that tick. */
  private bringTo(row: number, tick: number, genome: Float32Array): void {
    const { chunks, pool } = this.individuals;
    const last = chunks[row >> chunkBits].transfersAt[row & chunkMask];
    if (last < 0) return;
    const { stride } = this.shapes[this.individuals.populationOf(row)];
    // Earlier transfers are applied again, in the same order, which changes nothing.
    for (const at of transfersFrom(pool, last)) if (tickOf(pool, at) <= tick) applyTransfer(pool, at, genome, stride);
  }

  private buffer(length: number): Float32Array {
    return this.spare.get(length)?.pop() ?? new Float32Array(length);
  }

  private giveBack(genomes: Map<number, Float32Array>, row: number): void {
    const genome = genomes.get(row) as Float32Array;
    genomes.delete(row);
    const same = this.spare.get(genome.length);
    if (same) same.push(genome);
    else this.spare.set(genome.length, [genome]);
  }
}
