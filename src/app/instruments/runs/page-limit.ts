import { countOf, whole } from '../../ui/words.ts';
import type { FormProblem } from './read-form.ts';

/** Most samples, over all runs, that the page holds: about 100 MB with forty measures. */
const mostSamples = 300_000;
/** Most runs: the means of all are computed again with each new sample. */
const mostRuns = 1000;
/** Most combinations that are drawn: each has a unique colour and dash. */
const mostCells = 28;

/** Why a plan is too large for the page; undefined if it is not. */
export function pageLimit(cells: number, runs: number, samples: number): FormProblem | undefined {
  const otherwise = 'or save the plan and give it to upslope sweep';
  if (cells > mostCells) {
    return {
      field: 'values',
      text: `values: the page draws at most ${mostCells} combinations (got ${cells}); give fewer, ${otherwise}`,
    };
  }
  if (runs > mostRuns) {
    return {
      field: 'seeds',
      text: `seeds: the page makes at most ${whole(mostRuns)} runs (got ${whole(runs)}); give fewer seeds, ${otherwise}`,
    };
  }
  if (runs * samples <= mostSamples) return undefined;
  const these = `${countOf(runs, 'run')} with ${countOf(samples, 'sample')} each`;
  return {
    field: 'seeds',
    text: `seeds: the page holds at most ${whole(mostSamples)} samples (got ${these}); give fewer seeds, more ticks between samples, ${otherwise}`,
  };
}
