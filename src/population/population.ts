import { type ColumnSpec, type ColumnsOf, floatsNamed, type OwnColumnSpec, Table } from '../ecs/table.ts';
import type { EcsEntity } from '../ecs/world.ts';
import { type GenomeLayout, perSlot, withDominance } from '../genome/layout.ts';
import type { Arena, Block } from '../kernel/memory.ts';
import { streamKey } from '../math/streams.ts';
import { Bank } from './bank.ts';
import { Births } from './births.ts';
import type { Energy, Place, Policy, PopulationCapability, PopulationWith } from './capabilities.ts';
import { Deaths } from './deaths.ts';
import { develop, type HaplotypeColumn, haplotypeColumns, readGenome } from './genomes.ts';
import type { OriginTrace } from './origin-trace.ts';
import type { Substitutes } from './substitutes.ts';
import type { TraitText } from './traits.ts';
import { Transfers } from './transfers.ts';

const firstColumns = [
  { name: 'id', type: 'f64', kind: 'state' },
  { name: 'parent', type: 'f64', kind: 'state' },
  { name: 'founder', type: 'f64', kind: 'state' },
  { name: 'keyLow', type: 'u32', kind: 'state' },
  { name: 'keyHigh', type: 'u32', kind: 'state' },
  { name: 'birthTick', type: 'i32', kind: 'state' },
  { name: 'generation', type: 'u32', kind: 'state' },
  { name: 'offspring', type: 'u32', kind: 'state' },
  { name: 'x', type: 'f32', kind: 'state' },
  { name: 'y', type: 'f32', kind: 'state' },
] as const satisfies readonly ColumnSpec[];

const lastColumns = [
  { name: 'cause', type: 'u32', kind: 'scratch' },
  { name: 'ready', type: 'u32', kind: 'scratch' },
  { name: 'parents', type: 'u32', kind: 'scratch' },
  { name: 'mates', type: 'i32', kind: 'scratch' },
  { name: 'lots', type: 'f64', kind: 'scratch' },
  { name: 'dying', type: 'u32', kind: 'scratch' },
] as const satisfies readonly ColumnSpec[];

/** Columns of the tables of all populations. */
export type PopulationColumns = ColumnsOf<typeof firstColumns> &
  ColumnsOf<typeof lastColumns> & {
    readonly genome: 'f32';
    readonly 'haplotype.1'?: 'f32';
    readonly 'haplotype.2'?: 'f32';
    /** A trait that organisms with bodies always have, and others may. */
    readonly 'mutation.scale'?: 'f32';
    /** Weights by which an organism acts while something is acquired in life; otherwise it acts by its genome. */
    readonly weights?: 'f32';
  };

/** What a population must know before its table can be made. */
export interface PopulationShape {
  readonly layout: GenomeLayout;
  /** The traits, in the order of the layout's ranges. */
  readonly traits: readonly TraitText[];
  /** Causes of death here, in the order of their codes. */
  readonly deathCauses: readonly string[];
  /** What the organisms have besides genomes; absent what they lack. */
  readonly policy?: Policy;
  readonly energy?: Energy;
  readonly place?: Place;
  /** Columns before those of the traits: the body's. */
  readonly body: readonly ColumnSpec[];
  /** Columns before the genome: what the policy decides. */
  readonly decisions: readonly ColumnSpec[];
  /** Columns after the genome. */
  readonly columns: readonly ColumnSpec[];
}

/** The parameters that every population has, whatever its habitat. */
export interface CommonParameters {
  /** Its name on the page; '' for its name in the scene. */
  readonly title: string;
  /** Organisms at tick 0. */
  readonly founders: number;
  readonly genome: { readonly ploidy: number; readonly dominance: number; readonly carries: readonly string[] } & Readonly<
    Record<string, unknown>
  >;
  readonly mechanisms: Record<string, { on: boolean } & Record<string, unknown>>;
}

/** Names of the random streams of the engine; a mechanism must not use any of them. */
export const engineStreams = ['key', 'act', 'birth', 'death', 'lottery', 'founder', 'scatter', 'copies', 'placed'] as const;

/** Organisms of one kind: a table with a row per organism, the shape of their genomes, their parameters. @public */
export class Population {
  readonly table: Table<PopulationColumns>;
  readonly layout: GenomeLayout;
  /** Heritable traits: columns of the table, in the order of `layout.ranges`. */
  readonly traits: readonly TraitText[];
  readonly deathCauses: readonly string[];
  /** What its organisms decide by, if they decide. */
  readonly policy: Policy | undefined;
  /** Set if its organisms live on energy. */
  readonly energy: Energy | undefined;
  /** Set if its organisms are somewhere; on a landscape x and y follow from the genome. */
  readonly place: Place | undefined;
  readonly births: Births;
  readonly deaths: Deaths;
  readonly transfers: Transfers;
  readonly ploidy: 1 | 2;
  /** Columns of the haplotypes; after changing one, call `develop` for the row. */
  readonly haplotypes: readonly HaplotypeColumn[];
  /** Entries of the column `parents`: organisms that have offspring in this tick, ascending, one entry per offspring. */
  breeders = 0;
  /** Whether the column `mates` holds the entries' partners in this tick: set by the mechanism that pairs, reset by `conceive`. */
  paired = false;
  /** Ids of the mechanisms that change traits, in the order of inheritance: a trace has a ledger for each. */
  ledgers: readonly string[] = [];
  /** Ids of those that write new values into genomes at birth: traced copies of loci have a ledger for each. */
  writers: readonly string[] = [];
  /** Number of observers that want to know how the genomes of newborns arise. */
  tracers = 0;
  /** Traces that follow the origins of copies of loci; their columns are in the table. */
  originTraces: readonly OriginTrace[] = [];
  /** Its dead that may yet have offspring, while a mechanism keeps them. */
  bank: Bank | undefined;
  /** Rows for dead parents, while their offspring are made. */
  substitutes: Substitutes | undefined;
  /** Per slot: how strongly mutation moves it. */
  readonly mutationScales: Block;
  /** Per slot the `shifts` of the layout, if it has them. */
  readonly shifts: Block | undefined;
  /** Set when the population joins a world. */
  entity!: EcsEntity;
  private readonly streams = new Map<string, readonly [number, number]>();
  /** An arena never frees blocks: a bank that is switched on again is the same. */
  private formerBank: Bank | undefined;

  constructor(
    readonly arena: Arena,
    readonly name: string,
    readonly index: number,
    public parameters: CommonParameters,
    shape: PopulationShape,
    private drawSeed: string,
  ) {
    this.ploidy = parameters.genome.ploidy === 2 ? 2 : 1;
    this.layout = this.ploidy === 2 ? withDominance(shape.layout, parameters.genome.dominance) : shape.layout;
    this.traits = shape.traits;
    this.deathCauses = shape.deathCauses;
    this.policy = shape.policy;
    this.energy = shape.energy;
    this.place = shape.place;
    this.haplotypes = haplotypeColumns[this.ploidy];
    const loci = { type: 'f32', width: shape.layout.stride, copied: true } as const;
    this.table = new Table(arena, name, [
      ...firstColumns,
      ...shape.body,
      ...this.layout.ranges.map((range): ColumnSpec => ({ name: range.trait, type: 'f32', kind: 'state' })),
      ...shape.decisions,
      // What a diploid expresses follows from its haplotypes. Genomes are most of a row.
      { ...loci, name: 'genome', kind: this.ploidy === 1 ? 'state' : 'shown' },
      ...this.haplotypes.filter((name) => name !== 'genome').map((name): ColumnSpec => ({ ...loci, name, kind: 'state' })),
      ...lastColumns,
      ...shape.columns,
    ]);
    this.births = new Births(this);
    this.deaths = new Deaths(this);
    this.transfers = new Transfers(this.traits.length);
    const scales = perSlot(this.layout, 'scale');
    this.mutationScales = arena.allocate(`${name} mutation scales`, scales.byteLength);
    this.mutationScales.f32().set(scales);
    const { shifts } = this.layout;
    if (shifts) {
      this.shifts = arena.allocate(`${name} dominance`, shifts.byteLength);
      this.shifts.f32().set(shifts);
    }
  }

  /** Whether its organisms have that capability; its columns are then known to a checker of types. */
  has<N extends PopulationCapability>(capability: N): this is this & PopulationWith<N> {
    return this[capability] !== undefined;
  }

  /**
   * Whether organisms may be drawn by their row. Where many systems move rows, they are drawn by id instead,
   * so that no result depends on the order of rows.
   */
  get drawsByRow(): boolean {
    return false;
  }

  /** Most that may live: no birth takes place beyond it. */
  get capacity(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** Age, in ticks, from which an organism can have offspring. */
  get maturity(): number {
    return 0;
  }

  /** Derives what follows from the traits of rows `first` to `first + count - 1`. */
  derive(_first: number, _count: number): void {}

  /** Fills columns added by mechanisms, in rows where they are new: those that start as a copy of the expressed genome. */
  copyToOwn(first: number, count: number, columns: readonly string[] = this.table.ownColumns.map(({ name }) => name)): void {
    const { table, layout } = this;
    for (const own of table.ownColumns) {
      if (own.start !== 'genome' || !columns.includes(own.name)) continue;
      const genome = table.f32('genome').subarray(first * layout.stride, (first + count) * layout.stride);
      table.f32(floatsNamed(own.name)).set(genome, first * layout.stride);
    }
  }

  /** From now on the table has these columns of mechanisms and traces, and no others; the bank has those of traces. Returns the names of new ones. */
  setOwn(columns: readonly OwnColumnSpec[]): readonly string[] {
    const made = this.table.setOwn(columns);
    this.bank?.trace(this.originTraces.flatMap((trace) => trace.columns));
    return made;
  }

  /** From now on its dead are kept in a bank, empty at first, or not at all. */
  keepDead(on: boolean): void {
    if (on === (this.bank !== undefined)) return;
    this.formerBank ??= new Bank(this);
    this.formerBank.resetTo(0);
    this.bank = on ? this.formerBank : undefined;
    this.bank?.trace(this.originTraces.flatMap((trace) => trace.columns));
  }

  /** The organism that bears the child of a parent and pays for it: the parent, unless it is dead. */
  hostOf(parent: number): number {
    const { substitutes } = this;
    return substitutes && parent >= substitutes.first ? substitutes.hosts[parent - substitutes.first] : parent;
  }

  /**
   * Slots `start` to `end - 1` of a row's expressed genome were replaced in life: what had been built on the former loci, such
   * as learned weights, starts again there.
   */
  restartSlots(row: number, start: number, end: number): void {
    const { table, layout } = this;
    for (const own of table.ownColumns) {
      if (own.start !== 'genome') continue;
      const at = row * layout.stride;
      table.f32(floatsNamed(own.name)).set(table.f32('genome').subarray(at + start, at + end), at + start);
    }
  }

  /** Develops a living organism again after its genome was changed. */
  redevelop(row: number): void {
    develop(this, row, 1);
  }

  /** The same for all organisms. */
  redevelopAll(): void {
    develop(this, 0, this.count);
  }

  /** Living organisms. */
  get count(): number {
    return this.table.count;
  }

  /** Floats of a whole genome: its haplotypes one behind the other. */
  get genomeLength(): number {
    return this.ploidy * this.layout.stride;
  }

  /** A copy of the whole genome of a row. */
  genomeOf(row: number): Float32Array {
    const genome = new Float32Array(this.genomeLength);
    readGenome(this, row, genome);
    return genome;
  }

  /** Key of this population's own stream of that name. */
  stream(name: string): readonly [number, number] {
    let key = this.streams.get(name);
    if (!key) {
      key = streamKey(this.drawSeed, `${this.name}.${name}`);
      this.streams.set(name, key);
    }
    return key;
  }

  /** From now on draws come from another seed (for a fork that must differ). */
  reseed(seed: string): void {
    this.drawSeed = seed;
    this.streams.clear();
  }

  /** Row of an organism, or -1 when it does not live. */
  rowOf(id: number): number {
    return this.table.f64('id').subarray(0, this.table.count).indexOf(id);
  }
}
