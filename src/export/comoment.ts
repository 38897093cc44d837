import type { Packable } from '../record/pack.ts';

/**
 * Running means and the sum of products of deviations of pairs (x, y), updated pair by pair without loss of digits (Welford
 * 1962; Bennett et al. 2009).
 */
export class Comoment {
  count = 0;
  meanX = 0;
  meanY = 0;
  /** Sum of (x - mean x)(y - mean y). */
  products = 0;

  add(x: number, y: number): void {
    this.count++;
    const deviation = x - this.meanX;
    this.meanX += deviation / this.count;
    this.meanY += (y - this.meanY) / this.count;
    this.products += deviation * (y - this.meanY);
  }

  clear(): void {
    this.count = 0;
    this.meanX = 0;
    this.meanY = 0;
    this.products = 0;
  }

  state(): Packable {
    return [this.count, this.meanX, this.meanY, this.products];
  }

  restore(state: Packable): void {
    [this.count, this.meanX, this.meanY, this.products] = state as [number, number, number, number];
  }
}
