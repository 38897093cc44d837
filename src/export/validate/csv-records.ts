import { FormatError } from './format-error.ts';
import { longestLine, textLines, tooLong } from './text-lines.ts';

/** One record of a CSV file; the same object each time. */
export interface CsvRecord {
  /** Line on which it begins, from 1. */
  line: number;
  fields: string[];
}

/**
 * Records of a CSV file (RFC 4180 with line feeds), the header included.
 * @throws {FormatError} for misplaced quotes
 */
export function* csvRecords(name: string, chunks: Iterable<Uint8Array>): Generator<CsvRecord> {
  const record: CsvRecord = { line: 0, fields: [] };
  let line = 0;
  let open = '';
  for (const text of textLines(name, chunks)) {
    line++;
    if (open === '') record.line = line;
    if (open.length > longestLine) throw new FormatError(`${name}, line ${record.line}`, tooLong);
    // Only a line with a quote can end a quoted field: the others are not searched again and again.
    if (open !== '' && !text.includes('"')) {
      open += `\n${text}`;
      continue;
    }
    const whole = open === '' ? text : `${open}\n${text}`;
    const fields = whole.includes('"') ? splitQuoted(whole, `${name}, line ${record.line}`) : whole.split(',');
    if (fields === undefined) {
      open = whole;
      continue;
    }
    open = '';
    record.fields = fields;
    yield record;
  }
  if (open !== '') throw new FormatError(`${name}, line ${record.line}`, 'a quote is not closed');
}

/** Fields of a record with quotes; undefined when a quoted field continues in the next line. */
function splitQuoted(text: string, place: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      if (end < 0) return undefined;
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at < text.length && text[at] !== ',') throw new FormatError(place, 'text follows a closing quote');
    } else {
      const comma = text.indexOf(',', at);
      const field = comma < 0 ? text.slice(at) : text.slice(at, comma);
      if (field.includes('"')) throw new FormatError(place, 'a field that is not quoted contains a quote');
      fields.push(field);
      at += field.length;
    }
    if (at >= text.length) return fields;
    at++;
    if (at === text.length) {
      fields.push('');
      return fields;
    }
  }
}
