import {
  expectBoolean,
  expectColumn,
  expectJson,
  expectList,
  expectObject,
  expectText,
  expectWhole,
  ShapeError,
} from '../../record/expect-shape.ts';
import { longestSeed } from '../../scene/longest-seed.ts';
import type { ChangeList } from '../change-log.ts';
import type { KeptRun } from '../live-run.ts';
import type { SavedRun } from './entry.ts';

/**
 * Checks a saved run as far as possible without its world; `checkKept` does the rest.
 * @throws {ShapeError} for the first thing that does not fit
 */
export function checkRun(value: unknown): SavedRun {
  const { scene, firstSeed, began, course, kept } = expectObject(value, 'run');
  expectJson(expectObject(scene, 'scene'), 'scene');
  const { world, record, series, path, accounts, ...counts } = expectObject(kept, 'kept');
  const tick = expectWhole(counts.tick, 'kept.tick');
  const changes = checkChangeList(course);
  return {
    scene,
    firstSeed: expectText(firstSeed, 'firstSeed', longestSeed),
    began: expectWhole(began, 'began', 0, tick),
    course: changes,
    kept: {
      tick,
      // A copy: the data lies in the middle of other bytes.
      world: expectColumn(world, 'kept.world', 'Uint8Array').slice().buffer as ArrayBuffer,
      record: expectColumn(record, 'kept.record', 'Uint8Array'),
      series: expectObject(series, 'kept.series') as unknown as KeptRun['series'],
      path: path === undefined ? undefined : (expectObject(path, 'kept.path') as unknown as KeptRun['path']),
      accounts: expectObject(accounts, 'kept.accounts') as unknown as KeptRun['accounts'],
      changes: expectWhole(counts.changes, 'kept.changes', 0, changes.length),
      bytes: expectWhole(counts.bytes, 'kept.bytes'),
    },
  };
}

/** The changes of a line, in the order of their ticks. */
function checkChangeList(value: unknown): ChangeList {
  let last = 0;
  return expectList(value, 'course').map((one, i) => {
    const where = `course[${i}]`;
    const { change, own } = expectObject(one, where);
    const { at, path, value: wanted } = expectObject(change, `${where}.change`);
    const tick = expectWhole(at, `${where}.change.at`);
    if (tick < last) throw new ShapeError(`${where}.change.at`, 'is before the change above it');
    last = tick;
    expectJson(wanted, `${where}.change.value`);
    return {
      change: { at: tick, path: expectText(path, `${where}.change.path`), value: wanted },
      own: expectBoolean(own, `${where}.own`),
    };
  });
}
