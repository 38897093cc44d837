// Which of many lots win: found without sorting them all.

/** Classes of draws by their leading bits: with uniform draws a class holds few lots even of a million. */
const classes = 4096;
const perClass = (Number.MAX_SAFE_INTEGER + 1) / classes;
const held = new Uint32Array(classes);

/**
 * Keeps the `room` lots with the lowest draws, of equal draws those of lower rows and earlier places, and puts them first, in the order of rows.
 * @param draws whole numbers from 0 to 2^53 - 1, uniform; one a lot
 * @param rows and @param mates what a lot is for, one each a lot; only these two are rearranged
 * @param count lots, at most as many as each list holds
 * @param room how many win, fewer than `count`
 */
export function keepLowest(draws: Float64Array, rows: Uint32Array, mates: Int32Array, count: number, room: number): void {
  held.fill(0);
  for (let lot = 0; lot < count; lot++) held[Math.floor(draws[lot] / perClass)]++;
  // The class in which the last winner is, and how many of its lots win.
  let [last, wins] = [0, room];
  while (last < classes - 1 && held[last] <= wins) wins -= held[last++];
  const close: number[] = [];
  for (let lot = 0; lot < count; lot++) if (Math.floor(draws[lot] / perClass) === last) close.push(lot);
  close.sort((a, b) => draws[a] - draws[b] || rows[a] - rows[b] || a - b);
  // The first that loses, in that order; its row is noted, for places of the list are written while it is read.
  const first = close[wins] as number | undefined;
  const [leastDraw, leastRow] = first === undefined ? [Infinity, Infinity] : [draws[first], rows[first]];
  const loses = (lot: number) => {
    if (draws[lot] !== leastDraw) return draws[lot] > leastDraw;
    return rows[lot] === leastRow ? lot >= (first as number) : rows[lot] > leastRow;
  };
  let [kept, before, ordered] = [0, 0, true];
  for (let lot = 0; lot < count; lot++) {
    if (loses(lot)) continue;
    const row = rows[lot];
    ordered &&= row >= before;
    before = row;
    rows[kept] = row;
    mates[kept++] = mates[lot];
  }
  if (!ordered) sortTogether(rows, mates, kept);
}

/** Sorts the first `count` rows, and their mates with them; equal rows keep their order. */
function sortTogether(rows: Uint32Array, mates: Int32Array, count: number): void {
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => rows[a] - rows[b] || a - b);
  const [oldRows, oldMates] = [rows.slice(0, count), mates.slice(0, count)];
  for (let i = 0; i < count; i++) {
    rows[i] = oldRows[order[i]];
    mates[i] = oldMates[order[i]];
  }
}
