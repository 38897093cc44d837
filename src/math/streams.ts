import alea from 'seedrandom/lib/alea.js';
import { cos, log } from './elementary.ts';
import { philox4x32 } from './philox.ts';
import { openUniform53, uniform53 } from './words.ts';

/** Key of a random stream: two u32, the key of Philox. @public */
export type StreamKey = readonly [number, number];

/** alea's first numbers are still similar for similar seeds. */
const DISCARDED = 16;

/**
 * The key of the stream called `name` under a run's seed. Any two different (seed, name) pairs give unrelated keys; the pair
 * is joined as JSON, so that no pair of strings is mistaken for another. Both may be any string, including ''.
 * @public
 */
export function streamKey(seed: string, name: string): StreamKey {
  const generator = alea(JSON.stringify([seed, name]));
  for (let i = 0; i < DISCARDED; i++) generator.int32();
  return [generator.int32() >>> 0, generator.int32() >>> 0];
}

/** A sequence of random numbers, for set-up work with a fixed order. @public */
export interface NamedStream {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Uniform integer in [0, n); n is an integer in [1, 2^32]. Throws RangeError for another n. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** Draws made so far; pass it to `namedStream` to continue from here. */
  position(): number;
}

/**
 * The sequential stream called `name` under a run's seed. Draw i is Philox of (key, i), so the whole state is the number of
 * draws made, which `position` (an integer in [0, 2^53)) restores.
 * @public
 */
export function namedStream(seed: string, name: string, position = 0): NamedStream {
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new RangeError(`namedStream: position ${position} is not a whole number of draws`);
  }
  const [key0, key1] = streamKey(seed, name);
  const words = new Uint32Array(4);
  let made = position;
  const advance = () => {
    philox4x32(key0, key1, made % 4294967296, Math.floor(made / 4294967296), 0, 0, words);
    made++;
  };
  return {
    uniform: () => {
      advance();
      return uniform53(words[0], words[1]);
    },
    integer: (n) => {
      if (!Number.isInteger(n) || n < 1 || n > 4294967296) throw new RangeError(`integer: ${n} is not in [1, 2^32]`);
      advance();
      return Math.floor(uniform53(words[0], words[1]) * n);
    },
    normal: () => {
      advance();
      return Math.sqrt(-2 * log(openUniform53(words[0], words[1]))) * cos(2 * Math.PI * uniform53(words[2], words[3]));
    },
    position: () => made,
  };
}
