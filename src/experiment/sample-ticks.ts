/** Ticks at which a run of `ticks` ticks is sampled: 0, every multiple of `every`, and the end. */
export function sampleTicks(ticks: number, every: number): number[] {
  const sampled: number[] = [];
  for (let tick = 0; tick < ticks; tick += every) sampled.push(tick);
  sampled.push(ticks);
  return sampled;
}
