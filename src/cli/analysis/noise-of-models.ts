import { valuesOf } from '../../analysis/lab/questions/asked.ts';
import { findQuestion } from '../../analysis/lab/questions/index.ts';
import type { LabQuestion } from '../../analysis/lab/questions/question.ts';

/** The noise of single steps of models of the lab, with which that of a world is compared. */
export interface ModelsNoise {
  /** Loci of the regression. */
  readonly dimensions: unknown;
  readonly models: readonly {
    readonly model: string;
    /** At the middle distance: noise over step, rank, along over across, kurtosis along and across. */
    readonly middle: readonly number[];
    /** Length of the gradient and standard deviation of the noise, at each distance. */
    readonly slopes: readonly number[];
    readonly deviations: readonly number[];
  }[];
}

/** Measures the noise of four models on one linear regression; a function of the seed. */
export function noiseOfModels(seed: string): ModelsNoise {
  const question = findQuestion('noise') as LabQuestion;
  const values = valuesOf(question, 'regression', {}, { draws: 1000, sigma: 0.02 });
  const rows = question.measure({ form: 'regression', parameters: {}, values, seed });
  const place = (name: string) => question.measures.findIndex((one) => one.name === name);
  const names = ['ratio', 'rank', 'along_across', 'kurtosis_along', 'kurtosis_across'];
  const models = ['sgd', 'wright-fisher', 'fixation', 'annealing'].map((model) => {
    const own = rows.filter(({ keys }) => keys[0] === model);
    const middle = own.find(({ keys }) => keys[1] === values.distance) ?? own[0];
    const of = (name: string) => own.map(({ measures }) => measures[place(name)]);
    return { model, middle: names.map((name) => middle.measures[place(name)]), slopes: of('slope'), deviations: of('deviation') };
  });
  return { dimensions: values.dimensions, models };
}
