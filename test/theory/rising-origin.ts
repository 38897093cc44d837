import type { NamedStream } from '../../src/math/streams.ts';

/** Copies, by generation, of an origin in a Wright-Fisher population of `copies`, from one copy until it is fixed or lost. */
export function risingOrigin(stream: NamedStream, copies: number, selection: number): number[] {
  const counts = [1];
  const gain = Math.exp(selection);
  for (let count = 1; count > 0 && count < copies; counts.push(count)) {
    const chance = (count * gain) / (count * gain + copies - count);
    count = 0;
    for (let i = 0; i < copies; i++) if (stream.uniform() < chance) count++;
  }
  return counts;
}

/** The first origin that reaches a frequency: its exposure in the clock of drift, and the frequency at which it was seen first. */
export function nextRise(stream: NamedStream, copies: number, selection: number, level: number) {
  for (;;) {
    const counts = risingOrigin(stream, copies, selection);
    const reached = counts.findIndex((count) => count >= level * copies);
    if (reached < 0) continue;
    let exposure = 0;
    for (let t = 0; t < reached; t++) exposure += ((counts[t] / copies) * (1 - counts[t] / copies)) / copies;
    return { exposure, level: counts[reached] / copies };
  }
}
