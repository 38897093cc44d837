import type { WorldText } from '../../../worker/describe-world.ts';
import type { PlotLine, PlotListing, PlotSpec } from '../../ui/series-columns.ts';

const jackknife = 'Band: one standard error to either side, over about 200 ticks up to each.';

/** What the dashed line of a model is. */
const predictions: ReadonlyMap<string, string> = new Map([
  ['annealing', 'Dashed: the limit of small mutations for one proposal.'],
  ['fixation', 'Dashed: the limit of small mutations for one mutant.'],
  ['wright-fisher', 'Dashed: the breeder’s equation, G times the gradient (Lande 1979).'],
  ['moran', 'Dashed: the breeder’s equation, G times the gradient over N (Lande 1979).'],
]);

/**
 * Plots of a landscape and the columns that they need: how well steps of the mean follow the gradient, and how fast they climb.
 * For models with a single genome there is no G.
 */
export function landscapePlots(world: WorldText): PlotListing {
  const population = world.populations[0]?.name ?? '';
  const columns: number[] = [];
  const place = (name: string): number => {
    const column = world.columns.findIndex((one) => one.name === `${population}.${name}`);
    columns.push(column);
    return columns.length - 1;
  };
  const measured = (name: string, title: string): PlotLine => ({
    name,
    title,
    mean: place(name),
    variance: place(`${name}.variance`),
  });
  /** Nothing if theory makes no prediction. */
  const theory = (name: string): PlotLine[] =>
    expected === '' ? [] : [{ name, title: 'theory', mean: place(name), isTheory: true }];
  const model = world.landscape?.model;
  const oneAtATime = model === 'annealing' || model === 'fixation';
  // Models without a prediction have none.
  const expected = predictions.get(model ?? 'wright-fisher') ?? '';
  const plots: PlotSpec[] = [
    {
      key: 'cosine',
      title: 'Cosine of the step to the gradient',
      unit: '',
      reading: `Solid: steps of a window taken together. Long dashes: single steps, on average. 1 is straight up the gradient. ${jackknife}`,
      lines: [measured('cosine.together', 'together'), measured('cosine.single', 'single')],
      band: 'se',
    },
  ];
  if (!oneAtATime) {
    plots.push({
      key: 'response',
      title: 'Cosine of the step to G × gradient',
      unit: '',
      reading: `The same for the direction that the present variation allows. ${jackknife}`,
      lines: [measured('response.together', 'together'), measured('response.single', 'single')],
      band: 'se',
    });
  }
  plots.push(
    {
      key: 'speed',
      title: 'Speed',
      unit: 'log fitness per tick',
      reading: `Gain of the mean genome. ${expected} ${jackknife}`,
      lines: [measured('speed', 'measured'), ...theory('speed.expected')],
      band: 'se',
    },
    {
      key: 'along',
      title: 'Step along the gradient',
      unit: 'locus units per tick',
      reading: `${expected} ${jackknife}`,
      lines: [measured('along', 'measured'), ...theory('along.expected')],
      band: 'se',
    },
  );
  if (!oneAtATime) {
    plots.push({
      key: 'rank',
      title: 'Effective rank of G',
      unit: 'directions',
      reading: '(tr G)² / tr(G²): in how many directions the population varies. Band: lowest and highest in a stretch of ticks.',
      lines: [{ name: 'rank', title: 'rank', mean: place('rank') }],
    });
  }
  return { plots, columns };
}
