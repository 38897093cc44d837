import type { z } from 'zod';
import type { ActionId } from '../policy/actions.ts';
import type { Births } from '../population/births.ts';
import type { Population } from '../population/population.ts';

/**
 * A mechanism of inheritance or of life that can be switched on and off for each population while the world runs.
 * One file declares one mechanism; switches, flags, scene schema and reference are generated from the declaration.
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
}

/** What a mechanism may use besides the organisms: the tick, and draws of its own that no other mechanism shares. */
export interface MechanismContext {
  readonly tick: number;
  /** Key of this mechanism's own random stream in this population (two 32-bit words). */
  readonly stream: readonly [number, number];
}
