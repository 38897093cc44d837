import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';
import { engineStreams } from '../population/population.ts';
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
import type { Habitat, Mechanism } from './mechanism.ts';
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

const registry = new Map<string, Mechanism>();

/**
 * Adds a mechanism to those that scenes can switch on. Order of registration is order of inheritance.
 * @returns the mechanism
 * @throws {Error} when the id is taken or malformed.
 * @experimental
 */
export function registerMechanism<S extends z.ZodObject, P extends object = z.output<S>>(
  mechanism: Mechanism<P> & { readonly parameters: S },
): Mechanism<P> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(mechanism.id)) {
    throw new Error(`mechanism id '${mechanism.id}': use lower-case letters, digits and hyphens, at most 40`);
  }
  if ((engineStreams as readonly string[]).includes(mechanism.id)) {
    throw new Error(`mechanism id '${mechanism.id}' is the name of one of the engine's random streams; choose another`);
  }
  if (registry.has(mechanism.id)) throw new Error(`mechanism '${mechanism.id}' is registered already`);
  registry.set(mechanism.id, mechanism as unknown as Mechanism);
  return mechanism;
}

/** All mechanisms in the order of inheritance, or those that mean something in a habitat. @experimental */
export function allMechanisms(habitat?: Habitat): readonly Mechanism[] {
  return [...registry.values()].filter(({ habitats }) => !habitat || !habitats || habitats.includes(habitat));
}

/** Ids of the mechanisms that change traits between parent and child or within a genome's life: each has a ledger. */
export function inheritedMechanisms(habitat?: Habitat): readonly string[] {
  return allMechanisms(habitat)
    .filter(({ inherit, changesGenomes }) => inherit !== undefined || changesGenomes === true)
    .map(({ id }) => id);
}

/** Ids of the mechanisms that write new values into genomes at birth: copies of loci have a ledger for each. */
export function variationMechanisms(habitat?: Habitat): readonly string[] {
  return allMechanisms(habitat)
    .filter(({ makesVariation }) => makesVariation === true)
    .map(({ id }) => id);
}

/** Schema of the `mechanisms` of a population: every one of its habitat, with its switch `on`. */
export function mechanismParameters(habitat: Habitat) {
  const shape: Record<string, z.ZodType> = {};
  for (const mechanism of allMechanisms(habitat)) {
    shape[mechanism.id] = mechanism.parameters
      .extend({
        on: parameter(z.boolean().default(false), {
          title: mechanism.title,
          description: mechanism.summary,
          unit: '',
          live: true,
        }),
      })
      .prefault({})
      .meta({ title: mechanism.title, description: mechanism.summary });
  }
  return z.strictObject(shape).prefault({}) as unknown as z.ZodPrefault<
    z.ZodType<Record<string, { on: boolean } & Record<string, unknown>>>
  >;
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
