import type { Population } from './population.ts';

// The words by which alleles are copied. Each carries the value and where the copy comes from (`OriginTrace`), so that the ancestry of every
// locus is known to whoever traces it. A mechanism that writes a value of its own into a locus (mutation) needs none of them: the copy stays
// the one it was.

/** The newborns' haplotypes are those of their first parents. */
export function copyClones(population: Population): void {
  const { births, table, arena, haplotypes, originTraces } = population;
  for (const name of haplotypes) {
    arena.kernel.copyGenomes(births.count, table.pointer(name), table.rowBytes(name), table.pointer('parents'), births.firstRow);
  }
  for (const trace of originTraces) trace.copyClones();
}

/** Where copies come from after a kernel has formed the gametes of all newborns with two parents by the masks that it wrote. */
export function followGametes({ births, ploidy, originTraces }: Population): void {
  if (originTraces.length === 0) return;
  const mates = births.mateRows();
  for (let k = 0; k < births.count; k++) {
    if (mates[k] < 0) continue;
    for (let g = 0; g < ploidy; g++) for (const trace of originTraces) trace.copyGamete(k, g);
  }
}

/** Forms gamete `g` of newborn `k` of a diploid again, by its mask as it is now: another gamete by the channel `drive`. */
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
    const width = trace.slots.length;
    const former = trace.origins(g).slice(row * width, (row + 1) * width);
    trace.copyGamete(k, g);
    const now = trace.origins(g);
    for (let t = 0; t < width; t++) trace.reroute(t, former[t], now[row * width + t], 'drive');
  }
}

/** Where the copies of a stretch come from, a list a trace: of its traced slots from `start` to `end - 1`. */
export interface StretchOrigins {
  readonly start: number;
  readonly end: number;
  readonly origins: readonly Uint32Array[];
}

/** Reads where the copies of a stretch come from, for steps that change the living after all have been read. */
export function readOrigins(population: Population, row: number, haplotype: number, start: number, end: number): StretchOrigins {
  return {
    start,
    end,
    origins: population.originTraces.map((trace) => {
      const width = trace.slots.length;
      return trace.origins(haplotype).slice(row * width, (row + 1) * width);
    }),
  };
}

/** A stretch has replaced that of a haplotype of one of the living: its copies come from where the donor's come from. */
export function followTransfer(
  population: Population,
  { start, end, origins }: StretchOrigins,
  row: number,
  haplotype: number,
): void {
  for (const [i, trace] of population.originTraces.entries()) {
    const width = trace.slots.length;
    const own = trace.origins(haplotype);
    for (let t = 0; t < width; t++) {
      if (trace.slots[t] < start || trace.slots[t] >= end) continue;
      const at = row * width + t;
      trace.reroute(t, own[at], origins[i][t], 'transfer');
      own[at] = origins[i][t];
    }
  }
}

/**
 * Single loci of the living have been replaced, all at once. `events`: three u32 each, recipient's row, donor's row, slot and 2^31 for the
 * donor's second haplotype; those of the recipients' haplotype h begin at `3 * h * room`, `done[h]` of them.
 */
export function followLoci(population: Population, events: Uint32Array, done: readonly number[], room: number): void {
  for (const trace of population.originTraces) {
    const width = trace.slots.length;
    const rows = population.count * width;
    const former = done.map((_, h) => trace.origins(h).slice(0, rows));
    for (const [h, replaced] of done.entries()) {
      const own = trace.origins(h);
      for (let i = 0; i < replaced; i++) {
        const at = 3 * (h * room + i);
        const t = trace.place(events[at + 2] & 0x7fff_ffff);
        if (t < 0) continue;
        const to = events[at] * width + t;
        const origin = former[events[at + 2] >>> 31][events[at + 1] * width + t];
        trace.reroute(t, own[to], origin, 'transfer');
        own[to] = origin;
      }
    }
  }
}

/** In a newborn a copy of what lies at one place has been put at another one of the same genome. */
export function followTransposition(
  { originTraces }: Population,
  row: number,
  from: { readonly haplotype: number; readonly slot: number },
  to: { readonly haplotype: number; readonly slot: number },
): void {
  for (const trace of originTraces) {
    const width = trace.slots.length;
    const [source, t] = [trace.place(from.slot), trace.place(to.slot)];
    if (source < 0 || t < 0) continue;
    const origin = trace.origins(from.haplotype)[row * width + source];
    const own = trace.origins(to.haplotype);
    trace.reroute(t, own[row * width + t], origin, 'transposition');
    own[row * width + t] = origin;
  }
}
