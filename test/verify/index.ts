// `npm run verify`: the claims of the scenes and of the theory at full size, printed as tables. Each seed is a task in a
// process of its own, as many at once as there are cores. `npm run verify -- meadow 3` prints one table with three seeds, with
// `--write` it also puts it where the documents and scenes have it. What was measured is kept: one that was stopped continues;
// with `--keep` also in docs/measured, so that one of days can be made in parts. `--stale` names what was made with another engine or scene.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDocuments, pages } from './check-documents.ts';
import { present, sceneFiles } from './made-with.ts';
import { measuredLines, measuredPath, readMeasured } from './measured-seeds.ts';
import { verifications } from './registry.ts';
import { fullSeeds, newSeeds, type Verification } from './verification.ts';
import { writeDocuments } from './write-documents.ts';

/** The project, from where this lies once all is one file: dist/verify. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words[0] === '--task') {
    const found = verifications.find(({ name }) => name === words[1]);
    console.log(JSON.stringify(await found?.measure(Number(words[2]))));
    return 0;
  }
  if (words.length === 1 && words[0] === '--stale') return nameStale();
  const writing = words.includes('--write');
  const keeping = words.includes('--keep');
  const from = words.indexOf('--from');
  const first = from < 0 ? 1 : Number(words[from + 1]);
  const [name, count, ...rest] = words.filter(
    (word, k) => word !== '--write' && word !== '--keep' && (from < 0 || (k !== from && k !== from + 1)),
  );
  const chosen = name === undefined ? verifications : verifications.filter((one) => one.name === name);
  const seeds = count === undefined ? undefined : Number(count);
  const wrong = (seeds !== undefined && (!Number.isInteger(seeds) || seeds < 2)) || !(Number.isInteger(first) && first >= 1);
  const most = chosen.length === 1 ? chosen[0].mostSeeds : undefined;
  if (seeds !== undefined && most !== undefined && seeds > most) {
    console.error(`verify: ${name} takes ${most} seeds at most; give ${most} or fewer`);
    return 2;
  }
  if (chosen.length === 0 || rest.length > 0 || wrong || (writing && first !== 1 && first !== newSeeds)) {
    console.error(
      `verify: '${words.join(' ')}' is not a table and a number of seeds; give one of ${verifications.map((one) => one.name).join(', ')}, then 2 or more, --from ${newSeeds} to take other seeds, --write to put it into the documents (seeds from 1 or ${newSeeds} on), --keep to keep the numbers of each seed in docs/measured; or --stale alone`,
    );
    return 2;
  }
  let failed = 0;
  for (const verification of chosen) {
    if (!(await verify(verification, seeds ?? fullSeeds(verification), first, { writing, keeping }))) failed++;
  }
  return failed === 0 ? 0 : 1;
}

/** Makes and prints one table, and writes it where that is asked for. Returns whether the claim holds. */
async function verify(
  verification: Verification,
  count: number,
  first: number,
  { writing, keeping }: { writing: boolean; keeping: boolean },
): Promise<boolean> {
  console.log(`\n${verification.title} (${count} seeds${first === 1 ? '' : ` from ${first} on`})`);
  const results = await runAll(verification, count, first, keeping);
  const { lines, holds } = verification.judge(results);
  for (const line of lines) console.log(line);
  console.log(holds ? 'holds' : 'DOES NOT HOLD');
  if (verification.found) console.log(`scene ${verification.found.scene}: ${verification.found.text(results)}`);
  if (writing) {
    const files = writeDocuments(verification, results, present, read, first);
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(root, path), text);
      console.log(`wrote ${path}`);
    }
    if (Object.keys(files).length === 0) console.log(`no page and no scene holds numbers of ${verification.name}`);
  }
  return holds;
}

/** Prints what is wrong with markers, and what was made with another engine or scene. Only the former is a failure. */
function nameStale(): number {
  const texts = Object.fromEntries(pages.map((path) => [path, read(path)]));
  const { faults, stale } = checkDocuments({ pages: texts, scenes: sceneFiles, verifications, present });
  for (const line of faults) console.error(line);
  for (const line of stale) console.log(line);
  if (faults.length === 0 && stale.length === 0) console.log('every table was made with this engine and these scenes');
  return faults.length === 0 ? 0 : 1;
}

/** Runs this many seeds of a table, in order of seed, over all cores. */
async function runAll(
  verification: Verification,
  seeds: number,
  first: number,
  keeping: boolean,
): Promise<Record<string, number>[]> {
  const file = join(root, measuredPath(verification.name));
  const measured = readMeasured(existsSync(file) ? readFileSync(file, 'utf8') : '', verification, present);
  const recalled = Array.from({ length: seeds }, (_, k) => first + k).filter((seed) => measured.has(seed));
  if (recalled.length > 0) console.log(`${recalled.length} of ${seeds} seeds as they are in ${measuredPath(verification.name)}`);
  const results: Record<string, number>[] = new Array(seeds);
  let next = 0;
  const lane = async () => {
    while (next < seeds) {
      const place = next++;
      const seed = first + place;
      const known = measured.get(seed);
      results[place] = known ?? (await runTask(verification.name, seed));
      if (!keeping || known) continue;
      mkdirSync(dirname(file), { recursive: true });
      const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
      appendFileSync(file, measuredLines(verification, seed, results[place], present, before));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, cpus().length) }, lane));
  return results;
}

const file = fileURLToPath(import.meta.url);

/**
 * Where results of this very program are kept, so that a verification that was stopped continues: any change of the program
 * begins again.
 */
const kept = join(
  root,
  'dist/verify/kept',
  createHash('sha256').update(readFileSync(file)).update(process.version).digest('hex').slice(0, 16),
);

/** The numbers of one seed: those that are kept, or made by a process of its own. */
async function runTask(name: string, seed: number): Promise<Record<string, number>> {
  const path = join(kept, `${name}-${seed}.json`);
  // JSON writes what is not a number as null.
  const parse = (text: string) => JSON.parse(text, (_, value) => value ?? Number.NaN);
  if (existsSync(path)) return parse(readFileSync(path, 'utf8'));
  const text = await performTask(name, seed);
  mkdirSync(kept, { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
  return parse(text);
}

function performTask(name: string, seed: number): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, '--task', name, String(seed)], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`verify ${name} seed ${seed}: ${stderr || error.message}`));
      else resolve(stdout);
    });
  });
}

process.exitCode = await main();
