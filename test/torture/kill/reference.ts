import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenarios.ts';
import { startUpslope } from './upslope-process.ts';

/** The work of a scenario as it is where nothing disturbs it. */
export interface Reference {
  /** Folder with what the work starts from. */
  readonly start: string;
  /** Folder that the work filled. */
  readonly result: string;
  /** File operations that change the disk, of one process that does all the work. */
  readonly operations: number;
  /** How long that takes, milliseconds. */
  readonly milliseconds: number;
}

/** Does the work once. @throws {Error} where it fails by itself */
export async function makeReference(scenario: Scenario, place: string): Promise<Reference> {
  const start = join(place, 'start');
  const work = join(place, 'work');
  mkdirSync(start, { recursive: true });
  scenario.prepare(start);
  for (const args of scenario.before ?? []) {
    const { status, err } = await startUpslope(args, start).ended;
    if (status !== 0) throw new Error(`kill ${scenario.name}: ${args[0]} ends with status ${status}: ${err}`);
  }
  cpSync(start, work, { recursive: true });
  const { status, err, milliseconds } = await startUpslope(scenario.command, work, 'count').ended;
  const operations = Number(/^(\d+) file operations$/m.exec(err)?.[1]);
  const result = join(work, scenario.result);
  if (status !== 0 || !existsSync(result) || !(operations > 0)) {
    throw new Error(`kill ${scenario.name}: the work ends with status ${status}: ${err}`);
  }
  return { start, result, operations, milliseconds };
}
