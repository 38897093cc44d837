/** Ticks between samples that give a run of so many ticks about forty, from 1, 2, 5, 10, 20 and so on; undefined for no such number. */
export function chooseEvery(ticks: number): number | undefined {
  if (!(ticks >= 1)) return undefined;
  const wanted = ticks / 40;
  let unit = 1;
  while (unit * 10 <= wanted) unit *= 10;
  const step = wanted >= 5 * unit ? 5 : wanted >= 2 * unit ? 2 : 1;
  return step * unit;
}
