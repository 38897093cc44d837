import type { ProbeColumn } from '../../simulation/types.ts';

/** Estimates over a sliding window, in the order of a sample; each is followed by its squared standard error. */
export const windowMeasures = [
  { name: 'cosine.together', title: 'Cosine of the steps of a window, taken together, to the gradient', unit: '' },
  { name: 'cosine.single', title: 'Mean cosine of single steps to the gradient', unit: '' },
  { name: 'response.together', title: 'Cosine of the steps of a window, taken together, to G times the gradient', unit: '' },
  { name: 'response.single', title: 'Mean cosine of single steps to G times the gradient', unit: '' },
  { name: 'along', title: 'Mean step along the gradient', unit: 'locus units/tick' },
  { name: 'speed', title: 'Mean gain of the mean genome', unit: 'log fitness/tick' },
] as const satisfies readonly ProbeColumn[];

/** Columns after these. */
export const otherMeasures = [
  { name: 'along.expected', title: 'Step along the gradient by theory', unit: 'locus units/tick' },
  { name: 'speed.expected', title: 'Gain by theory, to first order', unit: 'log fitness/tick' },
  { name: 'rank', title: 'Effective rank of G', unit: 'directions' },
] as const satisfies readonly ProbeColumn[];

/** Columns of a population on a landscape that only the page keeps, in the order of a sample. */
export const landscapeColumns = (population: string): ProbeColumn[] =>
  [
    ...windowMeasures.flatMap(({ name, title, unit }) => [
      { name, title, unit },
      { name: `${name}.variance`, title: `${title}: squared standard error`, unit: unit === '' ? '' : `(${unit})^2` },
    ]),
    ...otherMeasures,
  ].map((column) => ({ ...column, name: `${population}.${column.name}` }));
