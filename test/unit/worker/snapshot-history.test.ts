import { expect, test } from 'vitest';
import { SnapshotHistory } from '../../../src/worker/snapshot-history.ts';

const mebibyte = 2 ** 20;

/** Goes on to a tick as a session does, keeping what is due. */
function goOn(shelf: SnapshotHistory<{ tick: number; bytes: number }>, from: number, to: number, bytes = mebibyte) {
  for (let tick = from; tick <= to; tick += 10) {
    shelf.reach(tick);
    if (shelf.isDue(tick)) shelf.keep({ tick, bytes });
  }
}
const ticksOf = (shelf: SnapshotHistory<{ tick: number; bytes: number }>, line = shelf.current) =>
  shelf
    .describe()
    .kept.filter((item) => item.line === line)
    .map(({ tick }) => tick);

test('however long the run, at most 16 snapshots are kept, evenly spaced from the beginning', () => {
  const shelf = new SnapshotHistory(0, '7');
  for (let until = 0; until <= 100_000; until += 5000) {
    goOn(shelf, Math.max(0, until - 5000), until);
    const { kept, spacing } = shelf.describe();
    expect(kept.length).toBeLessThanOrEqual(16);
    if (until > 5000) expect(kept.length).toBeGreaterThanOrEqual(7);
    expect(kept.map(({ tick }) => tick)).toEqual(kept.map((_, i) => i * spacing));
  }
});

test('large snapshots are fewer, too large ones are not kept and that is told', () => {
  const shelf = new SnapshotHistory(0, '7');
  goOn(shelf, 0, 20_000, 60 * mebibyte);
  const { kept, bytes, mostBytes, tooLarge } = shelf.describe();
  expect(bytes).toBeLessThanOrEqual(mostBytes);
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(tooLarge).toBe(false);
  const huge = new SnapshotHistory(0, '7');
  goOn(huge, 0, 1000, 200 * mebibyte);
  expect(huge.describe()).toMatchObject({ kept: [], tooLarge: true });
});

test('a run that begins late has its first snapshot where it begins', () => {
  const shelf = new SnapshotHistory(1234, '7');
  for (let tick = 1234; tick < 3000; tick++) {
    shelf.reach(tick);
    if (shelf.isDue(tick)) shelf.keep({ tick, bytes: 1 });
  }
  expect(ticksOf(shelf)).toEqual([1234, 1250, 1500, 1750, 2000, 2250, 2500, 2750]);
});

test('a line that was left keeps its snapshots and where it was left; going on plainly stays on the line', () => {
  const shelf = new SnapshotHistory(0, '7');
  goOn(shelf, 0, 2130);
  shelf.keep({ tick: 2130, bytes: 1 });
  const back = shelf.describe().kept.find(({ tick }) => tick === 1000);
  expect(shelf.take(back?.id ?? -1)?.tick).toBe(1000);
  goOn(shelf, 1000, 1500);
  expect(ticksOf(shelf)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2130]);
  shelf.branch(1500, '8');
  goOn(shelf, 1500, 4000);
  expect(shelf.describe().lines).toEqual([
    { id: 0, parent: -1, from: 0, tip: 2130, seed: '7' },
    { id: 1, parent: 0, from: 1500, tip: 4000, seed: '8' },
  ]);
  expect(ticksOf(shelf, 0)).toContain(2130);
  expect(ticksOf(shelf, 1)[0]).toBe(1500);
  const end = shelf.describe().kept.find(({ tick }) => tick === 2130);
  shelf.take(end?.id ?? -1);
  expect(shelf.current).toBe(0);
  // Farther on, the place where the line was left is like any other.
  goOn(shelf, 2130, 3000);
  expect(ticksOf(shelf, 0)).not.toContain(2130);
});

test('many lines do not pass the bounds either: the oldest are dropped', () => {
  const shelf = new SnapshotHistory(0, '0');
  for (let line = 1; line < 40; line++) {
    goOn(shelf, shelf.line.from, shelf.line.from + 600);
    shelf.branch(shelf.line.from + 600, String(line));
    expect(shelf.describe().kept.length).toBeLessThanOrEqual(16);
  }
  const { lines, line } = shelf.describe();
  expect(lines.some(({ id }) => id === line)).toBe(true);
  expect(lines.every(({ parent }) => parent === -1 || lines.some(({ id }) => id === parent))).toBe(true);
});
