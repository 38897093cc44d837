import type { TracedCopies } from './origin-trace.ts';
import type { Population } from './population.ts';

// The functions that copy alleles. Each copies the value, the origin of the copy and what was written into it (`OriginTrace`), so that
// the ancestry of every traced locus is known. A mechanism that writes a value of its own into a locus (mutation) needs none of them:
// the copy remains the same copy, and what this step of inheritance changed is added to the copy's ledger.

/** The newborns' haplotypes are those of their first parents. @experimental */
export function copyClones(population: Population): void {
  const { births, table, arena, haplotypes, originTraces } = population;
  for (const name of haplotypes) {
    arena.kernel.copyGenomes({
      count: births.count,
      genome: table.of(name),
      parents: table.columns.parents,
      first: births.firstRow,
    });
  }
  for (const trace of originTraces) trace.copyClones();
}

/** Records where copies come from after a kernel has formed the gametes of all newborns with two parents by the masks that it wrote. @experimental */
export function followGametes({ births, ploidy, originTraces }: Population): void {
  if (originTraces.length === 0) return;
  const mates = births.mateRows();
  for (let k = 0; k < births.count; k++) {
    if (mates[k] < 0) continue;
    for (let g = 0; g < ploidy; g++) for (const trace of originTraces) trace.copyGamete(k, g);
  }
}

/** Forms gamete `g` of newborn `k` of a diploid again, by its current mask: another gamete, by the channel `drive`. @experimental */
export function copyDrivenGamete(population: Population, k: number, g: number): void {
  const { births, table, layout, haplotypes, originTraces } = population;
  const { stride } = layout;
  const masks = births.masks();
  const words = (k * 2 + g) * births.maskWords;
  const row = births.firstRow + k;
  const from = (g === 0 ? births.parentRows()[k] : births.mateRows()[k]) * stride;
  const sources = haplotypes.map((name) => table.f32(name));
  const column = sources[g];
  for (let slot = 0; slot < stride; slot++) {
    const source = (masks[words + (slot >> 5)] >>> (slot & 31)) & 1;
    column[row * stride + slot] = sources[source][from + slot];
  }
  for (const trace of originTraces) {
    const former = trace.origins(g).slice(row * trace.slots.length, (row + 1) * trace.slots.length);
    trace.copyGamete(k, g);
    const now = trace.read(g, row);
    trace.origins(g).set(former, row * trace.slots.length);
    for (let t = 0; t < trace.slots.length; t++) trace.replace(g, row, t, now, 0, t, 'drive');
  }
}

/** The copies of a stretch from slot `start` to `end - 1`, those of a whole haplotype a trace. @experimental */
export interface StretchOrigins {
  readonly start: number;
  readonly end: number;
  readonly copies: readonly TracedCopies[];
}

/** Reads where the copies of a stretch come from, for steps that change living organisms after all have been read. @experimental */
export function readOrigins(population: Population, row: number, haplotype: number, start: number, end: number): StretchOrigins {
  return {
    start,
    end,
    copies: population.originTraces.map((trace) => trace.read(haplotype, row)),
  };
}

/** A stretch has replaced that of a haplotype of a living organism: its copies have the origins of the donor's. @experimental */
export function followTransfer(
  population: Population,
  { start, end, copies }: StretchOrigins,
  row: number,
  haplotype: number,
): void {
  for (const [i, trace] of population.originTraces.entries()) {
    for (let t = 0; t < trace.slots.length; t++) {
      if (trace.slots[t] >= start && trace.slots[t] < end) trace.replace(haplotype, row, t, copies[i], 0, t, 'transfer');
    }
  }
}

/**
 * Single loci of living organisms have been replaced, all at once. `events`: three u32 each, recipient's row, donor's row, slot and 2^31 for the
 * donor's second haplotype; those of the recipients' haplotype h begin at `3 * h * room`, `done[h]` of them.
 * @experimental
 */
export function followLoci(population: Population, events: Uint32Array, done: readonly number[], room: number): void {
  for (const trace of population.originTraces) {
    const former = done.map((_, h) => trace.read(h, 0, population.count));
    for (const [h, replaced] of done.entries()) {
      for (let i = 0; i < replaced; i++) {
        const at = 3 * (h * room + i);
        const t = trace.place(events[at + 2] & 0x7fff_ffff);
        if (t < 0) continue;
        trace.replace(h, events[at], t, former[events[at + 2] >>> 31], events[at + 1], t, 'transfer');
      }
    }
  }
}

/** In a newborn, a copy of what is at one place has been put at another place of the same genome. @experimental */
export function followTransposition(
  { originTraces, births }: Population,
  row: number,
  from: { readonly haplotype: number; readonly slot: number },
  to: { readonly haplotype: number; readonly slot: number },
): void {
  for (const trace of originTraces) {
    const [source, t] = [trace.place(from.slot), trace.place(to.slot)];
    if (source < 0 || t < 0) continue;
    trace.replace(to.haplotype, row, t, trace.read(from.haplotype, row), 0, source, 'transposition');
    // The value came with the copy: it was not written.
    trace.look(row - births.firstRow, to.haplotype, t);
  }
}
