/**
 * The first place from 0 to `count - 1` that is not below something, by halving; `count` if all are below.
 * @param isBelow whether a place is below: true up to some place, false from there on
 */
export function firstPlace(count: number, isBelow: (place: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
