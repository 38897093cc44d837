// npm test: everything that is checked, a line for each step. `npm test -- unit lint` runs only the named steps and kinds of
// tests; every other word goes to vitest: `npm test -- unit -t barrier`. Tests against a real Slurm, which installs and starts one,
// are among everything only where UPSLOPE_SLURM=1 says so, and run by `npm run test:slurm`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, runTool } from './setup.mjs';

const checks = {
  types: () =>
    runTool('svelte-check/bin/svelte-check', ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings']),
  lint: () =>
    runTool('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.']),
  imports: () =>
    runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
      'src',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
    ]),
  /** Tables of the documents and what scenes say was found: bad markers are failures, what is stale is named at the end. */
  async tables() {
    const { bundle } = await import('./bundle.mjs');
    const { file } = await bundle('verify');
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, '--stale'], { encoding: 'utf8' });
    process.stderr.write(stderr);
    closing.push(...stdout.split('\n').filter((line) => line.includes('Make it again')));
    return status;
  },
  /** Budgets of what the page loads, as package.json says. */
  async size() {
    const { bundle } = await import('./bundle.mjs');
    await bundle('page');
    return runTool('size-limit/bin.js', []);
  },
};
/** Lines for the very end: what is worth knowing and is not a failure. */
const closing = [];
const kinds = ['unit', 'property', 'theory', 'golden', 'readers', 'package', 'browser', 'slurm'];

const words = process.argv.slice(2);
const named = words.filter((word) => word in checks || kinds.includes(word));
const passedOn = words.filter((word) => !named.includes(word));
const everything = named.length === 0 && passedOn.length === 0;
const checksToRun = Object.keys(checks).filter((name) => everything || named.includes(name));
const kindsToRun = kinds.filter((kind) => named.includes(kind));
const testsRun = everything || kindsToRun.length > 0 || passedOn.length > 0;
if (kindsToRun.includes('slurm')) process.env.UPSLOPE_SLURM = '1';
const needs = (kind) => testsRun && (kindsToRun.length === 0 || kindsToRun.includes(kind));

let passed = 0;
let failed = 0;

/** Runs one step, says how long it took, and counts it as a failure when it returns or throws one. */
async function step(name, work) {
  const start = Date.now();
  let good = false;
  try {
    good = await work();
  } catch (error) {
    console.error(error.message);
  }
  console.log(`${name}: ${good ? 'ok' : 'FAILED'} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  return good;
}

/** Counts the results of vitest's JSON report. A file that cannot be loaded has no tests in it and counts as one failure. */
function readReport(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'upslope-test-'));
  const file = join(folder, 'report.json');
  try {
    const args = [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      // Two projects hold the browser tests: together, and one at a time.
      ...kindsToRun.flatMap((kind) => ['--project', kind === 'browser' ? 'browser*' : kind]),
      ...passedOn,
    ];
    const status = await runTool('vitest/vitest.mjs', args, {
      env: { ...process.env, UPSLOPE_MODULE_CACHE: join(folder, 'modules') },
    });
    const result = readReport(file);
    passed += result.passed;
    failed += result.failed;
    if (result.skipped > 0) console.log(`tests: ${result.skipped} skipped`);
    if (result.passed + result.failed === 0) throw new Error('no test ran');
    if (status !== 0 && result.failed === 0) throw new Error(`vitest ended with status ${status} although no test failed`);
    return status === 0;
  } catch (error) {
    failed += 1;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs what tests need and the machine lacks, one after the other: Debian's installer lets one in at a time. */
async function programs() {
  if (needs('browser')) {
    const good = await step('browser', async () => {
      const { ensureBrowser } = await import('./browser.mjs');
      const path = await ensureBrowser();
      if (!path) {
        throw new Error('No Chrome or Chromium found: install one (Debian: apt-get install chromium) or set CHROME_PATH to it.');
      }
      process.env.CHROME_PATH = path;
      return true;
    });
    if (!good) failed += 1;
  }
  if (needs('readers')) {
    // Missing readers are not a failure: the names of the tests that they are skipped for say so.
    await step('readers', async () => {
      const { ensureReaders } = await import('./readers.mjs');
      await ensureReaders();
      return true;
    });
  }
  if (needs('slurm') && process.env.UPSLOPE_SLURM === '1') {
    const good = await step('slurm', async () => {
      const { ensureSlurm } = await import('./slurm.mjs');
      await ensureSlurm();
      return true;
    });
    if (!good) failed += 1;
  }
}

await ensureInstalled();
const { buildKernel } = await import('./kernel.mjs');
const compiled = await step('kernel', async () => {
  await buildKernel();
  return true;
});
if (!compiled) failed += 1;
// The check of types takes as long as all others, and one core: they run beside it, on another.
const queues = [checksToRun.filter((name) => name === 'types'), checksToRun.filter((name) => name !== 'types')];
// What is installed meanwhile mostly waits for the network and the disk.
await Promise.all([
  programs(),
  ...queues.map(async (names) => {
    for (const name of names) {
      if (!(await step(name, async () => (await checks[name]()) === 0))) failed += 1;
    }
  }),
]);
if (testsRun && compiled) await step('tests', tests);

for (const line of closing) console.log(`stale: ${line}`);
if (process.env.UPSLOPE_TEST_RESULT) writeFileSync(process.env.UPSLOPE_TEST_RESULT, `${passed} passed, ${failed} failed\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
