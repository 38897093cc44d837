import type { z } from 'zod';
import { assortativeMating } from './assortative-mating.ts';
import { culture } from './culture.ts';
import { curiosity } from './curiosity.ts';
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
import { recombination } from './recombination.ts';
import { segregationDistortion } from './segregation-distortion.ts';
import { sexualReproduction } from './sexual-reproduction.ts';
import { transfer } from './transfer.ts';
import { transposons } from './transposons.ts';
import { trialLearning } from './trial-learning.ts';

/**
 * All mechanisms that scenes can switch on. The order of the traits is that of their loci in genomes, on which files and draws depend: append new ones.
 * @experimental
 */
export const mechanisms = new MechanismSet(
  [learning, gradientStep, imitation, mateChoice, offspringPreference, payoffs].map(({ id }) => id),
);

type ParametersOf<S> = S extends z.ZodObject
  ? z.output<S>
  : S extends (traits: TraitNames) => infer O
    ? O extends z.ZodObject
      ? z.output<O>
      : never
    : never;

/**
 * Adds a mechanism to those that scenes can switch on, last in the order of inheritance.
 * @returns the mechanism
 * @throws {Error} as `MechanismSet.add`
 * @experimental
 */
export function registerMechanism<
  S extends z.ZodObject | ((traits: TraitNames) => z.ZodObject),
  P extends object = ParametersOf<S>,
>(mechanism: Mechanism<P> & { readonly parameters: S }): Mechanism<P> {
  mechanisms.add(mechanism as unknown as Mechanism);
  return mechanism;
}

registerMechanism(sexualReproduction);
registerMechanism(mateDistance);
registerMechanism(assortativeMating);
registerMechanism(mateChoice);
registerMechanism(offspringPreference);
registerMechanism(recombination);
registerMechanism(segregationDistortion);
registerMechanism(transfer);
registerMechanism(payoffs);
registerMechanism(curiosity);
registerMechanism(learning);
registerMechanism(imitation);
registerMechanism(trialLearning);
registerMechanism(gradientStep);
registerMechanism(explore);
registerMechanism(transposons);
registerMechanism(mutation);
registerMechanism(epigeneticMarks);
registerMechanism(culture);
registerMechanism(migration);
