// npm run build [-- page cli lib api documents]: everything that is built, each only when stale.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, run, runTool } from './setup.mjs';

await ensureInstalled();
const { bundleAloud, forget } = await import('./bundle.mjs');
const { buildKernel } = await import('./kernel.mjs');

const steps = {
  /** The reference in docs/reference and the JSON Schema of scenes, from what the code says about itself. */
  async documents() {
    const { file, built } = await bundleAloud('documents');
    if (!built && existsSync(join(root, 'docs/reference')) && existsSync(join(root, 'assets/scene.schema.json'))) return 0;
    return run(process.execPath, [file]);
  },
  async page() {
    await bundleAloud('page');
    return 0;
  },
  async cli() {
    await bundleAloud('cli');
    return 0;
  },
  /** The library as one file, and its types as a tree of declarations beside it. */
  async lib() {
    const { built } = await bundleAloud('lib');
    if (!built) return 0;
    const status = await runTool('typescript/bin/tsc', ['--project', 'tsconfig.lib.json']);
    if (status !== 0) forget('lib');
    return status;
  },
  /** The public surface of the library, in docs/api.md. */
  async api() {
    const status = await steps.lib();
    if (status !== 0) return status;
    const { apiReport, reportFile } = await import('./api-report.mjs');
    writeFileSync(reportFile, apiReport().text);
    return 0;
  },
};

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in steps));
if (unknown) {
  console.error(`build: '${unknown}' is not one of ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
await buildKernel();
for (const name of named.length > 0 ? named : Object.keys(steps)) {
  const status = await steps[name]();
  if (status !== 0) process.exit(status);
}
