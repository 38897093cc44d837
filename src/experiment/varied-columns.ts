import { columnName } from '../export/export-table.ts';
import type { ExportColumn, Cell as TableCell } from '../export/index.ts';
import type { Cell, Sweep } from './expand-plan.ts';

/** Columns for the varied parameters of a sweep, in the order of the plan, and their values in a combination. */
export interface VariedColumns {
  readonly columns: readonly ExportColumn[];
  valuesOf(cell: Cell): readonly TableCell[];
}

/**
 * One column per varied parameter: numbers if all its values are numbers, otherwise text: words unchanged, the rest as JSON.
 * @param taken names that other columns have
 */
export function variedColumns(sweep: Sweep, taken: readonly string[]): VariedColumns {
  const names = new Set(taken);
  const numeric = sweep.paths.map((_, i) => sweep.cells.every(({ values }) => typeof values[i] === 'number'));
  const columns = sweep.paths.map((path, i): ExportColumn => {
    const base = columnName(path);
    let name = base;
    for (let n = 2; names.has(name); n++) name = `${base}_${n}`;
    names.add(name);
    const type = numeric[i] ? 'DOUBLE' : 'STRING';
    return { name, type, nullable: false, unit: '', description: `Value of the parameter ${path} in this run.` };
  });
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return {
    columns,
    valuesOf: ({ values }) => values.map((value, i) => (numeric[i] ? (value as number) : text(value))),
  };
}
