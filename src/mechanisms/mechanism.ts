import type { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import type { ActionId } from '../policy/actions.ts';
import type { Births } from '../population/births.ts';
import type { FurtherTraitId } from '../population/further-traits.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';

/** Kinds of habitat. */
export type Habitat = 'plane' | 'landscape';

/**
 * A mechanism of inheritance or of life that can be switched on and off for each population while the world runs.
 * One file declares one mechanism; switches, flags, scene schema and reference are generated from the declaration.
 * @experimental
 */
export interface Mechanism<P extends object = object> {
  /** Name in scenes and on the command line: lower-case letters, digits, hyphens. */
  readonly id: string;
  readonly title: string;
  /** One plain sentence: what happens when it is on. */
  readonly summary: string;
  /** What a person should look for in the world. */
  readonly lookFor: string;
  /** Where the idea or the formula comes from. */
  readonly source: string;
  /** Habitats in which it means something; all unless told. */
  readonly habitats?: readonly Habitat[];
  /** A strict zod object; every field has a default and its text. The registry adds the switch `on`. */
  readonly parameters: z.ZodObject;
  /** Actions that the policy is offered because this mechanism gives them effect. */
  readonly actions?: readonly ActionId[];
  /**
   * Its step in inheritance, after the child's genome row has been copied from the first parent and before traits
   * are expressed. Works on all births of one population in this tick.
   */
  inherit?(births: Births, parameters: P, context: MechanismContext): void;
  /** Its step in life, once a tick, after actions have been applied and before deaths and births. */
  live?(population: Population, parameters: P, context: MechanismContext): void;
  /**
   * Columns of its own in the organisms' table, which exist exactly while it is on: what it keeps of each organism. They are
   * in snapshots and hashes where they are state. Several mechanisms may share one by giving the same name and shape.
   */
  columns?(population: Population, parameters: P): readonly OwnColumnSpec[];
  /**
   * Called when it is switched on, and once the founders are there: fills its columns for all who live, where zeros or copies of
   * genomes are not what they begin with.
   */
  begin?(population: Population, parameters: P, context: MechanismContext): void;
  /** Its step at birth, once the newborns' genomes are complete and expressed: what they get besides them. Its columns are filled as they start. */
  born?(births: Births, parameters: P, context: MechanismContext): void;
  /**
   * What it adds to the log fitness of each organism on a landscape: a function of the row, made anew for every generation; absent
   * where it does not bear on fitness. In the plane a mechanism acts on energy instead.
   */
  logFitness?(population: Population, parameters: P, context: MechanismContext): (row: number) => number;
  /** Further traits that it reads: genomes carry their loci where it is on when a world begins, or where the scene says so (`genome.carries`). */
  readonly traits?: readonly FurtherTraitId[];
  /** Those of them without whose loci it would do nothing: where genomes lack one it cannot be switched on. */
  readonly needs?: readonly FurtherTraitId[];
  /** What is wrong with parameters that are each in range, if anything: the field to put right, and how. */
  problem?(parameters: P): { readonly field: string; readonly text: string } | undefined;
  /** Where its parameters say which of `traits` it reads: only those are carried for it, and it needs all of them. */
  reads?(parameters: P): readonly FurtherTraitId[];
  /** True when its step in inheritance writes new values into genomes: assays switch it off, and copies of loci carry a ledger for it. */
  readonly makesVariation?: boolean;
  /** Whether it can write no value in a population, whatever its switch: then copies need no ledger for it. */
  writesNothing?(population: Population): boolean;
  /** True when its step in life changes genomes (and notes it in `population.transfers`): it then has a ledger too. */
  readonly changesGenomes?: boolean;
  /**
   * Its step before births: decides with whom those breed who are about to. The column `parents` holds
   * `population.breeders` rows, ascending, a parent as often as it is to have offspring. Sets `population.paired`, writes the
   * partner's row beside it into the column `mates`, and removes the entries of those who found nobody.
   */
  pair?(population: Population, parameters: P, context: PairContext): void;
  /**
   * How strongly a chooser is drawn to a candidate: a factor of at least 0 on the chance to be chosen, 0 for never. Made
   * once a tick; whoever pairs multiplies the factors of all mechanisms that are on.
   */
  weigh?(population: Population, parameters: P, context: MechanismContext): Attraction;
}

/** Rows of chooser and candidate to a factor of at least 0. @experimental */
export type Attraction = (chooser: number, candidate: number) => number;

/**
 * What a mechanism may use besides the organisms: the tick, draws of its own that no other mechanism shares, and who is near.
 * @experimental
 */
export interface MechanismContext {
  readonly tick: number;
  /** Key of this mechanism's own random stream in this population (two 32-bit words). */
  readonly stream: readonly [number, number];
  /**
   * Rows of the same population within `reach` lengths of where a row stood when the tick began, itself left out, in no
   * particular order. Writes as many as there are, `out` growing as needed, and returns their number. A habitat without places has everybody near.
   */
  nearInto(population: Population, row: number, reach: number, out: NearList): number;
  /**
   * Writes the gradient of log fitness at what a row acts by (its expressed genome, unless it has acquired something), as the landscape is in this tick, into
   * the array that `room` gives for so many loci; returns their number. Absent in a habitat without one.
   */
  readonly gradientInto?: (population: Population, row: number, room: (loci: number) => Float64Array) => number;
  /**
   * Of a landscape on which organisms can try out what is left open: loci of a row that are open, and -1 where none of its trials can
   * succeed. Absent elsewhere.
   */
  readonly openLoci?: (population: Population, row: number) => number;
  /** Writes a place on open ground that two uniform numbers choose; absent in a habitat without places. */
  readonly scatter?: (u: number, v: number, out: Float64Array) => void;
}

/** What a mechanism may use that decides who mates with whom. @experimental */
export interface PairContext extends MechanismContext {
  /**
   * Rows of those who might mate with an organism for its `entry`-th offspring of this tick, as `nearInto` gives them. A
   * habitat without places draws some by their fitness, anew for every offspring.
   */
  candidatesInto(population: Population, row: number, entry: number, reach: number, out: NearList): number;
  /** Whether a candidate may stand there more than once, each time counting by itself; else nothing depends on their order. */
  readonly candidatesRepeat: boolean;
  /** Factors of the mechanisms that are on in this population. */
  readonly attractions: readonly Attraction[];
}
