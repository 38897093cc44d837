import type { Io } from './io.ts';

/** A random seed: ten letters and digits that are easy to copy. */
export function generateSeed(io: Io): string {
  const symbols = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from(io.randomBytes(10), (byte) => symbols[byte % symbols.length]).join('');
}
