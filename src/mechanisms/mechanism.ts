import type { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import type { SegmentPlan } from '../genome/layout.ts';
import type { ActionId } from '../policy/actions.ts';
import type { Births } from '../population/births.ts';
import type { Capability, PopulationCapability, PopulationWith } from '../population/capabilities.ts';
import type { NearList } from '../population/near-list.ts';
import type { NeighbourGrid } from '../population/neighbour-grid.ts';
import type { Population } from '../population/population.ts';
import type { Trait } from '../population/traits.ts';

/** A population as a mechanism with these needs finds it. */
export type PopulationFor<N extends Capability> = PopulationWith<Extract<N, PopulationCapability>>;

/** A step of a mechanism in the life of a population, once a tick. */
export type LifeStep<P extends object, N extends Capability = never> = (
  population: PopulationFor<N>,
  parameters: P,
  context: MechanismContext,
) => void;

/** A step of a mechanism at the births of one population in a tick; not called if there are none. */
export type BirthStep<P extends object> = (births: Births, parameters: P, context: MechanismContext) => void;

/**
 * Moments of a tick at which mechanisms act on a whole population. The schedule of a habitat has a slot for each (`slot('duringLife')`), those of births
 * are below; only where organisms have a policy is there `beforeActing`.
 * @experimental
 */
export const lifeSlots = [
  'beforeSensing',
  'beforeActing',
  'duringLife',
  'beforeBreeding',
  'beforeConception',
  'atDeath',
  'endOfTick',
] as const;
/** Moments at the births of a tick. @experimental */
export const birthSlots = ['modifyGamete', 'modifyChild', 'atBirth'] as const;

/** One of `lifeSlots`. @experimental */
export type LifeSlot = (typeof lifeSlots)[number];
/** One of `birthSlots`. @experimental */
export type BirthSlot = (typeof birthSlots)[number];
/** Moments of a tick at which mechanisms act. @experimental */
export type Slot = LifeSlot | BirthSlot | 'chooseMates';

/** Names of all loci that belong to traits, for parameters that name one. */
export interface TraitNames {
  readonly all: readonly string[];
}

/** What a mechanism can read about a scene to check whether it fits. */
export interface MechanismScene<P extends object> {
  readonly on: boolean;
  readonly parameters: P;
  /** Traits that have a locus in the genomes of this population. */
  readonly loci: readonly string[];
  /** `genome` of the population, as in the scene. */
  readonly genome: { readonly ploidy: 1 | 2 } & Readonly<Record<string, unknown>>;
  readonly founders: number;
  /** `habitat` of the scene. */
  readonly habitat: Readonly<Record<string, unknown>>;
  /** What the habitat gives. */
  readonly gives: readonly Capability[];
}

/** Something that does not fit: the field to change, and a line that says what is wrong and what to do. */
export interface MechanismProblem {
  /** Where the field is: by default among the mechanism's parameters, or in its part of `genome`. */
  readonly in?: 'genome';
  readonly field: string;
  readonly text: string;
}

/** What a mechanism keeps of organisms or makes of genomes, in numbers: columns of a probe for each population. */
export interface Measure<P extends object = object, N extends Capability = never> {
  /** Probe that the columns belong to; by default `mechanisms`. */
  readonly probe?: {
    readonly id: string;
    readonly title: string;
    readonly description: string;
  };
  readonly columns: readonly { readonly name: string; readonly title: string; readonly unit: string }[];
  /**
   * Whether there can be anything to measure in a population. By default, if the mechanism is on at tick 0 or the scene switches it on (`enabled`).
   */
  appliesTo?(population: PopulationFor<N>, parameters: P, enabled: boolean): boolean;
  /** Values in the order of the columns, NaN where there is nothing to measure. Reading changes nothing. */
  sample(population: PopulationFor<N>, parameters: P): readonly number[];
}

/** What mechanisms can make visible of organisms: how a page draws each is listed in src/worker/body-forms.ts. */
export const visibleForms = ['speckles', 'drivers', 'learned'] as const;
export type VisibleForm = (typeof visibleForms)[number];

/** What can be seen of organisms while a mechanism is on. */
export interface Visible<P extends object = object, N extends Capability = never> {
  readonly form: VisibleForm;
  /** How strongly it is seen in each row, from 0 to 1; undefined if there is nothing to see. Made again for every picture; reading changes nothing. */
  share(population: PopulationFor<N>, parameters: P): ((row: number) => number) | undefined;
}

/** What mechanisms are about, under which lists of them group them, in this order. */
export const mechanismGroups = {
  inheritance: 'Inheritance',
  mating: 'Mating',
  conflict: 'Conflict and games',
  life: 'Learning and life',
  world: 'World',
} as const;
export type MechanismGroup = keyof typeof mechanismGroups;

/** Loci that genomes have for a mechanism whatever its switch, and the parameters for their number (`genome.ID` of a population). */
export interface GenomePart {
  readonly parameters: z.ZodType;
  /** Of `genome.ID`: the segment, or undefined if there are no loci. */
  segment(parameters: object): SegmentPlan | undefined;
}

/**
 * A mechanism of inheritance or of life that can be switched on and off for each population while the world runs. One file declares one
 * mechanism; switches, flags, scene schema, probes and reference are generated from the declaration.
 * @experimental
 */
export interface Mechanism<P extends object = object, N extends Capability = never> extends LifeSteps<P, N>, BirthSteps<P> {
  /** Name in scenes and on the command line: lower-case letters, digits, hyphens. */
  readonly id: string;
  /** The field's term for it. */
  readonly title: string;
  /** What it is about, for lists; by default `life`. */
  readonly group?: MechanismGroup;
  /** One short, plain sentence: what happens when it is on. */
  readonly summary: string;
  /** What a person should look for in the world. */
  readonly lookFor: string;
  /** Where the idea or the formula comes from. */
  readonly source: string;
  /** What a habitat has to give for it to have a meaning: scenes in others cannot name it. By default nothing. */
  readonly needs?: readonly ([N] extends [never] ? Capability : N)[];
  /** A strict zod object; every field has a default and its text. Its schema in scenes adds the switch `on`. A function if a parameter names traits. */
  readonly parameters: z.ZodObject | ((traits: TraitNames) => z.ZodObject);
  /** Actions that the policy is offered because this mechanism gives them an effect. */
  readonly actions?: readonly ActionId[];
  /**
   * Optional traits that it reads, in full: genomes carry their loci if it is on when a world begins, or if the scene asks for them
   * (`genome.carries`). Several mechanisms may read one trait: they give the same value.
   */
  readonly traits?: readonly Trait[];
  /** Those of `traits` whose loci genomes may lack while it is on. It needs all others: without one of them it cannot be switched on. */
  readonly worksWithout?: readonly Trait[];
  /** If its parameters determine which of `traits` it reads: only those are carried for it and needed. */
  reads?(parameters: P): readonly Trait[];
  /** Its own loci that are not traits. */
  readonly genome?: GenomePart;
  /**
   * Its own columns in the organisms' table, which exist exactly while it is on: what it keeps of each organism. Those that are state
   * are in snapshots and hashes. Several mechanisms may share one by giving the same name and shape. Its steps read a column by its
   * declaration: `table.f32(skillColumn)`.
   */
  columns?(population: PopulationFor<N>, parameters: P): readonly OwnColumnSpec[];
  /** What does not fit in a scene although each value is in range. Also called while it is off: a condition for mechanisms that are on must check `on`. */
  check?(scene: MechanismScene<P>): readonly MechanismProblem[];
  readonly measures?: readonly Measure<P, N>[];
  /** What can be seen of organisms while it is on. */
  readonly visible?: Visible<P, N>;
  /** True when its steps at births write new values into genomes: assays switch it off, and copies of loci carry a ledger for it. */
  readonly makesVariation?: boolean;
  /** Whether it can write no value in a population, whatever its switch: then copies need no ledger for it. */
  writesNothing?(population: Population): boolean;
  /** True when its step in life changes genomes (and notes it in `population.transfers`): it then has a ledger too. */
  readonly changesGenomes?: boolean;
  /** True when it needs `population.bank`, which keeps some of the dead while it is on: assays and contests, which are about the living, switch it off. */
  readonly keepsDead?: boolean;
  /** True when its step in life changes what food brings in a tick: the expected reward of a policy is not known then. */
  readonly changesIntake?: boolean;
  /**
   * Decides the mates of organisms about to breed. The column `parents` holds `population.breeders` rows, ascending, one entry per
   * offspring. Sets `population.paired`, writes the partner's row beside it into the column `mates`, and removes the entries
   * of those that found no mate.
   */
  chooseMates?(population: PopulationFor<N>, parameters: P, context: PairContext): void;
  /**
   * How strongly a chooser is attracted to a candidate: a factor of at least 0 on the chance to be chosen, 0 for never. Made
   * once a tick; the mechanism that chooses mates multiplies the factors of all mechanisms that are on.
   */
  mateAttraction?(population: PopulationFor<N>, parameters: P, context: MechanismContext): Attraction;
  /**
   * Called when it is switched on, and once the founders exist: fills its columns for all living organisms, unless zeros or copies of
   * genomes are their start.
   */
  whenSwitchedOn?(population: PopulationFor<N>, parameters: P, context: MechanismContext): void;
  /**
   * What it adds to the log fitness of each organism on a landscape: a function of the row, made again for every generation; absent
   * if it does not affect fitness. Where organisms live on energy a mechanism acts on that instead.
   */
  logFitness?(population: PopulationFor<N>, parameters: P, context: MechanismContext): (row: number) => number;
}

interface LifeSteps<P extends object, N extends Capability> {
  /** First of all in a tick: nothing has been observed. */
  beforeSensing?(...step: Parameters<LifeStep<P, N>>): void;
  /** Actions have been decided and not yet taken: of mechanisms that need a policy. */
  beforeActing?(...step: Parameters<LifeStep<P, N>>): void;
  /** Actions have been taken; costs of living, deaths and births are still to come. */
  duringLife?(...step: Parameters<LifeStep<P, N>>): void;
  /** Deaths of the tick are decided; parents are about to be gathered. On a landscape: before parents are chosen. */
  beforeBreeding?(...step: Parameters<LifeStep<P, N>>): void;
  /** Parents and mates of this tick's offspring are decided: the column `parents`. No newborn exists yet. */
  beforeConception?(...step: Parameters<LifeStep<P, N>>): void;
  /** Which organisms die in this tick is decided (`population.deaths`), and their rows are still there. Newborns may be behind them. */
  atDeath?(...step: Parameters<LifeStep<P, N>>): void;
  /** The dead have been removed and the newborns added. */
  endOfTick?(...step: Parameters<LifeStep<P, N>>): void;
}

interface BirthSteps<P extends object> {
  /** After the child's genome has been copied from the first parent: which haplotypes of which parent are in it. */
  modifyGamete?(...step: Parameters<BirthStep<P>>): void;
  /** The gametes have been made, traits are not yet expressed: changes of the child's genome. */
  modifyChild?(...step: Parameters<BirthStep<P>>): void;
  /** The newborns' genomes are complete and expressed: properties besides genomes. Its columns already hold their start values. */
  atBirth?(...step: Parameters<BirthStep<P>>): void;
}

/** Rows of chooser and candidate to a factor of at least 0. @experimental */
export type Attraction = (chooser: number, candidate: number) => number;

/**
 * What a mechanism may use besides the organisms: the tick, its own draws that no other mechanism shares, and neighbours.
 * @experimental
 */
export interface MechanismContext {
  readonly tick: number;
  /** Key of this mechanism's own random stream in this population (two 32-bit words). */
  readonly stream: readonly [number, number];
  /**
   * Rows of the same population within `reach` lengths of where a row was when the tick began, without itself, in no
   * particular order. Writes all of them, `out` growing as needed, and returns their number. In a habitat without places all are near.
   */
  nearInto(population: Population, row: number, reach: number, out: NearList): number;
  /** The grid that `nearInto` reads, for kernels. Absent in a habitat without one. */
  readonly gridOf?: (population: Population) => NeighbourGrid;
  /**
   * Writes the gradient of log fitness at what a row acts by (its expressed genome, unless it has acquired something), on the landscape of this tick, into
   * the array that `room` returns for that number of loci; returns their number. Absent in a habitat without a gradient.
   */
  readonly gradientInto?: (population: Population, row: number, room: (loci: number) => Float64Array) => number;
  /**
   * On a landscape where organisms can try out open loci: the number of open loci of a row, or -1 if none of its trials can
   * succeed. Absent elsewhere.
   */
  readonly openLoci?: (population: Population, row: number) => number;
  /** Writes a place on open ground that two uniform numbers choose; absent in a habitat without places. */
  readonly scatter?: (u: number, v: number, out: Float64Array) => void;
  /** Which kind of fruit grows at a place: 0 or 1; absent in a habitat whose fruit all looks alike. */
  readonly kindAt?: (x: number, y: number) => number;
}

/** What a mechanism that decides on mates may use. @experimental */
export interface PairContext extends MechanismContext {
  /**
   * Rows of candidate mates of an organism for its `entry`-th offspring of this tick, as `nearInto` gives them. A
   * habitat without places draws some by their fitness, again for every offspring.
   */
  candidatesInto(population: Population, row: number, entry: number, reach: number, out: NearList): number;
  /** Whether a candidate may be listed more than once, each entry counting separately; otherwise nothing depends on their order. */
  readonly candidatesRepeat: boolean;
  /** Factors of the mechanisms that are on in this population. */
  readonly attractions: readonly Attraction[];
}
