import { expect, test } from 'vitest';
import { SnapshotHistory } from '../../../src/worker/snapshot-history.ts';

const mebibyte = 2 ** 20;

/** Goes on to a tick as a session does, keeping what is due. */
function goOn(snapshots: SnapshotHistory<{ tick: number; bytes: number }>, from: number, to: number, bytes = mebibyte) {
  for (let tick = from; tick <= to; tick += 10) {
    snapshots.reach(tick);
    if (snapshots.isDue(tick)) snapshots.keep({ tick, bytes });
  }
}
const ticksOf = (snapshots: SnapshotHistory<{ tick: number; bytes: number }>, line = snapshots.current) =>
  snapshots
    .describe()
    .kept.filter((item) => item.line === line)
    .map(({ tick }) => tick);

test('however long the run, at most 16 snapshots are kept, evenly spaced from the beginning', () => {
  const snapshots = new SnapshotHistory(0, '7');
  for (let until = 0; until <= 100_000; until += 5000) {
    goOn(snapshots, Math.max(0, until - 5000), until);
    const { kept, spacing } = snapshots.describe();
    expect(kept.length).toBeLessThanOrEqual(16);
    if (until > 5000) expect(kept.length).toBeGreaterThanOrEqual(7);
    expect(kept.map(({ tick }) => tick)).toEqual(kept.map((_, i) => i * spacing));
  }
});

test('large snapshots are fewer, too large ones are not kept and that is told', () => {
  const snapshots = new SnapshotHistory(0, '7');
  goOn(snapshots, 0, 20_000, 60 * mebibyte);
  const { kept, bytes, mostBytes, tooLarge } = snapshots.describe();
  expect(bytes).toBeLessThanOrEqual(mostBytes);
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(tooLarge).toBe(false);
  const huge = new SnapshotHistory(0, '7');
  goOn(huge, 0, 1000, 200 * mebibyte);
  expect(huge.describe()).toMatchObject({ kept: [], tooLarge: true });
});

test('a run that begins late has its first snapshot where it begins', () => {
  const snapshots = new SnapshotHistory(1234, '7');
  for (let tick = 1234; tick < 3000; tick++) {
    snapshots.reach(tick);
    if (snapshots.isDue(tick)) snapshots.keep({ tick, bytes: 1 });
  }
  expect(ticksOf(snapshots)).toEqual([1234, 1250, 1500, 1750, 2000, 2250, 2500, 2750]);
});

test('a line that was left keeps its snapshots and where it was left; going on plainly stays on the line', () => {
  const snapshots = new SnapshotHistory(0, '7');
  goOn(snapshots, 0, 2130);
  snapshots.keep({ tick: 2130, bytes: 1 });
  const back = snapshots.describe().kept.find(({ tick }) => tick === 1000);
  expect(snapshots.take(back?.id ?? -1)?.tick).toBe(1000);
  goOn(snapshots, 1000, 1500);
  expect(ticksOf(snapshots)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2130]);
  snapshots.branch(1500, '8');
  goOn(snapshots, 1500, 4000);
  expect(snapshots.describe().lines).toEqual([
    { id: 0, parent: -1, from: 0, tip: 2130, seed: '7' },
    { id: 1, parent: 0, from: 1500, tip: 4000, seed: '8' },
  ]);
  expect(ticksOf(snapshots, 0)).toContain(2130);
  expect(ticksOf(snapshots, 1)[0]).toBe(1500);
  const end = snapshots.describe().kept.find(({ tick }) => tick === 2130);
  snapshots.take(end?.id ?? -1);
  expect(snapshots.current).toBe(0);
  // Farther on, the place where the line was left is like any other.
  goOn(snapshots, 2130, 3000);
  expect(ticksOf(snapshots, 0)).not.toContain(2130);
});

test('many lines do not pass the bounds either: the oldest are dropped', () => {
  const snapshots = new SnapshotHistory(0, '0');
  for (let line = 1; line < 40; line++) {
    goOn(snapshots, snapshots.line.from, snapshots.line.from + 600);
    snapshots.branch(snapshots.line.from + 600, String(line));
    expect(snapshots.describe().kept.length).toBeLessThanOrEqual(16);
  }
  const { lines, line } = snapshots.describe();
  expect(lines.some(({ id }) => id === line)).toBe(true);
  expect(lines.every(({ parent }) => parent === -1 || lines.some(({ id }) => id === parent))).toBe(true);
});
