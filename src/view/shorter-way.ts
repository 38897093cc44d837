/** A place, lengths. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The way from one place to another, lengths. @param period sides of a world that wraps: the shorter way round */
export function shorterWay(from: Place, to: Place, period: readonly [number, number] | undefined): [number, number] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (!period) return [dx, dy];
  return [dx - period[0] * Math.round(dx / period[0]), dy - period[1] * Math.round(dy / period[1])];
}
