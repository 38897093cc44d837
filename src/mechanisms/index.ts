import * as all from './all.ts';
import { MechanismSet } from './mechanism-set.ts';
import { valuesInOrder } from './values-in-order.ts';

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
    'poison',
    'digestion',
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
    'revival',
  ]),
  [all.learning, all.gradientStep, all.imitation, all.mateChoice, all.offspringPreference, all.payoffs].map(({ id }) => id),
);
