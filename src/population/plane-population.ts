import type { ColumnSpec, ColumnsOf, Table } from '../ecs/table.ts';
import { layGenome, type SegmentPlan } from '../genome/layout.ts';
import type { Arena } from '../kernel/memory.ts';
import { type Action, type ActionId, actions as allActions } from '../policy/actions.ts';
import { type NetworkPlan, planNetwork } from '../policy/network.ts';
import { deathCauses, handCause } from './death-causes.ts';
import { develop } from './genomes.ts';
import type { PopulationParameters } from './parameters.ts';
import { derivePhenotype, type phenotypeColumns } from './phenotype.ts';
import { Population, type PopulationColumns } from './population.ts';
import { planeTraits, resolveTraits } from './resolve-traits.ts';
import type { Trait, TraitId } from './traits.ts';

/** A sense with its place in one population's input row. */
export interface PlacedSense {
  readonly id: string;
  /** First input. */
  readonly at: number;
  readonly labels: readonly string[];
}

/** What a population must know of the plane before its tables can be made. */
export interface PlaneShape {
  readonly senses: readonly PlacedSense[];
  /** Actions offered beyond turn, thrust and eat. */
  readonly offered: ReadonlySet<string>;
  /** Columns that habitat and mechanisms add. */
  readonly columns: readonly ColumnSpec[];
  /** Optional traits that genomes carry: the same for all populations of a world, so that its tables have the same columns. */
  readonly carried: readonly Trait[];
  /** Segments that mechanisms add to genomes. */
  readonly segments: readonly SegmentPlan[];
}

/** The parameters of a population of the plane with those of its mechanisms, as in the scene. @public */
export type PopulationScene = PopulationParameters & {
  mechanisms: Record<string, { on: boolean } & Record<string, unknown>>;
};

const bodyColumns = ['headingX', 'headingY', 'energy', 'hurt', 'intake'] as const;

type Floats<N extends string> = { readonly [K in N]: 'f32' };

/** Columns of the tables of organisms with a body, senses and a policy. */
export type PlaneColumns = PopulationColumns &
  Floats<(typeof bodyColumns)[number] | TraitId | 'turn' | 'thrust' | 'eat' | 'inputs' | 'outputs' | 'damage' | 'moved'> &
  ColumnsOf<typeof phenotypeColumns> &
  Partial<Floats<ActionId | 'memory'>> & {
    /** Normal draws of its actions, kept while it learns. */
    readonly 'normal.turn'?: 'f32';
    readonly 'normal.thrust'?: 'f32';
  };

/** Organisms with a body, senses and a policy that live on energy. @public */
export class PlanePopulation extends Population {
  declare parameters: PopulationScene;
  declare readonly table: Table<PlaneColumns>;
  readonly network: NetworkPlan;
  readonly senses: readonly PlacedSense[];
  readonly actions: readonly Action[];
  /** Whether any population bites this one; if not, none of its organisms is ever damaged. */
  hunted = false;

  constructor(arena: Arena, name: string, index: number, parameters: PopulationScene, shape: PlaneShape, seed: string) {
    const actions = allActions.filter((action, i) => i < 3 || shape.offered.has(action.id));
    const { memory, hidden, deviation } = parameters.policy;
    const inputLabels = shape.senses.flatMap((sense) => sense.labels);
    const outputLabels: string[] = actions.map((action) => action.id);
    for (let m = 0; m < memory; m++) outputLabels.push(`memory ${m + 1}`);
    const network = planNetwork(inputLabels.length, hidden, outputLabels.length);
    const column = (name: string): ColumnSpec => ({ name, type: 'f32', kind: 'state' });
    super(
      arena,
      name,
      index,
      parameters,
      {
        layout: layGenome(
          network,
          inputLabels,
          outputLabels,
          resolveTraits(parameters.traits, shape.carried),
          deviation,
          shape.segments,
        ),
        traits: planeTraits(shape.carried),
        deathCauses: [...deathCauses, handCause],
        body: bodyColumns.map(column),
        decisions: [
          ...actions.map((action) => column(action.id)),
          ...(memory > 0 ? [{ name: 'memory', type: 'f32', width: memory, kind: 'state' } as const] : []),
        ],
        columns: [
          { name: 'inputs', type: 'f32', width: Math.ceil(network.inputs / 4) * 4, kind: 'state' },
          { name: 'outputs', type: 'f32', width: network.outputBlocks * 4, kind: 'shown' },
          { name: 'damage', type: 'f32', kind: 'scratch' },
          { name: 'moved', type: 'f32', kind: 'scratch' },
          ...shape.columns,
        ],
      },
      seed,
    );
    this.network = network;
    this.senses = shape.senses;
    this.actions = actions;
  }

  override get capacity(): number {
    return this.parameters.capacity;
  }

  override get maturity(): number {
    return this.parameters.life.maturity;
  }

  override derive(first: number, count: number): void {
    derivePhenotype(this, first, count);
  }

  override redevelop(row: number): void {
    const { table } = this;
    const former = table.f32('body')[row];
    develop(this, row, 1);
    // If new genes enlarge a body, the reserve pays for it; the surplus of a smaller body returns to the reserve.
    table.f32('energy')[row] -= table.f32('body')[row] - former;
  }

  override redevelopAll(): void {
    const former = this.table.f32('body').slice(0, this.count);
    develop(this, 0, this.count);
    const [energy, body] = [this.table.f32('energy'), this.table.f32('body')];
    for (let row = 0; row < this.count; row++) energy[row] -= body[row] - former[row];
  }
}
