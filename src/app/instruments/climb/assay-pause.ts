/** Share of one core that an assay takes beside a world that has all the rest. */
const share = 1 / 3;

/**
 * How long an assay rests after a fork where the world is to have the core: so long that forks take a third of it.
 * @param took time of the fork, milliseconds
 * @param left forks that the first gradient still needs, and the milliseconds that it may still take; undefined once there is one
 * @returns milliseconds; shorter, down to 0, where the first gradient would otherwise come too late
 */
export function assayPause(took: number, left?: { readonly forks: number; readonly milliseconds: number }): number {
  const pause = took * (1 / share - 1);
  return left ? Math.max(0, Math.min(pause, left.milliseconds / left.forks - took)) : pause;
}
