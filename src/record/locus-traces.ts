import { expressLocus } from '../genome/express.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import { type CopyChannel, copyChannels } from '../population/copy-counts.ts';
import type { BankedCopies, OriginTrace } from '../population/origin-trace.ts';
import type { Population } from '../population/population.ts';
import { rowsById } from '../population/rows-by-id.ts';
import { vocabularyOf } from '../scene/vocabulary-of.ts';
import type { OriginTracing, Simulation } from '../simulation/types.ts';
import { familiesOfCopies } from './copies-of-census.ts';
import type { Packable } from './pack.ts';
import type { AddedCopies, Census, LocusCensus } from './types.ts';

/** Which loci the censuses of a run follow: those of the traits, all, or none. */
export type TracedLoci = 'none' | 'traits' | 'all';

interface Traced {
  readonly population: Population;
  readonly tracing: OriginTracing;
  /** Whether it has been followed since the last census. */
  whole: boolean;
}

/** Data on copies of loci for a new census, and for completing the last one. */
export interface TakenLoci {
  readonly locus: LocusCensus;
  /** Copies that each channel added since the last census, for its ancestors. */
  readonly added: AddedCopies | undefined;
}

/**
 * Traces the copies of loci from census to census for the record of a run: the origin of each, what was written into it, and the
 * channel by which it spread. The loci of traits come first, in the order of the traits.
 */
export class LocusTraces {
  private readonly traced: readonly Traced[];

  constructor(simulation: Simulation, loci: TracedLoci) {
    this.traced =
      loci === 'none'
        ? []
        : simulation.populations.map((population) => {
            const { layout } = population;
            const ofTraits = layout.ranges.map(({ slot }) => slot);
            const others = loci === 'all' ? layout.loci.map(({ slot }) => slot).filter((slot) => !ofTraits.includes(slot)) : [];
            const tracing = simulation.traceOrigins(population, {
              slots: [...ofTraits, ...others],
              channels: true,
              writers: possibleWriters(population, vocabularyOf(simulation.scene).mechanisms),
            });
            return { population, tracing, whole: false };
          });
  }

  end(): void {
    for (const { tracing } of this.traced) tracing.end();
  }

  /**
   * Takes a census of copies, and begins to follow those that live now.
   * @param order rows of the living in the order of the census
   * @param census the new census, @param former the one before
   */
  take(order: Int32Array, census: Omit<Census, 'locus'>, former: Census | undefined): TakenLoci | undefined {
    const traced = this.traced[census.population];
    if (!traced) return undefined;
    const { trace } = traced.tracing;
    const { whole } = traced;
    const origins = !former || !whole ? undefined : readOrigins(trace, order);
    const byClade = origins !== undefined && former !== undefined && followClades(trace, origins, census, former);
    const locus: Omit<LocusCensus, 'elders'> = {
      loci: trace.slots.length,
      ploidy: traced.population.ploidy,
      writers: traced.population.writers,
      alleles: readAlleles(traced.population, order),
      ledgers: readLedgers(trace, order, census),
      descent: !former ? 'founders' : origins === undefined ? 'unknown' : byClade ? 'clades' : 'loci',
      origins: byClade ? undefined : origins,
      added: undefined,
    };
    const elders = former && locus.origins ? eldersOf({ ...census, locus: { ...locus, elders: undefined } }, former) : undefined;
    const added = origins === undefined || byClade ? undefined : addedOf(trace);
    trace.open(order);
    traced.whole = true;
    return { locus: { ...locus, elders }, added };
  }

  state(): Packable {
    return this.traced.map(({ population, tracing: { trace }, whole }): Packable => {
      if (!whole) return null;
      const order = rowsById(population);
      const { ploidy } = population;
      const sheet = trace.writers.length * trace.slots.length;
      const ledgers = Array.from({ length: ploidy }, (_, h) => rowsOf(trace.ledgers(h), order, sheet, Float64Array));
      const channels = copyChannels.map((channel) => trace.channel(channel)?.slice() ?? null);
      return {
        ancestors: trace.ancestors,
        origins: Array.from({ length: ploidy }, (_, h) => rowsOf(trace.origins(h), order, trace.slots.length, Int32Array)),
        ledgers,
        channels,
        banked: trace.readBank(),
      };
    });
  }

  /** Continues from a state of the same tick. States of earlier versions contain no copies until the next census. */
  restore(state: Packable): void {
    if (state === undefined) return;
    for (const [p, saved] of (state as unknown as readonly (SavedTrace | null)[]).entries()) {
      const traced = this.traced[p];
      if (!traced || saved === null) continue;
      const { ancestors, origins, ledgers, channels, banked } = saved;
      traced.tracing.trace.restore(
        ancestors,
        rowsById(traced.population),
        origins.map((one, h) => ({ origins: one, ledgers: ledgers[h] })),
        new Map(copyChannels.flatMap((channel, c) => (channels[c] ? [[channel, channels[c]] as const] : []))),
      );
      traced.whole = true;
      if (banked) traced.tracing.trace.restoreBank(banked);
    }
  }
}

/** Ids of the mechanisms that can write values into genomes of a population. */
export function possibleWriters(population: Population, mechanisms: MechanismSet): readonly string[] {
  const idle = new Set(mechanisms.all().flatMap(({ id, writesNothing }) => (writesNothing?.(population) ? [id] : [])));
  return population.writers.filter((writer) => !idle.has(writer));
}

/** What `state` saves of a population. */
interface SavedTrace {
  readonly ancestors: Float64Array;
  readonly origins: readonly Int32Array[];
  readonly ledgers: readonly Float64Array[];
  readonly channels: readonly (Float32Array | null)[];
  /** Absent without a bank of the dead. */
  readonly banked?: BankedCopies;
}

function rowsOf<Column extends Int32Array | Float64Array>(
  column: ArrayLike<number>,
  order: ArrayLike<number>,
  width: number,
  Type: new (length: number) => Column,
): Column {
  const rows = new Type(order.length * width);
  for (let k = 0; k < order.length; k++) for (let i = 0; i < width; i++) rows[k * width + i] = column[order[k] * width + i];
  return rows;
}

/** Origins of all copies, `[(k * loci + l) * ploidy + h]`. */
function readOrigins(trace: OriginTrace, order: Int32Array): Int32Array {
  const { ploidy } = trace.population;
  const loci = trace.slots.length;
  const origins = new Int32Array(order.length * loci * ploidy);
  for (let h = 0; h < ploidy; h++) {
    const column = trace.origins(h);
    for (let k = 0; k < order.length; k++) {
      for (let l = 0; l < loci; l++) origins[(k * loci + l) * ploidy + h] = column[order[k] * loci + l];
    }
  }
  return origins;
}

/** Whether every copy comes from the same haplotype of its clade's ancestor, as without sex, transfer and transposition: then clades are enough. */
function followClades(
  trace: OriginTrace,
  origins: Int32Array,
  { count, clade }: Pick<Census, 'count' | 'clade'>,
  former: Census,
): boolean {
  const { ploidy } = trace.population;
  const loci = trace.slots.length;
  const places = new Map(Array.from(former.id, (id, place): [number, number] => [id, place]));
  for (let k = 0; k < count; k++) {
    const place = places.get(clade[k]);
    const first = place === undefined ? undefined : 1 + place * ploidy;
    const at = k * loci * ploidy;
    for (let i = 0; i < loci * ploidy; i++) {
      if (origins[at + i] !== (first === undefined ? 0 : first + (i % ploidy))) return false;
    }
  }
  return true;
}

/** Alleles of the traits' loci; undefined for haploids, whose traits they are. */
function readAlleles({ layout, table, haplotypes, ploidy }: Population, order: Int32Array): Float32Array | undefined {
  if (ploidy === 1) return undefined;
  const traits = layout.ranges.length;
  const alleles = new Float32Array(order.length * traits * ploidy);
  for (const [h, name] of haplotypes.entries()) {
    const column = table.f32(name);
    for (const [t, range] of layout.ranges.entries()) {
      for (let k = 0; k < order.length; k++) {
        alleles[(k * traits + t) * ploidy + h] = expressLocus(range, column[order[k] * layout.stride + range.slot]);
      }
    }
  }
  return alleles;
}

/** Ledgers of the copies of the traits' loci; undefined if they are those of their organisms, as without sex and transfer. */
function readLedgers(
  trace: OriginTrace,
  order: Int32Array,
  { ledgers, mechanisms }: Pick<Census, 'ledgers' | 'mechanisms'>,
): Float64Array | undefined {
  const { ploidy, layout } = trace.population;
  const loci = trace.slots.length;
  // Mechanisms that cannot write here have no columns in the trace: their ledgers are 0.
  const all = trace.population.writers;
  const [writers, traits] = [all.length, layout.ranges.length];
  const values = new Float64Array(order.length * writers * traits * ploidy);
  const places = all.map((writer) => mechanisms.indexOf(writer));
  const own = all.map((writer) => trace.writers.indexOf(writer));
  const width = mechanisms.length * traits;
  let same = true;
  for (let h = 0; h < ploidy; h++) {
    const column = trace.ledgers(h);
    for (let k = 0; k < order.length; k++) {
      for (let m = 0; m < writers; m++) {
        for (let t = 0; t < traits; t++) {
          const value = own[m] < 0 ? 0 : column[(order[k] * trace.writers.length + own[m]) * loci + t];
          values[((k * writers + m) * traits + t) * ploidy + h] = value;
          same &&= value === ledgers[k * width + places[m] * traits + t];
        }
      }
    }
  }
  return same ? undefined : values;
}

/** Families of the copies of all loci: the former census is gone when they are requested. */
function eldersOf(census: Census, former: Census): Float64Array {
  const { loci, ploidy } = census.locus as LocusCensus;
  const elders = new Float64Array(census.count * loci * ploidy);
  for (let l = 0; l < loci; l++) {
    const own = familiesOfCopies(census, former, l);
    for (let c = 0; c < own.length; c++) elders[(Math.floor(c / ploidy) * loci + l) * ploidy + (c % ploidy)] = own[c];
  }
  return elders;
}

function addedOf(trace: OriginTrace): AddedCopies {
  const { ploidy } = trace.population;
  const loci = trace.slots.length;
  const added: Partial<Record<CopyChannel, Float32Array>> = {};
  for (const channel of copyChannels) {
    const counts = trace.channel(channel);
    // `[(place * ploidy + h) * loci + l]` becomes `[(place * loci + l) * ploidy + h]`.
    if (!counts?.some((count) => count !== 0)) continue;
    const turned = new Float32Array(counts.length);
    for (let at = 0; at < counts.length; at++) {
      const copy = Math.floor(at / loci);
      turned[(Math.floor(copy / ploidy) * loci + (at % loci)) * ploidy + (copy % ploidy)] = counts[at];
    }
    added[channel] = turned;
  }
  return added;
}
