import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../src/cli/main.ts';
import { nodeIo } from '../src/cli/node-io.ts';
import type { History } from '../src/export/history.ts';
import { caterpillar, randomHistory } from '../test/unit/formats/random-history.ts';
import { writeRun } from '../test/unit/formats/write-run.ts';

/** First argument of a process that is only to export, so that its memory is its own. */
export const exportOnly = 'export-only';

const histories: readonly (readonly [string, () => History])[] = [
  ['1,000,000 asexual', () => randomHistory({ organisms: 1_000_000, living: 5000, loci: 200, speciation: 0.0005 })],
  [
    '1,000,000 with two parents and transfers',
    () => randomHistory({ organisms: 1_000_000, living: 5000, loci: 200, sexual: 0.9, transfers: 0.1, speciation: 0.0005 }),
  ],
  ['a line of 100,000 generations', () => caterpillar(100_000)],
];

/** Time and memory of `upslope export --format all` of long histories without genomes, files checked and all. */
export function benchExports(): void {
  const place = mkdtempSync(join(tmpdir(), 'upslope-exports-'));
  try {
    for (const [i, [title, make]] of histories.entries()) {
      const [run, out] = [join(place, `run-${i}`), join(place, `out-${i}`)];
      writeFiles(make(), run);
      const told = execFileSync(process.execPath, [process.argv[1], exportOnly, run, out], { encoding: 'utf8' });
      const { seconds, processor, megabytes } = JSON.parse(told.trim().split('\n').at(-1) ?? '');
      const time = `${seconds.toFixed(1).padStart(6)} s (${processor.toFixed(1)} s of a processor)`;
      console.log(`export ${title.padEnd(44)} ${time}, ${megabytes.toFixed(0)} MB of memory at most`);
      rmSync(run, { recursive: true });
      rmSync(out, { recursive: true });
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Exports a run to every format, and prints time and memory as the last line. */
export async function exportAlone(run: string, out: string): Promise<void> {
  const started = performance.now();
  const status = await main(['export', run, '--format', 'all', '--out', out], nodeIo(new URL('../page/', import.meta.url)));
  if (status !== 0) throw new Error(`the export ended with status ${status}`);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ seconds, processor: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
}

function writeFiles(history: History, run: string): void {
  mkdirSync(run);
  const opened: number[] = [];
  writeRun(history, (name) => {
    const file = openSync(join(run, name), 'w');
    opened.push(file);
    return (chunk) => void writeSync(file, chunk);
  });
  for (const file of opened) closeSync(file);
}
