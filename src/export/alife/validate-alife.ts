// Checks a phylogeny in the ALife data standard.

import { IdIndex } from '../id-index.ts';
import { csvRecords } from '../validate/csv-records.ts';
import { FormatError, quoted } from '../validate/format-error.ts';

export interface AlifeRules {
  /** True for a phylogeny: readers of trees refuse more than one ancestor. */
  readonly oneAncestor: boolean;
}

/**
 * Checks a file in the data standard of artificial life: required columns, unique ids, ancestors that come before their
 * descendants and are at least as old, ends not before origins. Returns the number of taxa.
 * @throws {FormatError} that names the first wrong line
 */
export function validateAlife(name: string, chunks: Iterable<Uint8Array>, { oneAncestor }: AlifeRules): number {
  const records = csvRecords(name, chunks);
  const head = records.next();
  if (head.done) throw new FormatError(name, 'is empty');
  const columns = [...head.value.fields];
  const place = (column: string) => {
    const at = columns.indexOf(column);
    if (at < 0) throw new FormatError(`${name}, line 1`, `the column ${column} is missing`);
    return at;
  };
  const repeated = columns.find((column, i) => columns.indexOf(column) !== i);
  if (repeated !== undefined) throw new FormatError(`${name}, line 1`, `the column ${quoted(repeated)} is listed twice`);
  const [idAt, ancestorsAt, originAt, endAt] = ['id', 'ancestor_list', 'origin_time', 'destruction_time'].map(place);
  if (!oneAncestor && columns.includes('ancestor_id')) {
    throw new FormatError(`${name}, line 1`, 'the column ancestor_id allows one ancestor a row; remove it');
  }
  const donorsAt = columns.indexOf('transfer_donor_list');
  const origins = new IdIndex();
  for (const { line, fields } of records) {
    const fail = (problem: string) => new FormatError(`${name}, line ${line}`, problem);
    if (fields.length !== columns.length) throw fail(`has ${fields.length} fields, but the header has ${columns.length}`);
    const id = wholeNumber(fields[idAt]);
    if (id < 0) throw fail(`id is ${quoted(fields[idAt])}, not a whole number from 0`);
    const origin = finite(fields[originAt]);
    if (origin !== origin) throw fail(`origin_time is ${quoted(fields[originAt])}, not a number`);
    const ending = fields[endAt];
    const end = ending === 'inf' ? Number.POSITIVE_INFINITY : finite(ending);
    if (end !== end) throw fail(`destruction_time is ${quoted(ending)}, neither a number nor inf`);
    if (end < origin) throw fail(`destruction_time ${ending} is before origin_time ${fields[originAt]}`);
    const ancestors = idList(fields[ancestorsAt]);
    if (ancestors === undefined) throw fail(`ancestor_list is ${quoted(fields[ancestorsAt])}, not [none] or ids without spaces`);
    if (oneAncestor && ancestors.length > 1) throw fail(`has ${ancestors.length} ancestors; a phylogeny allows one`);
    for (const [i, ancestor] of ancestors.entries()) {
      const before = origins.get(ancestor);
      if (before === undefined) throw fail(`the ancestor ${ancestor} does not come before it`);
      if (before > origin) throw fail(`the ancestor ${ancestor} has the later origin_time ${before}`);
      if (ancestors.indexOf(ancestor) !== i) throw fail(`the ancestor ${ancestor} is listed twice`);
    }
    if (donorsAt >= 0 && idList(fields[donorsAt]) === undefined) {
      throw fail(`transfer_donor_list is ${quoted(fields[donorsAt])}, not [none] or ids without spaces`);
    }
    if (!origins.add(id, origin)) throw fail(`id ${id} is listed twice`);
  }
  return origins.size;
}

/** A whole number of 0 or more, otherwise -1. */
function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function finite(text: string): number {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

const nobody: readonly number[] = [];

/** Ids of `[none]`, `[1]` or `[1,2]`; undefined for any other text. */
function idList(text: string): readonly number[] | undefined {
  if (text === '[none]') return nobody;
  if (!/^\[\d{1,15}(,\d{1,15})*\]$/.test(text)) return undefined;
  return text.includes(',') ? text.slice(1, -1).split(',').map(Number) : [Number(text.slice(1, -1))];
}
