import { countOf, whole } from '../words.ts';
import type { FormProblem } from './read-form.ts';

/** Most samples, over all runs, that the page holds: some 100 MB with forty measures. */
const mostSamples = 300_000;
/** Most runs: the means of all are computed again as each comes further. */
const mostRuns = 1000;
/** Most combinations that are drawn: each has a colour and dash that no other has. */
const mostCells = 28;

/** Why a plan is too large to be run in the page; undefined when it is not. */
export function pageLimit(cells: number, runs: number, samples: number): FormProblem | undefined {
  const otherwise = 'or save the plan and give it to upslope sweep';
  if (cells > mostCells) {
    return {
      field: 'values',
      text: `values: these are ${cells}, and the page draws at most ${mostCells}; give fewer, ${otherwise}`,
    };
  }
  if (runs > mostRuns) {
    return {
      field: 'seeds',
      text: `seeds: these are ${whole(runs)} runs, and the page makes at most ${whole(mostRuns)}; give fewer seeds, ${otherwise}`,
    };
  }
  if (runs * samples <= mostSamples) return undefined;
  const these = `${countOf(runs, 'run')} with ${countOf(samples, 'sample')} each`;
  return {
    field: 'seeds',
    text: `seeds: these are ${these}, and the page holds at most ${whole(mostSamples)} samples; give fewer seeds, more ticks between samples, ${otherwise}`,
  };
}
