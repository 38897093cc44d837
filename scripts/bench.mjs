// npm run bench: measures speed and memory; with --write, also puts the figures into docs/speed.md; with --against REF, compares with
// another state of the repository.
import { ensureInstalled, run } from './setup.mjs';

await ensureInstalled();
const words = process.argv.slice(2);
if (words.some((word) => word.startsWith('--') && word !== '--write')) {
  const { against } = await import('../bench/against.mjs');
  process.exit(await against(words));
}
const { bundleAloud } = await import('./bundle.mjs');
const { file } = await bundleAloud('bench');
process.exit(await run(process.execPath, ['--expose-gc', file, ...words]));
