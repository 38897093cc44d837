// npm run bench: measures speed and memory.
import { ensureInstalled, run } from './setup.mjs';

await ensureInstalled();
const { bundleAloud } = await import('./bundle.mjs');
const { file } = await bundleAloud('bench');
process.exit(await run(process.execPath, ['--expose-gc', file, ...process.argv.slice(2)]));
