// npm run build [-- page cli lib api documents]: everything that is built, each only when stale.
// npm run build -- page --extension FILE: the page with an extension, which is built each time.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root, run, runTool } from './setup.mjs';

const named = process.argv.slice(2);
const at = named.indexOf('--extension');
if (at >= 0) {
  const [, file] = named.splice(at, 2);
  if (file === undefined || !existsSync(file) || named.join() !== 'page') {
    console.error('build: give a module that is there: npm run build -- page --extension FILE');
    process.exit(2);
  }
  process.env.UPSLOPE_EXTENSION = resolve(file);
}

await ensureInstalled();
const { bundle, bundleAloud, forget } = await import('./bundle.mjs');
const { buildKernel } = await import('./kernel.mjs');

const steps = {
  /** The reference in docs/reference and the JSON Schemas of scenes and lessons, from what the code says about itself. */
  async documents() {
    const { file, built } = await bundleAloud('documents');
    const outputs = ['docs/reference', 'assets/scene.schema.json', 'dist/lesson.schema.json'];
    if (!built && outputs.every((path) => existsSync(join(root, path)))) return 0;
    return run(process.execPath, [file]);
  },
  async page() {
    if (process.env.UPSLOPE_EXTENSION !== undefined && !(await checkPageExtension())) return 2;
    await bundleAloud('page');
    return 0;
  },
  async cli() {
    await bundleAloud('cli');
    return 0;
  },
  /** The library, and its types: a tree of declarations in dist/types, rolled up into one file an entry beside it. */
  async lib() {
    const { built } = await bundleAloud('lib');
    if (!built) return 0;
    rmSync(join(root, 'dist/types'), { recursive: true, force: true });
    const status = await runTool('typescript/bin/tsc', ['--project', 'tsconfig.lib.json']);
    if (status !== 0) {
      forget('lib');
      return status;
    }
    const { rollTypes } = await import('./roll-types.mjs');
    await rollTypes();
    return 0;
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

/** Makes the catalogue of the page here first: on the page a module that is not an extension would be a page that does not start. */
async function checkPageExtension() {
  const file = process.env.UPSLOPE_EXTENSION;
  try {
    const bundled = await bundle('page-catalogue');
    const { pageCatalogue } = await import(pathToFileURL(bundled.file).href);
    const { name, version } = pageCatalogue.extensions.at(-1) ?? {};
    if (name === undefined) throw new Error('it has no default export');
    console.log(`build: the page has the extension ${name} ${version}`);
    return true;
  } catch (error) {
    console.error(`build: ${file}: ${error.message.split('\n')[0]}`);
    return false;
  }
}

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
