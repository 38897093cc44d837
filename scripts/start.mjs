// npm start: installs and builds what is missing, serves the page and says where.
import { join } from 'node:path';
import { pageHeaders } from './content-policy.mjs';
import { ensureInstalled, root } from './setup.mjs';

await ensureInstalled();
const { bundleAloud } = await import('./bundle.mjs');
await bundleAloud('page');
const { preview } = await import('vite');
const server = await preview({
  root,
  configFile: false,
  base: './',
  logLevel: 'error',
  build: { outDir: join(root, 'dist/page') },
  // The next free port is taken where this one is busy.
  preview: { port: 4173, strictPort: false, open: process.argv.includes('--open'), headers: pageHeaders },
});
console.log(`Upslope opens on the meadow at ${server.resolvedUrls.local[0]}`);
console.log('Stop with Ctrl+C.');
