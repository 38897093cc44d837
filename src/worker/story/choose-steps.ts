/** Most organisms of a line that its story shows. */
export const mostShown = 12;

/**
 * The places of a line that its story shows, in order: both ends, and between them those at which most changed.
 * @param moves how far each organism of the line is from the one before it; 0 for the first
 */
export function chooseSteps(moves: ArrayLike<number>, most: number = mostShown): readonly number[] {
  const last = moves.length - 1;
  if (last < 0) return [];
  const between = Array.from({ length: Math.max(0, last - 1) }, (_, k) => k + 1)
    .filter((k) => moves[k] > 0)
    .sort((a, b) => moves[b] - moves[a] || a - b)
    .slice(0, Math.max(0, most - 2));
  return [...new Set([0, ...between, last])].sort((a, b) => a - b);
}
