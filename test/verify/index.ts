// `npm run verify`: the claims of the scenes and of the theory at full size, printed as tables. Each seed is a task in a
// process of its own, as many at once as there are cores. `npm run verify -- meadow 3` runs one table with three seeds.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { armsRace } from './arms-race.ts';
import { bloom } from './bloom.ts';
import { calibration } from './calibration.ts';
import { climbing, climbingWith } from './climb.ts';
import { climbTimes } from './climb-times.ts';
import { equivalence } from './equivalence.ts';
import { islands } from './islands.ts';
import { juice } from './juice.ts';
import { lab } from './lab.ts';
import { meadow } from './meadow.ts';
import { mechanismChecks } from './mechanism-checks.ts';
import {
  achieversAndWanters,
  baldwin,
  chickenAndVelociraptor,
  hawkDove,
  marks,
  rockPaperScissors,
  school,
  selfishGenes,
  twoGrasses,
} from './mechanism-scenes.ts';
import { peacocks } from './peacocks.ts';
import { power } from './power.ts';
import { price } from './price.ts';
import { record } from './record.ts';
import { tangent } from './tangent.ts';
import type { Verification } from './verification.ts';

const verifications: readonly Verification[] = [
  meadow,
  armsRace,
  bloom,
  islands,
  peacocks,
  juice,
  baldwin,
  marks,
  school,
  selfishGenes,
  hawkDove,
  rockPaperScissors,
  twoGrasses,
  achieversAndWanters,
  chickenAndVelociraptor,
  mechanismChecks,
  climbing,
  climbingWith,
  climbTimes,
  power,
  price,
  tangent,
  record,
  lab,
  equivalence,
  calibration,
];

/** The project, from where this lies once all is one file: dist/verify. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Seeds where nobody says how many. */
const usualSeeds = 10;

async function main(): Promise<number> {
  const [first, second, third] = process.argv.slice(2);
  if (first === '--task') {
    const found = verifications.find(({ name }) => name === second);
    console.log(JSON.stringify(await found?.measure(Number(third))));
    return 0;
  }
  const chosen = first === undefined ? verifications : verifications.filter(({ name }) => name === first);
  const seeds = second === undefined ? usualSeeds : Number(second);
  if (chosen.length === 0 || !Number.isInteger(seeds) || seeds < 2) {
    console.error(
      `verify: '${[first, second].join(' ')}' is not a table and a number of seeds; give ${verifications.map(({ name }) => name).join(', ')} and 2 or more`,
    );
    return 2;
  }
  let failed = 0;
  for (const verification of chosen) {
    const count = Math.min(seeds, verification.mostSeeds ?? seeds);
    console.log(`\n${verification.title} (${count} seeds)`);
    const results = await runAll(verification.name, count);
    const { lines, holds } = verification.judge(results);
    for (const line of lines) console.log(line);
    console.log(holds ? 'holds' : 'DOES NOT HOLD');
    // Files hold the numbers of as many seeds as there are without being told, and of no others.
    const files =
      count === Math.min(usualSeeds, verification.mostSeeds ?? usualSeeds) ? verification.files?.(results) : undefined;
    for (const [path, write] of Object.entries(files ?? {})) {
      const file = join(root, path);
      writeFileSync(file, write(existsSync(file) ? readFileSync(file, 'utf8') : ''));
      console.log(`wrote ${path}`);
    }
    if (!holds) failed++;
  }
  return failed === 0 ? 0 : 1;
}

/** Runs seeds 1 to `seeds` of a table, in order of seed, over all cores. */
async function runAll(name: string, seeds: number): Promise<Record<string, number>[]> {
  const results: Record<string, number>[] = new Array(seeds);
  let next = 1;
  const lane = async () => {
    while (next <= seeds) {
      const seed = next++;
      results[seed - 1] = await runTask(name, seed);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, cpus().length) }, lane));
  return results;
}

function runTask(name: string, seed: number): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(import.meta.url);
    execFile(process.execPath, [file, '--task', name, String(seed)], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`verify ${name} seed ${seed}: ${stderr || error.message}`));
      else resolve(JSON.parse(stdout));
    });
  });
}

process.exitCode = await main();
