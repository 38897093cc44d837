import { answerCsv, answerJson, answerRows, answerTable, type LabAnswer } from '../../experiment/lab-answer.ts';
import { drawAnswer } from '../../experiment/lab-figure.ts';
import { software } from '../../export/index.ts';
import type { Io } from '../io.ts';
import { parquetOf, type ResultFiles } from '../result-files.ts';
import { provenanceName } from '../run-directory.ts';
import type { QuestionPlan } from './plan-question.ts';

/** Names of the files of a question. */
export const questionNames = (id: string): readonly string[] => [
  `${id}.parquet`,
  `${id}.csv`,
  `${id}.json`,
  `${id}.svg`,
  provenanceName,
];

/** The files of a call: the table, the same as CSV, the means as JSON, the figure, and provenance. */
export function questionFiles(io: Io, plan: QuestionPlan, answer: LabAnswer, seedGenerated: boolean): ResultFiles {
  const { question, form, sweep, replicates, seed, cells } = plan;
  const { id } = question;
  const [{ asked }] = cells[0].tasks;
  const swept = new Set(sweep.map(({ name }) => name));
  const provenance = {
    software,
    command: 'lab',
    ask: id,
    landscape: form,
    sweep: Object.fromEntries(sweep.map((one) => [one.name, one.values])),
    fixed: Object.fromEntries(Object.entries({ ...asked.values, ...asked.parameters }).filter(([name]) => !swept.has(name))),
    replicates,
    seed,
    seed_generated: seedGenerated,
    environment: io.environment,
  };
  return {
    [`${id}.parquet`]: parquetOf(answerTable(question, answer.swept), answerRows(answer)),
    [`${id}.csv`]: answerCsv(answer),
    [`${id}.json`]: answerJson(answer),
    [`${id}.svg`]: `${drawAnswer(answer, { width: 560, height: 380, ink: '#222222', faint: '#88888866' })}\n`,
    [provenanceName]: `${JSON.stringify(provenance, null, 2)}\n`,
  };
}
