/** Fastest and median seconds of `blocks` runs of the same amount of work. */
export function measure(blocks: number, work: () => void): { fastest: number; median: number } {
  const seconds: number[] = [];
  for (let i = 0; i < blocks; i++) {
    const started = performance.now();
    work();
    seconds.push((performance.now() - started) / 1000);
  }
  seconds.sort((a, b) => a - b);
  return { fastest: seconds[0], median: seconds[Math.floor(blocks / 2)] };
}

/** What was printed so far, as rows of the table of speed: what, best, median. */
export const tableRows: string[][] = [];

/** A line of the report: what, amount per second in millions at best and at the median. */
export function report(
  what: string,
  amount: number,
  { fastest, median }: { fastest: number; median: number },
  unit: string,
): void {
  const rate = (seconds: number) => (amount / seconds / 1e6).toFixed(2).padStart(7);
  tableRows.push([what, `${rate(fastest).trim()} ${unit}`, rate(median).trim()]);
  console.log(`${what.padEnd(46)} best ${rate(fastest)}  median ${rate(median)}  ${unit}`);
}
