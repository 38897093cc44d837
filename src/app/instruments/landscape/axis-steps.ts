/** The greatest of 1, 2 and 5 times a power of ten that is not greater. @param value greater than 0 */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const share = value / power;
  return (share >= 5 ? 5 : share >= 2 ? 2 : 1) * power;
}

/** Round numbers between two ends, about `wanted` of them, in ascending order. */
export function axisSteps(from: number, to: number, wanted: number): number[] {
  const step = roundDown((to - from) / Math.max(1, wanted)) || 1;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  // Multiples of a whole number and not sums, so that 0 is 0.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
