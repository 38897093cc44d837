import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallPlan, sweepOf } from '../unit/experiment/small-plan.ts';
import { SweepPlace } from '../unit/sweep/sweep-place.ts';

const root = process.cwd();
const program = join(root, 'dist/cli/upslope.js');
const plan = { ...smallPlan, seeds: '1..20', ticks: 400 };
const names = sweepOf(plan)
  .runs.map(({ id }) => `${id}.run`)
  .sort();
let place: SweepPlace;

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']);
  place = new SweepPlace(plan);
  await place.sweep(place.plan, { out: place.at('whole') });
}, 120_000);
afterAll(() => place.remove());

const start = (folder: string) =>
  spawn(process.execPath, [program, 'sweep', 'plan.json', '--out', folder, '--jobs', '1', '--lease', '60'], {
    cwd: place.path,
    stdio: 'ignore',
  });
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Looks again and again which file stands under each name: a result that is published twice becomes another file. */
function watchResults(folder: string): { problems: string[]; look(): void } {
  const path = place.at(folder, 'results');
  const seen = new Map<string, number>();
  const problems: string[] = [];
  return {
    problems,
    look() {
      const present = new Set(existsSync(path) ? readdirSync(path).filter((name) => !name.startsWith('.')) : []);
      for (const name of present) {
        const file = statSync(join(path, name));
        if ((seen.get(name) ?? file.ino) !== file.ino) problems.push(`${name} was published twice`);
        seen.set(name, file.ino);
      }
      for (const name of seen.keys()) if (!present.has(name)) problems.push(`${name} is gone`);
    },
  };
}

let folders = 0;

test('two processes on one folder, killed at any time: each run is published once and equal to the bit', async () => {
  const kill = fc.record({ which: fc.nat(1), after: fc.integer({ min: 1, max: 900 }), hard: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(kill, { minLength: 3, maxLength: 4 }), async (kills) => {
      const folder = `killed-${folders++}`;
      const { problems, look } = watchResults(folder);
      const watching = setInterval(look, 5);
      try {
        const running = [start(folder), start(folder)];
        const ends = running.map(ended);
        for (const { which, after, hard } of kills) {
          await pause(after);
          running[which].kill(hard ? 'SIGKILL' : 'SIGTERM');
          await ends[which];
          running[which] = start(folder);
          ends[which] = ended(running[which]);
        }
        expect(await Promise.all(ends)).toEqual([0, 0]);
      } finally {
        clearInterval(watching);
      }
      look();
      expect(problems).toEqual([]);
      expect(place.names(folder, 'results').filter((name) => !name.startsWith('.'))).toEqual(names);
      for (const name of names) expect(place.read(folder, 'results', name)).toEqual(place.read('whole', 'results', name));
      // A last call finds nothing to make and takes away what the killed ones left.
      expect(await ended(start(folder))).toBe(0);
      expect(place.names(folder, 'results')).toEqual(names);
      expect(place.names(folder, 'claims')).toEqual([]);
    }),
    { numRuns: 1, seed: 7, endOnFailure: true },
  );
}, 180_000);
