import { formVariables } from '../../analysis/lab/questions/asked.ts';

/** Models whose runs are simulations of organisms, and those that are gradient methods. */
export const simulatedModels = ['annealing', 'fixation', 'wright-fisher', 'moran'] as const;
export const optimiserModels = ['sgd', 'momentum', 'rmsprop', 'adagrad', 'adam'] as const;
export const labModels = [...simulatedModels, 'population-based-training', ...optimiserModels] as const;

export type LabModel = (typeof labModels)[number];
export type SimulatedModel = (typeof simulatedModels)[number];

/** Number of loci where neither the call nor the landscape sets it. */
export const usualDimensions = 20;

export function isSimulated(model: LabModel): model is SimulatedModel {
  return (simulatedModels as readonly string[]).includes(model);
}

/** A variable of a model that can be swept. */
export interface LabVariable {
  readonly name: string;
  readonly meaning: string;
  readonly models: readonly LabModel[];
  /** Default value; undefined where it depends on the landscape: the number of loci, and the tilt. */
  readonly fallback?: number;
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

const crowds: readonly LabModel[] = ['wright-fisher', 'moran'];
const learners: readonly LabModel[] = ['population-based-training', ...optimiserModels];

export const labVariables: readonly LabVariable[] = [
  {
    name: 'sigma',
    meaning: 'standard deviation of mutation, every locus of a newborn, locus units',
    models: simulatedModels,
    fallback: 0.02,
    least: 1e-6,
    most: 5,
  },
  {
    name: 'h',
    meaning: 'chance per locus and generation of a copy from another organism of the population',
    models: crowds,
    fallback: 0,
    least: 0,
    most: 1,
  },
  {
    name: 'size',
    meaning: 'number of organisms or learners; with fixation, size of the population in which a mutant fixes',
    models: ['fixation', 'wright-fisher', 'moran', 'population-based-training'],
    fallback: 100,
    least: 2,
    most: 200_000,
    whole: true,
  },
  { name: 'dimensions', meaning: 'loci', models: labModels, least: 1, most: 1000, whole: true },
  {
    name: 'start',
    meaning: 'value of every locus at the start, locus units',
    models: labModels,
    fallback: 1,
    least: -1e4,
    most: 1e4,
  },
  {
    name: 'tilt',
    meaning: 'added to the first locus at the start, locus units; 1 where equal loci would be at rest, otherwise 0',
    models: labModels,
    least: -1e4,
    most: 1e4,
  },
  { name: 'b', meaning: 'inverse temperature, 1/log fitness', models: ['annealing'], fallback: 1, least: 0.001, most: 1e6 },
  { name: 'rate', meaning: 'learning rate', models: learners, fallback: 0.01, least: 1e-9, most: 1e9 },
  {
    name: 'noise',
    meaning: 'standard deviation at each locus of the noise in a learner’s gradient',
    models: learners,
    fallback: 0,
    least: 0,
    most: 1e9,
  },
  {
    name: 'interval',
    meaning: 'gradient steps between rounds of exploit and explore',
    models: ['population-based-training'],
    fallback: 10,
    least: 1,
    most: 1e6,
    whole: true,
  },
];

/** Names of all variables of a model on a landscape that can be swept. */
export function variableNames(model: LabModel, form: string): readonly string[] {
  return [...labVariables.filter(({ models }) => models.includes(model)).map(({ name }) => name), ...formVariables(form)];
}
