import { FormatError } from './format-error.ts';

/** Characters of the longest line, and of the longest record of several lines; no table comes near it. */
export const longestLine = 4_000_000;
export const tooLong = `has more than ${longestLine / 1_000_000} million characters`;

/**
 * Lines of a text file in UTF-8 with line feeds, without the line feeds.
 * @param name of the file, for messages
 * @throws {FormatError} for bytes that are not UTF-8, a carriage return, a line that is too long, and a last line without a
 * line feed
 */
export function* textLines(name: string, chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let number = 0;
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new FormatError(`${name}, after line ${number}`, 'is not UTF-8');
    }
  };
  for (const chunk of chunks) {
    const text = rest + decode(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number++;
      const line = text.slice(start, end);
      if (number === 1 && line.startsWith('\uFEFF')) {
        throw new FormatError(`${name}, line 1`, 'begins with a byte order mark; save the file as UTF-8 without one');
      }
      if (line.endsWith('\r'))
        throw new FormatError(`${name}, line ${number}`, 'ends with a carriage return; save the file with line feeds alone (LF)');
      yield line;
      start = end + 1;
    }
    rest = text.slice(start);
    if (rest.length > longestLine) throw new FormatError(`${name}, line ${number + 1}`, tooLong);
  }
  if (rest + decode() !== '') throw new FormatError(`${name}, line ${number + 1}`, 'the last line has no line feed');
}
