import { type ColumnType, type ExportColumn, isList } from '../export-table.ts';
import { quoted } from './format-error.ts';

/** Checks the values of a column, one at a time. */
export interface CellCheck {
  readonly name: string;
  /** What is wrong with the value; undefined for a valid one. */
  problem(value: unknown): string | undefined;
}

const whole = (value: unknown) =>
  typeof value === 'bigint' ? undefined : Number.isSafeInteger(value) ? undefined : `is ${quoted(value)}, not a whole number`;
const number = (value: unknown) =>
  typeof value === 'number' && value === value ? undefined : `is ${quoted(value)}, not a number`;
const text = (value: unknown) => (typeof value === 'string' ? undefined : `is ${quoted(value)}, not a text`);

const plain = (type: ColumnType) => (type === 'STRING' ? text : type === 'INT32' || type === 'INT64' ? whole : number);

/** Check of a column by its description. */
export function cellCheck({ name, type, nullable }: ExportColumn): CellCheck {
  const list = isList(type);
  const item = plain((list ? type.slice(5, -1) : type) as ColumnType);
  return {
    name,
    problem(value) {
      if (value === null || value === undefined) return nullable ? undefined : 'must have a value';
      if (!list) return item(value);
      if (typeof value !== 'object') return `is ${quoted(value)}, not a list`;
      const items = value as ArrayLike<unknown>;
      for (let k = 0; k < items.length; k++) {
        const problem = item(items[k]);
        if (problem !== undefined) return `holds an item that ${problem}`;
      }
      return undefined;
    },
  };
}
