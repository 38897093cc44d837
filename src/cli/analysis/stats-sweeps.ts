import { statisticRow } from '../../experiment/stats/statistic-rows.ts';
import { risesOfRun, type Sweep, sweepRows, sweepsOfWindow } from '../../experiment/stats/sweeps-of-run.ts';
import { planNodes } from '../../export/tskit/plan-nodes.ts';
import type { Answer, Question } from './stats-question.ts';

/** Sweeps of each window, judged by the drift that its demography says. Called when the rows of demography are there. */
export function describeSweeps({ run, population, name, windows }: Question, answer: Answer): void {
  const { history } = run;
  const rises = risesOfRun(history, planNodes(history), population);
  const { names, ploidy } = history.populations[population];
  const nameOf = (locus: number) => (names ? `${names[locus].segment} ${names[locus].name}` : `locus ${locus}`);
  const demography = answer.rows.filter(({ kind }) => kind === 'population');
  for (const window of windows) {
    const place = { population: name, ...window, kind: 'population', group: '' } as const;
    const of = (id: string) =>
      demography.find(({ statistic, from, to }) => statistic === id && from === window.from && to === window.to);
    const size = of('ne_variance');
    const effectiveShare = (size?.value ?? Number.NaN) / (of('census_size')?.value ?? Number.NaN);
    if (!Number.isFinite(effectiveShare)) {
      const note = `the variance effective size is not defined: ${size?.note ?? ''}`;
      answer.rows.push(...(['sweeps', 'sweep_strength'] as const).map((id) => statisticRow(place, id, Number.NaN, 0, { note })));
      continue;
    }
    const generation = of('generation_time')?.value ?? Number.NaN;
    const found = sweepsOfWindow(rises, window, { generation, effectiveShare, ploidy });
    answer.rows.push(...sweepRows(place, found, nameOf));
    answer.sweeps.push(...found.sweeps.map((sweep: Sweep) => ({ ...window, name: nameOf(sweep.locus), sweep })));
  }
}
