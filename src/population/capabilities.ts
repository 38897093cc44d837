import type { ColumnsOf, Table } from '../ecs/table.ts';
import type { Action, ActionId } from '../policy/actions.ts';
import type { NetworkPlan } from '../policy/network.ts';
import type { PopulationParameters } from './parameters.ts';
import type { phenotypeColumns } from './phenotype.ts';
import type { Population, PopulationColumns } from './population.ts';
import type { TraitId } from './traits.ts';

/**
 * What a habitat can give besides genomes, births and deaths. A habitat lists what it gives (`Habitat.gives`), a mechanism what it needs
 * (`Mechanism.needs`); it has a meaning wherever all of that is given. The texts follow the word "needs".
 * @experimental
 */
export const capabilities = {
  policy: 'organisms that decide by a policy',
  energy: 'organisms that live on energy',
  place: 'organisms at places, whatever their genomes say',
  demes: 'demes that exchange organisms only by migration',
  gradient: 'a gradient of log fitness',
  trials: 'open loci that organisms can try out',
  kinds: 'kinds of fruit that look different',
} as const;

/** @experimental */
export type Capability = keyof typeof capabilities;

/** Those that a population has itself, as a field of that name; the context of the habitat has the others. @experimental */
export type PopulationCapability = 'policy' | 'energy' | 'place';

/** A sense with its place in one population's input row. */
export interface PlacedSense {
  readonly id: string;
  /** First input. */
  readonly at: number;
  readonly labels: readonly string[];
}

/** What organisms decide by: a network from senses to actions. `planPolicy` makes one. @experimental */
export interface Policy {
  readonly network: NetworkPlan;
  readonly senses: readonly PlacedSense[];
  readonly actions: readonly Action[];
  /** Outputs that return as inputs in the next tick. */
  readonly memory: number;
}

/** Organisms keep a reserve of energy, from which they live and pay for their offspring. @experimental */
export interface Energy {
  /** Whether any population bites this one; if not, none of its organisms is ever damaged. */
  hunted: boolean;
}

/** Organisms are at a place, in the columns x and y, and head in a direction. @experimental */
export type Place = Readonly<Record<never, never>>;

type Floats<N extends string> = { readonly [K in N]: 'f32' };

/** Columns of the tables of organisms that decide by a policy. */
export type PolicyColumns = Floats<'turn' | 'thrust' | 'eat' | 'inputs' | 'outputs' | Extract<TraitId, `policy.${string}`>> &
  Partial<Floats<ActionId | 'memory'>> & {
    /** Normal draws of its actions, kept while it learns. */
    readonly 'normal.turn'?: 'f32';
    readonly 'normal.thrust'?: 'f32';
  };

/** Columns of the tables of organisms that live on energy. */
export type EnergyColumns = Floats<
  'energy' | 'hurt' | 'intake' | 'damage' | 'moved' | Extract<TraitId, `body.${string}` | `diet.${string}` | `life.${string}`>
> &
  ColumnsOf<typeof phenotypeColumns> & {
    /** Energy gained from fruit in the tick, kept while a mechanism reads it: written for those that eat alone. */
    readonly fruit?: 'f32';
  };

/** Columns of the tables of organisms at places, besides x and y: the unit vector of the heading. */
export type PlaceColumns = Floats<'headingX' | 'headingY'>;

interface CapabilityColumns {
  readonly policy: PolicyColumns;
  readonly energy: EnergyColumns;
  readonly place: PlaceColumns;
}

/** Parameters that come with a capability. */
interface CapabilityParameters {
  readonly policy: object;
  readonly energy: Pick<PopulationParameters, 'energy' | 'diet' | 'life'>;
  readonly place: object;
}

type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** A population with these capabilities, and the columns and parameters that come with them. @experimental */
export type PopulationWith<N extends PopulationCapability> = [N] extends [never]
  ? Population
  : Population & { readonly [K in N]: NonNullable<Population[K]> } & {
      readonly table: Table<PopulationColumns & Intersection<CapabilityColumns[N]>>;
      readonly parameters: Intersection<CapabilityParameters[N]>;
    };
