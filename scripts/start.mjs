// npm start: installs and builds what is missing, then `upslope serve` serves the page and says where. `npm start -- runs/first` opens a run.
import { ensureInstalled, run } from './setup.mjs';

await ensureInstalled();
const { bundleAloud } = await import('./bundle.mjs');
await bundleAloud('page');
const { file } = await bundleAloud('cli');
process.exitCode = await run(process.execPath, [file, 'serve', ...process.argv.slice(2)]);
