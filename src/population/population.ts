import { type ColumnSpec, Table } from '../ecs/table.ts';
import type { EcsEntity } from '../ecs/world.ts';
import { type GenomeLayout, layGenome, perSlot } from '../genome/layout.ts';
import type { Arena, Block } from '../kernel/memory.ts';
import { streamKey } from '../math/streams.ts';
import { type Action, actions as allActions } from '../policy/actions.ts';
import { type NetworkPlan, planNetwork } from '../policy/network.ts';
import { Births } from './births.ts';
import { Deaths } from './deaths.ts';
import { haplotypeColumns, readGenome } from './genomes.ts';
import type { PopulationParameters } from './parameters.ts';
import { resolveTraits } from './resolve-traits.ts';
import { Transfers } from './transfers.ts';

/** A sense as it stands in one population's input row. */
export interface PlacedSense {
  readonly id: string;
  /** First input. */
  readonly at: number;
  readonly labels: readonly string[];
}

/** What a population needs to know of its habitat before its tables can be made. */
export interface PopulationShape {
  readonly senses: readonly PlacedSense[];
  /** Actions offered beyond turn, thrust and eat. */
  readonly offered: ReadonlySet<string>;
  /** Columns that habitat and mechanisms add. */
  readonly columns: readonly ColumnSpec[];
}

/** The parameters of a population with its mechanisms' own, as they stand in the scene. */
export type PopulationScene = PopulationParameters & {
  mechanisms: Record<string, { on: boolean } & Record<string, unknown>>;
};

/** Names of the random streams that the engine itself draws from; no mechanism may have one of them. */
export const engineStreams = ['key', 'act', 'birth', 'death', 'lottery', 'founder', 'scatter'] as const;

/** Organisms of one kind: a table with a row per organism, the shape of their genomes and policies, their parameters. */
export class Population {
  readonly table: Table;
  readonly layout: GenomeLayout;
  readonly network: NetworkPlan;
  readonly senses: readonly PlacedSense[];
  readonly actions: readonly Action[];
  readonly births: Births;
  readonly deaths: Deaths;
  readonly transfers = new Transfers();
  readonly ploidy: 1 | 2;
  /** Columns of the haplotypes; whoever changes one calls `develop` for the row. */
  readonly haplotypes: readonly string[];
  /** Whether the column `mates` holds partners in this tick: set by the mechanism that pairs, reset by `conceive`. */
  paired = false;
  /** Ids of the mechanisms that change traits, in the order of inheritance: what is traced has a ledger for each. */
  ledgers: readonly string[] = [];
  /** How many observers want to know how the genomes of newborns come about. */
  tracers = 0;
  /** Per slot: how strongly mutation moves it. */
  readonly mutationScales: Block;
  /** Whether any population bites this one; if not, nobody of it is ever damaged. */
  hunted = false;
  /** Set when the population joins a world. */
  entity!: EcsEntity;
  private readonly streams = new Map<string, readonly [number, number]>();

  constructor(
    readonly arena: Arena,
    readonly name: string,
    readonly index: number,
    public parameters: PopulationScene,
    shape: PopulationShape,
    private drawSeed: string,
  ) {
    this.senses = shape.senses;
    this.actions = allActions.filter((action, i) => i < 3 || shape.offered.has(action.id));
    this.ploidy = parameters.genome.ploidy === 2 ? 2 : 1;
    this.haplotypes = haplotypeColumns[this.ploidy];
    const memory = parameters.policy.memory;
    const inputLabels = shape.senses.flatMap((sense) => sense.labels);
    const outputLabels: string[] = this.actions.map((action) => action.id);
    for (let m = 0; m < memory; m++) outputLabels.push(`memory ${m + 1}`);
    this.network = planNetwork(inputLabels.length, parameters.policy.hidden, outputLabels.length);
    this.layout = layGenome(
      this.network,
      inputLabels,
      outputLabels,
      resolveTraits(parameters.traits),
      parameters.policy.deviation,
    );
    this.table = new Table(arena, name, [
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
      { name: 'headingX', type: 'f32', kind: 'state' },
      { name: 'headingY', type: 'f32', kind: 'state' },
      { name: 'energy', type: 'f32', kind: 'state' },
      { name: 'hurt', type: 'f32', kind: 'state' },
      { name: 'intake', type: 'f32', kind: 'state' },
      ...this.layout.ranges.map((range): ColumnSpec => ({ name: range.trait, type: 'f32', kind: 'state' })),
      ...this.actions.map((action): ColumnSpec => ({ name: action.id, type: 'f32', kind: 'state' })),
      ...(memory > 0 ? [{ name: 'memory', type: 'f32', width: memory, kind: 'state' } as const] : []),
      // What a diploid expresses follows from its haplotypes.
      { name: 'genome', type: 'f32', width: this.layout.stride, kind: this.ploidy === 1 ? 'state' : 'shown' },
      ...this.haplotypes
        .filter((name) => name !== 'genome')
        .map((name): ColumnSpec => ({ name, type: 'f32', width: this.layout.stride, kind: 'state' })),
      { name: 'inputs', type: 'f32', width: Math.ceil(this.network.inputs / 4) * 4, kind: 'state' },
      { name: 'outputs', type: 'f32', width: this.network.outputBlocks * 4, kind: 'shown' },
      { name: 'damage', type: 'f32', kind: 'scratch' },
      { name: 'moved', type: 'f32', kind: 'scratch' },
      { name: 'cause', type: 'u32', kind: 'scratch' },
      { name: 'ready', type: 'u32', kind: 'scratch' },
      { name: 'parents', type: 'u32', kind: 'scratch' },
      { name: 'mates', type: 'i32', kind: 'scratch' },
      { name: 'dying', type: 'u32', kind: 'scratch' },
      ...shape.columns,
    ]);
    this.births = new Births(this);
    this.deaths = new Deaths(this);
    const scales = perSlot(this.layout, 'scale');
    this.mutationScales = arena.allocate(`${name} mutation scales`, scales.byteLength);
    this.mutationScales.f32().set(scales);
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

  /** From now on draws come from another seed (a fork that shall differ). */
  reseed(seed: string): void {
    this.drawSeed = seed;
    this.streams.clear();
  }

  /** Row of an organism, or -1 when it does not live. */
  rowOf(id: number): number {
    return this.table.f64('id').subarray(0, this.table.count).indexOf(id);
  }
}
