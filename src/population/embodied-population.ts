import type { ColumnSpec, Table } from '../ecs/table.ts';
import { layGenome, type SegmentPlan } from '../genome/layout.ts';
import type { Arena } from '../kernel/memory.ts';
import type { Energy, EnergyColumns, Place, PlaceColumns, PlacedSense, Policy, PolicyColumns } from './capabilities.ts';
import { deathCauses, handCause } from './death-causes.ts';
import { develop } from './genomes.ts';
import type { PopulationParameters } from './parameters.ts';
import { derivePhenotype } from './phenotype.ts';
import { inputLabelsOf, outputLabelsOf, planPolicy, policyColumns } from './policy.ts';
import { Population, type PopulationColumns } from './population.ts';
import { embodiedTraits, resolveTraits } from './resolve-traits.ts';
import type { Trait, TraitId } from './traits.ts';

/** What a population must know of its habitat before its tables can be made. */
export interface EmbodiedShape {
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

/** The parameters of a population of organisms with bodies, with those of its mechanisms, as in the scene. @public */
export type PopulationScene = PopulationParameters & {
  mechanisms: Record<string, { on: boolean } & Record<string, unknown>>;
};

const bodyColumns = ['headingX', 'headingY', 'energy', 'hurt', 'intake'] as const;

/** Columns of the tables of organisms with a body, senses and a policy. */
export type EmbodiedColumns = PopulationColumns &
  PolicyColumns &
  EnergyColumns &
  PlaceColumns & { readonly [K in TraitId]: 'f32' };

/** Organisms with a body that are somewhere, decide by a policy and live on energy: what plane and patches have in common. @public */
export class EmbodiedPopulation extends Population {
  declare parameters: PopulationScene;
  declare readonly table: Table<EmbodiedColumns>;
  declare readonly policy: Policy;
  declare readonly energy: Energy;
  declare readonly place: Place;

  constructor(arena: Arena, name: string, index: number, parameters: PopulationScene, shape: EmbodiedShape, seed: string) {
    const policy = planPolicy(shape.senses, shape.offered, parameters.policy);
    const { decisions, activity } = policyColumns(policy);
    super(
      arena,
      name,
      index,
      parameters,
      {
        layout: layGenome(
          policy.network,
          inputLabelsOf(policy),
          outputLabelsOf(policy),
          resolveTraits(parameters.traits, shape.carried),
          parameters.policy.deviation,
          shape.segments,
        ),
        traits: embodiedTraits(shape.carried),
        deathCauses: [...deathCauses, handCause],
        policy,
        energy: { hunted: false },
        place: {},
        body: bodyColumns.map((name): ColumnSpec => ({ name, type: 'f32', kind: 'state' })),
        decisions,
        columns: [
          ...activity,
          { name: 'damage', type: 'f32', kind: 'scratch' },
          { name: 'moved', type: 'f32', kind: 'scratch' },
          ...shape.columns,
        ],
      },
      seed,
    );
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
