import type { LabKey, LabQuestionText, LabRow } from '../analysis/lab/questions/question.ts';
import { csvField } from '../export/csv-field.ts';
import { type Cell, columnName, type ExportColumn, type ExportTable } from '../export/export-table.ts';
import { mean, standardError } from '../math/statistics.ts';

/** One run of a question: its name, seed and rows. */
export interface LabRun {
  readonly id: string;
  readonly seed: string;
  readonly rows: readonly LabRow[];
}

/** A combination of what was swept, with its runs. */
export interface LabAnswerCell {
  /** A value for each name of `LabAnswer.swept`. */
  readonly values: readonly number[];
  readonly runs: readonly LabRun[];
}

/** The answer to a question. */
export interface LabAnswer {
  readonly question: LabQuestionText;
  /** Id of the landscape, or ''. */
  readonly form: string;
  readonly swept: readonly string[];
  readonly cells: readonly LabAnswerCell[];
}

/** A row of the answer over the runs of its combination. */
export interface LabMean {
  readonly cell: LabAnswerCell;
  readonly keys: LabRow['keys'];
  /** For each measure: mean over the runs that have a value, and its standard error; NaN if there are none, or one. */
  readonly means: readonly number[];
  readonly errors: readonly number[];
}

/** Places, among the swept parameters, of those with more than one value: the others are the same everywhere. */
export function variedIn({ swept, cells }: LabAnswer): number[] {
  return swept.flatMap((_, i) => (new Set(cells.map(({ values }) => values[i])).size > 1 ? [i] : []));
}

/** The rows of an answer over runs, combination by combination. */
export function answerMeans({ cells, question }: LabAnswer): LabMean[] {
  return cells.flatMap((cell) =>
    cell.runs[0].rows.map(({ keys }, r) => {
      const known = question.measures.map((_, m) =>
        cell.runs.map(({ rows }) => rows[r].measures[m]).filter((value) => !Number.isNaN(value)),
      );
      return { cell, keys, means: known.map(mean), errors: known.map(standardError) };
    }),
  );
}

/** Columns of the swept parameters; a name that the table already has gets a prefix. */
export function sweptColumns(names: readonly string[], reserved: ReadonlySet<string>): ExportColumn[] {
  return names.map((name) => {
    const column = columnName(name);
    return {
      name: reserved.has(column) ? `swept_${column}` : column,
      type: 'DOUBLE',
      nullable: false,
      unit: '',
      description: `Value of ${name} in this run.`,
    };
  });
}

const keyColumn = ({ name, unit, kind, description }: LabKey): ExportColumn => ({
  name,
  type: kind === 'text' ? 'STRING' : 'DOUBLE',
  nullable: false,
  unit,
  description,
});

/** The table of an answer: a row for each run and each row of its answer. */
export function answerTable(question: LabQuestionText, swept: readonly string[]): ExportTable {
  const text = (name: string, description: string): ExportColumn => ({
    name,
    type: 'STRING',
    nullable: false,
    unit: '',
    description,
  });
  const before = [
    text('run', 'Name of the run: the same name means the same result bit for bit.'),
    text('seed', 'Seed of the run.'),
    text('landscape', 'Id of the landscape; empty for a question without one.'),
  ];
  const after = [
    ...question.keys.map(keyColumn),
    ...question.measures.map(
      ({ name, unit, description }): ExportColumn => ({ name, type: 'DOUBLE', nullable: true, unit, description }),
    ),
  ];
  const reserved = new Set([...before, ...after].map(({ name }) => name));
  return {
    name: question.id,
    title: question.title,
    row: 'A row of the answer in a run.',
    columns: [...before, ...sweptColumns(swept, reserved), ...after],
  };
}

/** Rows of that table. */
export function answerRows({ form, cells }: LabAnswer): Cell[][] {
  return cells.flatMap(({ values, runs }) =>
    runs.flatMap(({ id, seed, rows }) => rows.map(({ keys, measures }) => [id, seed, form, ...values, ...keys, ...measures])),
  );
}

/** The table as CSV. */
export function answerCsv(answer: LabAnswer): string {
  const { columns } = answerTable(answer.question, answer.swept);
  const field = (cell: Cell) =>
    typeof cell === 'string' ? csvField(cell) : typeof cell === 'number' && !Number.isNaN(cell) ? String(cell) : '';
  const lines = [columns.map(({ name }) => name), ...answerRows(answer).map((row) => row.map(field))];
  return `${lines.map((line) => line.join(',')).join('\n')}\n`;
}

/** Means over runs as JSON: a list of objects, with `NAME_error` for each measure that has a standard error. */
export function answerJson(answer: LabAnswer): string {
  const { question, form, swept } = answer;
  const rows = answerMeans(answer).map(({ cell, keys, means, errors }) =>
    Object.fromEntries([
      ...swept.map((name, i) => [name, cell.values[i]]),
      ...question.keys.map(({ name }, i) => [name, keys[i]]),
      ...question.measures.flatMap(({ name }, m) => [
        [name, means[m]],
        ...(Number.isNaN(errors[m]) ? [] : [[`${name}_error`, errors[m]]]),
      ]),
    ]),
  );
  const columns = [...question.keys, ...question.measures].map(({ name, unit, description }) => ({ name, unit, description }));
  return `${JSON.stringify({ question: question.id, title: question.title, landscape: form, columns, rows }, null, 1)}\n`;
}
