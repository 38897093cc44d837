// npm run torture: attacks the program with seeded random cases; `npm run torture -- --help` lists the campaigns.
import { ensureInstalled, run } from './setup.mjs';

await ensureInstalled();
const { bundleAloud } = await import('./bundle.mjs');
await bundleAloud('cli');
const { file } = await bundleAloud('torture');
process.exit(await run(process.execPath, ['--expose-gc', file, ...process.argv.slice(2)]));
