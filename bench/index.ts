// `npm run bench`: figures for fixed, seeded work; `npm run bench -- forward landscape` prints some of them. Each figure is the fastest and the median of several blocks after a
// warm-up, so that what else the machine does is distinguished from what the program costs.
import { cpus } from 'node:os';
import { speedTable } from '../test/verify/check-documents.ts';
import { benchExports, exportAlone, exportOnly } from './exports.ts';
import { benchForward } from './forward.ts';
import { benchLandscape } from './landscape.ts';
import { benchLearning } from './learning.ts';
import { benchMeadow } from './meadow.ts';
import { benchMechanisms } from './mechanisms.ts';
import { benchRecord } from './record.ts';
import { benchSweep } from './sweep.ts';
import { benchThreads, stepAlone, threadsAlone } from './threads.ts';
import { writeSpeedTable } from './write-speed-table.ts';

const [, , what, ...paths] = process.argv;
if (what === exportOnly) {
  await exportAlone(paths[0], paths[1]);
  process.exit();
}
if (what === threadsAlone) {
  stepAlone(paths[0], paths[1]);
  process.exit();
}

const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  forward: benchForward,
  learning: benchLearning,
  mechanisms: benchMechanisms,
  meadow: benchMeadow,
  landscape: benchLandscape,
  record: benchRecord,
  exports: benchExports,
  sweep: benchSweep,
  threads: benchThreads,
};
const writing = process.argv.includes('--write');
const asked = process.argv.slice(2).filter((word) => word !== '--write');
if (writing && asked.length > 0) {
  console.error(`bench: --write puts a whole table into ${speedTable.page}; leave out '${asked.join(' ')}'`);
  process.exit(2);
}
const names = writing ? ['forward', 'meadow'] : asked;
const unknown = names.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`bench: there is no '${unknown}'; give some of ${Object.keys(benches).join(', ')}, or nothing for all`);
  process.exit(2);
}
console.log(`Upslope bench, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, one thread`);
for (const [name, bench] of Object.entries(benches)) if (names.length === 0 || names.includes(name)) await bench();
if (writing) writeSpeedTable();
