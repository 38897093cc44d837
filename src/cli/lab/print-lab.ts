import { mean, standardError } from '../../math/statistics.ts';
import { tableLines } from '../table-lines.ts';
import type { LabResults } from './lab-files.ts';
import { labMeasures, shownMeasures } from './lab-task.ts';
import type { LabPlan } from './plan-lab.ts';

/** The table of a call: a line for each combination, each measure with its standard error over the replicates. */
export function printLab({ form, model, sweep, cells, replicates, ticks, burnIn, note }: LabPlan, results: LabResults): string {
  const titles = shownMeasures.map((name) => labMeasures.find((one) => one.name === name)?.title ?? name);
  const lines = [
    [...sweep.map(({ name }) => name), ...titles],
    ...cells.map(({ values }, c) => [
      ...values.map(String),
      ...shownMeasures.map((name) => showMean(results[c].map((run) => run[name]))),
    ]),
  ];
  const table = tableLines(lines);
  const head = `${form}, ${model}: ${replicates} ${replicates === 1 ? 'replicate' : 'replicates'}, ${ticks} steps after ${burnIn}; mean and standard error`;
  const diverged = cells.flatMap(({ values }, c) => {
    const count = results[c].filter((run) => run.diverged === 1).length;
    if (count === 0) return [];
    const where = sweep.map(({ name }, i) => `${name} ${values[i]}`).join(', ');
    return [`${count} of ${replicates} diverged${where && ` at ${where}`}: their steps are too long for this landscape`];
  });
  return `${[head, ...table, ...diverged, ...(note === undefined ? [] : [note])].join('\n')}\n`;
}

/** Mean and standard error over the replicates that have a value. */
function showMean(all: readonly number[]): string {
  const values = all.filter((value) => !Number.isNaN(value));
  return showEstimate(mean(values), standardError(values));
}

/** A value and its standard error, NaN where it is unknown; a dash where there is no value. */
export function showEstimate(value: number, error: number): string {
  if (Number.isNaN(value)) return '-';
  if (Number.isNaN(error)) return value.toPrecision(4);
  // What is left of equal values is rounding.
  if (!(error > 1e-9 * Math.abs(value))) {
    return `${value === 0 || Math.abs(value) >= 0.1 ? value.toFixed(4) : value.toPrecision(4)} ± 0`;
  }
  // Digits such that the error has two, so that columns can be read.
  const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))));
  return `${value.toFixed(digits)} ± ${error.toFixed(digits)}`;
}
