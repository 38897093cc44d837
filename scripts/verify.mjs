// npm run verify: checks that evolution is real and prints the table.
import { ensureInstalled, run } from './setup.mjs';

await ensureInstalled();
const { bundleAloud } = await import('./bundle.mjs');
const { file } = await bundleAloud('verify');
process.exit(await run(process.execPath, [file, ...process.argv.slice(2)]));
