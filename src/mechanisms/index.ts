import type { z } from 'zod';
import type { Capability } from '../population/capabilities.ts';
import * as all from './all.ts';
import type { Mechanism, TraitNames } from './mechanism.ts';
import { MechanismSet } from './mechanism-set.ts';
import { valuesInOrder } from './values-in-order.ts';

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

/**
 * The standard mechanisms, in the order of inheritance: those of all.ts that are named here, then the others by name. The order of the traits is
 * that of their loci in genomes, on which files and draws depend: name new ones at the end.
 * @experimental
 */
export const mechanisms = new MechanismSet(
  valuesInOrder(all, [
    'sexualReproduction',
    'mateDistance',
    'assortativeMating',
    'mateChoice',
    'offspringPreference',
    'recombination',
    'segregationDistortion',
    'transfer',
    'payoffs',
    'curiosity',
    'learning',
    'imitation',
    'trialLearning',
    'gradientStep',
    'explore',
    'transposons',
    'mutation',
    'epigeneticMarks',
    'culture',
    'migration',
  ]),
  [all.learning, all.gradientStep, all.imitation, all.mateChoice, all.offspringPreference, all.payoffs].map(({ id }) => id),
);
