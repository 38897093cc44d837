import { type NamedStream, namedStream } from '../../src/math/streams.ts';

/** Random choices of one case: a function of seed, target and index. */
export class Random {
  private readonly stream: NamedStream;

  constructor(seed: string, target: string, index: number) {
    this.stream = namedStream(seed, `${target} ${index}`);
  }

  /** Uniform in [0, 1). */
  share(): number {
    return this.stream.uniform();
  }

  /** Whole number from 0 to n - 1. @param n 1 to 2^32 */
  below(n: number): number {
    return this.stream.integer(n);
  }

  /** Whole number from least to most, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.stream.uniform() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** Whole number from 1 to most, small ones mostly: uniform in the logarithm. */
  upTo(most: number): number {
    return Math.floor((most + 1) ** this.stream.uniform());
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}
