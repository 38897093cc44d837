// `npm run torture -- CAMPAIGN`: attacks the program with seeded random cases and prints a table. Every failure is a line from which
// it can be repeated; the failing input is kept. Exit status 1 where something failed, 2 for wrong flags.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { campaigns } from './campaigns.ts';
import { serveBlocks } from './cases/case-thread.ts';
import { FailureLog } from './failure-log.ts';
import { FlagError, type Flags, readFlags } from './flags.ts';
import { tabulate } from './table.ts';

/** Beside this file once all is one file: dist/torture. */
const kept = join(fileURLToPath(new URL('.', import.meta.url)), 'failures');

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words.includes('--help') || words.includes('-h')) {
    console.log(help());
    return words.length === 0 ? 2 : 0;
  }
  let flags: Flags;
  try {
    flags = readFlags(words, campaigns);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    console.error(`torture: ${error.message}`);
    return 2;
  }
  const { campaign, seed, size, jobs, targets, from } = flags;
  const print = (line: string) => console.log(line);
  const command = `npm run torture -- ${campaign.name} --seed ${quoted(seed)}`;
  const failures = new FailureLog(campaign.name, seed, kept, command, print);
  print(`${campaign.name}: ${from === undefined ? `${size} ${campaign.unit}` : `case ${from}`}, seed ${seed}, ${jobs} at a time`);
  const rows = await campaign.run({ seed, size, jobs, targets, from, failures, print });
  for (const line of tabulate(rows)) print(line);
  for (const [kind, count] of failures.counts()) print(`${count} x ${kind}`);
  return rows.some((row) => row.failures > 0) ? 1 : 0;
}

function help(): string {
  const lines = campaigns.flatMap(({ name, title, unit, usualSize, targets }) => [
    `  ${name.padEnd(8)} ${title}; --size counts ${unit} (${usualSize} where it is left out)`,
    ...targets.map((target) => `           ${target.name.padEnd(18)} ${target.title}`),
  ]);
  return [
    'npm run torture -- CAMPAIGN [--size N] [--seed TEXT] [--jobs N] [--only TARGET] [--from CASE]',
    '',
    ...lines,
    '',
    '--from repeats one case of the target that --only names.',
  ].join('\n');
}

const quoted = (text: string) => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

if (isMainThread) process.exitCode = await main(process.argv.slice(2));
else serveBlocks();
