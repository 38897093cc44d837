import type { z } from 'zod';
import type { Capability } from '../population/capabilities.ts';
import type { Mechanism, TraitNames } from './mechanism.ts';

type ParametersOf<S> = S extends z.ZodObject
  ? z.output<S>
  : S extends (traits: TraitNames) => infer O
    ? O extends z.ZodObject
      ? z.output<O>
      : never
    : never;

/**
 * A mechanism as a value: returns what it is given. Its steps get parameters of the type that its schema describes, and
 * populations that have what it `needs`.
 * @experimental
 */
export function mechanism<
  S extends z.ZodObject | ((traits: TraitNames) => z.ZodObject),
  N extends Capability = never,
  P extends object = ParametersOf<S>,
>(declared: Mechanism<P, N> & { readonly parameters: S; readonly needs?: readonly N[] }): Mechanism<P> {
  return declared;
}
