// The lowest few of many rows, found without sorting them all.

/**
 * The `most` lowest rows of a table, in no particular order.
 * @param rows how many there are: rows 0 to `rows - 1` are compared
 * @param isBefore whether one row is lower than another: a strict order in which no two rows are alike
 */
export function lowestRows(rows: number, most: number, isBefore: (a: number, b: number) => boolean): number[] {
  // A heap whose first is the highest of those found.
  const heap: number[] = [];
  for (let row = 0; row < rows && most > 0; row++) {
    if (heap.length < most) {
      heap.push(row);
      let at = heap.length - 1;
      while (at > 0 && isBefore(heap[(at - 1) >> 1], row)) {
        heap[at] = heap[(at - 1) >> 1];
        at = (at - 1) >> 1;
      }
      heap[at] = row;
    } else if (isBefore(row, heap[0])) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= most) break;
        if (child + 1 < most && isBefore(heap[child], heap[child + 1])) child++;
        if (!isBefore(row, heap[child])) break;
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = row;
    }
  }
  return heap;
}
