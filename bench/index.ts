// `npm run bench`: figures for fixed, seeded work. Each figure is the fastest and the median of several blocks after a
// warm-up, so that what else the machine does is told apart from what the program costs.
import { cpus } from 'node:os';
import { benchExports, exportAlone, exportOnly } from './exports.ts';
import { benchForward } from './forward.ts';
import { benchLandscape } from './landscape.ts';
import { benchMeadow } from './meadow.ts';
import { benchRecord } from './record.ts';
import { benchSweep } from './sweep.ts';

const [, , what, ...paths] = process.argv;
if (what === exportOnly) {
  await exportAlone(paths[0], paths[1]);
  process.exit();
}

console.log(`Upslope bench, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, one thread`);
benchForward();
benchMeadow();
benchLandscape();
benchRecord();
benchExports();
await benchSweep();
