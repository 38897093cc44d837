import type { Random } from '../random.ts';

/** Pieces that parsers trip over. */
const pieces = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u',
  '\\ud800',
  '//',
  '/*',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u001b[31m',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\u200b',
  '\ud83e',
  '\u{1f9ec}',
  'e',
  '-',
  '+',
  '.',
  '0',
  '00',
  '1e999',
  '-1e999',
  '1e-999',
  '0x10',
  '9007199254740993',
  'null',
  'true',
  'NaN',
  '=',
  ';',
  '#',
  '%00',
  ' ',
  '..',
];

/** A text that was damaged in one to four places: cut off, letters changed, pieces put in, stretches lost, doubled or nested deep. */
export function mutateText(random: Random, text: string): string {
  let damaged = text;
  for (let i = random.upTo(4); i > 0; i--) damaged = step(random, damaged);
  return damaged;
}

function step(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + random.upTo(Math.max(1, text.length)));
  switch (random.below(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(at);
    case 3:
      return text.slice(0, at) + String.fromCharCode(random.below(random.chance(0.8) ? 128 : 65_536)) + text.slice(at + 1);
    case 4:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at);
    case 5: {
      // Swaps two neighbouring stretches.
      const middle = at + Math.floor((end - at) / 2);
      return text.slice(0, at) + text.slice(middle, end) + text.slice(at, middle) + text.slice(end);
    }
    case 6: {
      const depth = random.upTo(20_000);
      return text.slice(0, at) + random.pick(['[', '{"a":', '(']).repeat(depth) + text.slice(at);
    }
    default:
      return text.slice(0, at) + random.pick(pieces).repeat(random.upTo(5000)) + text.slice(at);
  }
}
