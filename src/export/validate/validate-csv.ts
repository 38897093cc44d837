import { type ColumnType, type ExportColumn, isList } from '../export-table.ts';
import { csvRecords } from './csv-records.ts';
import { FormatError, quoted } from './format-error.ts';
import { type RulesOf, rulesFor, TableCheck } from './table-check.ts';

/** Rows that are checked together. */
const batch = 4096;

/**
 * Checks a CSV file against the description of its table, and returns the number of rows.
 * @throws {FormatError} that names the first wrong line
 */
export function validateCsv(name: string, chunks: Iterable<Uint8Array>, rulesOf: RulesOf): number {
  const records = csvRecords(name, chunks);
  const head = records.next();
  if (head.done) throw new FormatError(name, 'is empty');
  const columns = head.value.fields.map((field) => ({ name: field }));
  const rules = rulesFor(rulesOf, columns);
  const check = new TableCheck(`${name}, line 1`, rules, columns);
  const parsers = columns.map((column) =>
    parserOf(rules.table.columns.find((other) => other.name === column.name) as ExportColumn),
  );
  const values: unknown[][] = columns.map(() => new Array(batch));
  const lines = new Float64Array(batch);
  let count = 0;
  const take = () => check.take(values, count, (row) => `${name}, line ${lines[row]}`);
  for (const { line, fields } of records) {
    if (fields.length !== columns.length) {
      throw new FormatError(`${name}, line ${line}`, `has ${fields.length} fields, but the header has ${columns.length}`);
    }
    lines[count] = line;
    for (let i = 0; i < fields.length; i++) {
      const value = parsers[i](fields[i]);
      if (value === unreadable) throw new FormatError(`${name}, line ${line}`, `${columns[i].name} is ${quoted(fields[i])}`);
      values[i][count] = value;
    }
    if (++count === batch) {
      take();
      count = 0;
    }
  }
  take();
  check.finish((row) => `${name}, row ${row + 1}`);
  return check.rowCount;
}

const unreadable = Symbol('unreadable');

/** A number as the writer writes it: what `Number` reads, except other bases, white space, plus signs and dots at the ends. */
function readNumber(field: string): number | typeof unreadable {
  const value = Number(field);
  const [first, last] = [field.charCodeAt(0), field.charCodeAt(field.length - 1)];
  const isPlain = last >= 48 && last <= 57 && (first === 45 || (first >= 48 && first <= 57)) && !(field.charCodeAt(1) >= 98);
  if (value === value && isPlain) return value;
  return field === 'Infinity' || field === '-Infinity' ? value : unreadable;
}

/** Value of a field. An empty field is null, also for an empty text. */
function parserOf({ type, nullable }: ExportColumn): (field: string) => unknown {
  if (type === 'STRING') return (field) => (field === '' && nullable ? null : field);
  const form = (isList(type) ? type.slice(5, -1) : type) as ColumnType;
  const whole = form === 'INT32' || form === 'INT64';
  const number = (field: string) => {
    const value = readNumber(field);
    return whole && !Number.isSafeInteger(value) ? unreadable : value;
  };
  if (!isList(type)) return (field) => (field === '' ? null : number(field));
  return (field) => {
    if (field === '') return null;
    if (field[0] !== '[' || field[field.length - 1] !== ']') return unreadable;
    const items = field === '[]' ? [] : field.slice(1, -1).split(',').map(number);
    return items.includes(unreadable) ? unreadable : items;
  };
}
