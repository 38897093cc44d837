// `npm run bench`: figures for fixed, seeded work. Each figure is the fastest and the median of several blocks after a
// warm-up, so that what else the machine does is told apart from what the program costs.
import { cpus } from 'node:os';
import { benchForward } from './forward.ts';
import { benchMeadow } from './meadow.ts';

console.log(`Upslope bench, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, one thread`);
benchForward();
benchMeadow();
