import type { Random } from '../random.ts';

/** Words that mean something at the edges of what numbers hold. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fc00000, 0x7f800000, 0xff800000];

type Step = (random: Random, bytes: Uint8Array) => Uint8Array;

const at = (random: Random, bytes: Uint8Array) => random.below(bytes.length);

/** A copy with the bytes from `from` to `to` replaced. */
function splice(bytes: Uint8Array, from: number, to: number, middle: Uint8Array): Uint8Array {
  const whole = new Uint8Array(from + middle.length + bytes.length - to);
  whole.set(bytes.subarray(0, from));
  whole.set(middle, from);
  whole.set(bytes.subarray(to), from + middle.length);
  return whole;
}

const range = (random: Random, bytes: Uint8Array): [number, number] => {
  const from = at(random, bytes);
  return [from, Math.min(bytes.length, from + 1 + random.upTo(bytes.length))];
};

const steps: readonly Step[] = [
  // One bit.
  (random, bytes) => {
    const copy = bytes.slice();
    copy[at(random, bytes)] ^= 1 << random.below(8);
    return copy;
  },
  // A few bytes.
  (random, bytes) => {
    const copy = bytes.slice();
    for (let i = random.between(1, 8); i > 0; i--) copy[at(random, bytes)] = random.below(256);
    return copy;
  },
  // A word of an edge, or near what was there.
  (random, bytes) => {
    const copy = bytes.slice();
    if (copy.length < 4) return copy;
    const view = new DataView(copy.buffer);
    const place = random.below(copy.length - 3);
    const value = random.chance(0.5) ? random.pick(edges) : view.getUint32(place, true) + random.between(-4, 4);
    view.setUint32(place, value >>> 0, true);
    return copy;
  },
  // Cut off.
  (random, bytes) =>
    bytes.slice(0, random.chance(0.5) ? at(random, bytes) : bytes.length - 1 - random.below(Math.min(64, bytes.length))),
  // A stretch taken out.
  (random, bytes) => splice(bytes, ...range(random, bytes), new Uint8Array(0)),
  // A stretch twice.
  (random, bytes) => {
    const [from, to] = range(random, bytes);
    return splice(bytes, to, to, bytes.slice(from, to));
  },
  // A stretch in the place of another.
  (random, bytes) => {
    const [from, to] = range(random, bytes);
    const target = at(random, bytes);
    return splice(bytes, target, Math.min(bytes.length, target + to - from), bytes.slice(from, to));
  },
  // Zeros.
  (random, bytes) => {
    const copy = bytes.slice();
    copy.fill(random.chance(0.7) ? 0 : 255, ...range(random, bytes));
    return copy;
  },
  // Something put in.
  (random, bytes) => {
    const place = at(random, bytes);
    return splice(bytes, place, place, random.bytes(random.between(1, 16)));
  },
  // Something behind the end.
  (random, bytes) => splice(bytes, bytes.length, bytes.length, random.bytes(random.upTo(64))),
];

/** Bytes that were damaged in one to four places: bits, words at the edges of numbers, stretches lost, doubled or moved. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let damaged = bytes;
  for (let i = random.upTo(4); i > 0; i--) {
    if (damaged.length > 0) damaged = random.pick(steps)(random, damaged);
  }
  return damaged;
}
