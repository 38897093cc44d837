import type { z } from 'zod';
import type { Capability } from '../population/capabilities.ts';
import { assortativeMating } from './assortative-mating.ts';
import { culture } from './culture.ts';
import { curiosity } from './curiosity.ts';
import { digestion } from './digestion.ts';
import { epigeneticMarks } from './epigenetic-marks.ts';
import { explore } from './explore.ts';
import { gradientStep } from './gradient-step.ts';
import { imitation } from './imitation.ts';
import { learning } from './learning.ts';
import { mateChoice } from './mate-choice.ts';
import { mateDistance } from './mate-distance.ts';
import type { Mechanism, TraitNames } from './mechanism.ts';
import { MechanismSet } from './mechanism-set.ts';
import { migration } from './migration.ts';
import { mutation } from './mutation.ts';
import { offspringPreference } from './offspring-preference.ts';
import { payoffs } from './payoffs.ts';
import { poison } from './poison.ts';
import { recombination } from './recombination.ts';
import { segregationDistortion } from './segregation-distortion.ts';
import { sexualReproduction } from './sexual-reproduction.ts';
import { transfer } from './transfer.ts';
import { transposons } from './transposons.ts';
import { trialLearning } from './trial-learning.ts';

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
 * The standard mechanisms, in the order of inheritance. The order of the traits is that of their loci in genomes, on which files and draws
 * depend: append new ones.
 * @experimental
 */
export const mechanisms = new MechanismSet(
  [
    sexualReproduction,
    mateDistance,
    assortativeMating,
    mateChoice,
    offspringPreference,
    recombination,
    segregationDistortion,
    transfer,
    payoffs,
    poison,
    digestion,
    curiosity,
    learning,
    imitation,
    trialLearning,
    gradientStep,
    explore,
    transposons,
    mutation,
    epigeneticMarks,
    culture,
    migration,
  ],
  [learning, gradientStep, imitation, mateChoice, offspringPreference, payoffs].map(({ id }) => id),
);
