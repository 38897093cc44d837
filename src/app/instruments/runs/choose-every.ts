/** Ticks between samples that give a run about forty, from 1, 2, 5, 10, 20 and so on; undefined if `ticks` is not such a number. */
export function chooseEvery(ticks: number): number | undefined {
  if (!(ticks >= 1)) return undefined;
  const wanted = ticks / 40;
  let unit = 1;
  while (unit * 10 <= wanted) unit *= 10;
  const step = wanted >= 5 * unit ? 5 : wanted >= 2 * unit ? 2 : 1;
  return step * unit;
}
