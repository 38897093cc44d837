import { namedStream } from '../../src/math/streams.ts';

/** A change of a file's bytes, as damage or carelessness may bring about. */
export interface Mutation {
  /** What is changed, so that a finding can be made again by hand. */
  readonly description: string;
  /** @returns changed bytes; the given ones stay as they are */
  apply(bytes: Uint8Array): Uint8Array;
}

/** Random numbers that each mutation takes. */
const drawsEach = 9;

/** Bytes at which encodings turn: ends of numbers, signs, brackets. */
const turning = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff, 0x22, 0x5b, 0x7b];

/**
 * Endless mutations of a file, the same for the same seed. Places are shares of the length, so that one list serves files of every
 * length; half of them are in the last tenth, where formats keep what they know of the rest.
 * @param others files whose bytes are put in place of some
 * @param first number of the first one, from 0
 */
export function* mutations(seed: string, others: readonly Uint8Array[] = [], first = 0): Generator<Mutation, never> {
  const stream = namedStream(seed, 'mutations', first * drawsEach);
  const real = () => stream.uniform();
  const whole = (below: number) => stream.integer(below);
  for (;;) {
    const share = whole(2) === 0 ? real() : 0.9 + 0.1 * real();
    const at = (bytes: Uint8Array) => Math.min(bytes.length - 1, Math.floor(share * bytes.length));
    const place = `at ${(100 * share).toFixed(3)} %`;
    const [bit, byte, kind] = [whole(8), whole(2) === 0 ? whole(256) : turning[whole(turning.length)], whole(16)];
    const length = 1 + Math.floor(2 ** (10 * real()));
    const other = others[whole(Math.max(1, others.length))];
    const from = real();
    const change = (description: string, edit: (copy: Uint8Array, i: number) => Uint8Array | undefined): Mutation => ({
      description,
      apply(bytes) {
        if (bytes.length === 0) return bytes;
        const copy = bytes.slice();
        return edit(copy, at(bytes)) ?? copy;
      },
    });
    if (kind < 5) {
      yield change(`flip bit ${bit} ${place}`, (copy, i) => {
        copy[i] ^= 1 << bit;
        return undefined;
      });
    } else if (kind < 10) {
      yield change(`set byte ${byte} ${place}`, (copy, i) => {
        copy[i] = byte;
        return undefined;
      });
    } else if (kind === 10) yield change(`cut off ${place}`, (copy, i) => copy.subarray(0, i));
    else if (kind === 11) yield change(`fill ${length} bytes with ${byte} ${place}`, (copy, i) => copy.fill(byte, i, i + length));
    else if (kind === 12) {
      yield change(`leave out ${length} bytes ${place}`, (copy, i) => joined(copy.subarray(0, i), copy.subarray(i + length)));
    } else if (kind === 13) {
      yield change(`repeat ${length} bytes ${place}`, (copy, i) => joined(copy.subarray(0, i + length), copy.subarray(i)));
    } else {
      yield change(`put ${length} bytes of ${other ? 'another file' : 'its own'} ${place}`, (copy, i) => {
        const source = other ?? copy.slice();
        const start = Math.floor(from * source.length);
        const piece = source.subarray(start, start + Math.min(length, copy.length - i));
        if (kind === 14) return joined(copy.subarray(0, i), piece, copy.subarray(i));
        copy.set(piece, i);
        return undefined;
      });
    }
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
