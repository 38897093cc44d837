import type { LabQuestion } from '../../analysis/lab/questions/question.ts';
import { answerMeans, type LabAnswer, variedIn } from '../../experiment/lab-answer.ts';
import { tableLines } from '../table-lines.ts';
import { showEstimate } from './print-lab.ts';

/**
 * The table of an answer: a line for each combination and shown row, each measure with its standard error over the runs. @param
 * isShown which rows; by default all
 */
export function printAnswer(answer: LabAnswer, replicates: number, isShown: LabQuestion['shown']): string {
  const { question, form, swept } = answer;
  const rows = answerMeans(answer).filter(({ keys }) => isShown?.(keys) ?? true);
  const varied = variedIn(answer);
  const showKey = (key: string | number) => (typeof key === 'string' ? key : String(Number(key.toPrecision(6))));
  const lines = [
    [...varied.map((i) => swept[i]), ...question.keys.map(({ title }) => title), ...question.measures.map(({ title }) => title)],
    ...rows.map(({ cell, keys, means, errors }) => [
      ...varied.map((i) => String(cell.values[i])),
      ...keys.map(showKey),
      ...means.map((value, m) => showEstimate(value, errors[m])),
    ]),
  ];
  const runs = question.exact ? 'exact' : `${replicates} ${replicates === 1 ? 'run' : 'runs'}; mean and standard error`;
  const where = form === '' ? question.title : `${question.title}, ${form}`;
  return `${[`${where}: ${runs}`, ...tableLines(lines)].join('\n')}\n`;
}
