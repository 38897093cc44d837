import { createSimulation } from '../simulation/create.ts';
import type { Cell, Sweep } from './expand-plan.ts';
import { performRun, runTask } from './perform-run.ts';
import { writeRunResult } from './run-result.ts';

/** Milliseconds of a trial that are long enough. */
const enough = 250;
/** Ticks of the first trial. */
const fewTicks = 8;
/** Most trials of a combination, whatever the clock shows. */
const mostTrials = 40;

/** Estimated cost of a run of a sweep: from short trials of its first and its last combination. */
export interface Calibration {
  /** Processor time a run, mean over combinations. */
  readonly secondsPerRun: number;
  /** Length of a result, mean over combinations. */
  readonly bytesPerRun: number;
  /** Memory of the largest of these worlds: its columns and its ground. */
  readonly worldBytes: number;
}

/** @param now milliseconds of a clock, which is an argument because the engine has none */
export function calibrate(sweep: Sweep, now: () => number): Calibration {
  const { cells } = sweep;
  // One run for warming up: a program that has just been loaded is slow.
  performRun({ ...runTask(sweep, sweep.runs[0]), ticks: Math.min(fewTicks, cells[0].ticks) });
  const tried = [...new Set([cells[0], cells[cells.length - 1]])].map((cell) => tryCell(sweep, cell, now));
  const ticks = cells.reduce((sum, cell) => sum + cell.ticks, 0) / cells.length;
  const mean = (of: (line: Trial) => Line) =>
    tried.reduce((sum, trial) => sum + Math.max(0, of(trial).start + of(trial).slope * ticks), 0) / tried.length;
  return {
    secondsPerRun: mean(({ time }) => time) / 1000,
    bytesPerRun: mean(({ bytes }) => bytes),
    worldBytes: largestOf(cells),
  };
}

/** A quantity that grows with the ticks of a run. */
interface Line {
  readonly start: number;
  readonly slope: number;
}

interface Trial {
  readonly time: Line;
  readonly bytes: Line;
}

/** Makes longer and longer runs until one takes long enough; the last two give the cost of a run and of a tick. */
function tryCell(sweep: Sweep, cell: Cell, now: () => number): Trial {
  const run = sweep.runs[cell.index * sweep.seeds.length];
  const trials: { ticks: number; time: number; bytes: number }[] = [];
  let total = 0;
  let ticks = Math.min(fewTicks, cell.ticks);
  for (let trial = 0; trial < mostTrials; trial++) {
    const before = now();
    const chunks = writeRunResult(performRun({ ...runTask(sweep, run), ticks }));
    const time = now() - before;
    total += time;
    const last = trials[trials.length - 1];
    // Of whole runs, which are short here, the fastest counts.
    if (last?.ticks === ticks) last.time = Math.min(last.time, time);
    else trials.push({ ticks, time, bytes: chunks.reduce((sum, { length }) => sum + length, 0) });
    if (ticks === cell.ticks ? total >= enough : trials.length > 1 && time >= enough) break;
    ticks = Math.min(cell.ticks, 4 * ticks);
  }
  const last = trials[trials.length - 1];
  const before = trials[trials.length - 2] ?? { ticks: 0, time: 0, bytes: 0 };
  const line = (of: 'time' | 'bytes'): Line => {
    const slope = (last[of] - before[of]) / (last.ticks - before.ticks);
    const start = last[of] - slope * last.ticks;
    // Two trials on a busy machine may seem to show a negative cost of ticks.
    return slope > 0 && start >= 0 ? { start, slope } : { start: 0, slope: last[of] / last.ticks };
  };
  return { time: line('time'), bytes: line('bytes') };
}

/**
 * Bytes of the largest world. Parameter by parameter the value is kept that makes the largest world, of numbers the smallest or the largest: a
 * parameter that makes one combination larger makes no other smaller.
 */
function largestOf(cells: readonly Cell[]): number {
  let [largest] = cells;
  let bytes = bytesOf(largest);
  for (const place of largest.values.keys()) {
    const { values } = largest;
    const along = cells.filter((cell) => cell.values.every((value, k) => k === place || value === values[k]));
    for (const cell of extremes(along, place)) {
      const of = cell === largest ? bytes : bytesOf(cell);
      if (of > bytes) [largest, bytes] = [cell, of];
    }
  }
  return bytes;
}

/** Of combinations that differ in one value the two with its smallest and largest, or all of them where it is not a number. */
function extremes(cells: readonly Cell[], place: number): readonly Cell[] {
  const numbered = cells.flatMap((cell) => {
    const value = cell.values[place];
    return typeof value === 'number' ? [{ cell, value }] : [];
  });
  if (numbered.length < cells.length) return cells;
  numbered.sort((a, b) => a.value - b.value);
  return [...new Set([numbered[0].cell, numbered[numbered.length - 1].cell])];
}

function bytesOf({ scene }: Cell): number {
  const simulation = createSimulation(scene, 'calibration');
  try {
    return simulation.bytes;
  } finally {
    simulation.dispose();
  }
}
