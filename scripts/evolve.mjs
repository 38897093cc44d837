// npm run evolve -- [options]: runs the meadow without a page, or another scene: npm run evolve -- arms-race --seed 7
import { ensureInstalled, run } from './setup.mjs';

await ensureInstalled();
const { bundleAloud } = await import('./bundle.mjs');
const { file } = await bundleAloud('cli');
const args = process.argv.slice(2);
// The scene may be left out: a first word that is not an option names another one.
const scene = args.length > 0 && !args[0].startsWith('-') ? [] : ['meadow'];
process.exit(await run(process.execPath, [file, 'run', ...scene, ...args]));
