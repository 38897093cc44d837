// Builds page, command line, library, benchmark and checks, each only when something that it is made of has changed.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './setup.mjs';

const common = [
  'src',
  'scenes',
  'assets/lessons',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'scripts/kernel.mjs',
  'scripts/kernel-face.mjs',
];

/** What can be built: the file by which its presence is known, and what it is made of besides the common sources. */
const targets = {
  page: { file: 'dist/page/index.html', sources: ['index.html', 'assets'] },
  cli: { file: 'dist/cli/upslope.js', sources: [] },
  lib: { file: 'dist/lib/index.js', sources: ['tsconfig.json', 'tsconfig.lib.json'] },
  documents: {
    file: 'dist/documents/documents.js',
    sources: ['scripts/documents.ts', 'scripts/reference-pages.ts', 'scripts/written-tables.ts'],
  },
  bench: { file: 'dist/bench/bench.js', sources: ['bench', 'test/verify', 'test/golden/hashes.json'] },
  verify: {
    file: 'dist/verify/verify.js',
    sources: ['test/verify', 'test/theory', 'test/golden/hashes.json', 'test/unit/engine'],
  },
  'page-catalogue': { file: 'dist/page-catalogue/page-catalogue.js', sources: [] },
  'hash-job': {
    file: 'dist/torture/hash-job.js',
    sources: ['test/torture/engines', 'test/fixtures', 'test/unit/math/kernel.ts'],
  },
  torture: {
    file: 'dist/torture/torture.js',
    sources: ['test/torture', 'test/property', 'test/unit', 'test/fixtures', 'test/browser/serve.ts'],
  },
};

/** Feeds name and content of a file, or of every file of a folder in a fixed order, into a hash. */
function hashInto(hash, path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return;
  if (!statSync(absolute).isDirectory()) {
    hash.update(`${path}\n`).update(readFileSync(absolute));
    return;
  }
  for (const name of readdirSync(absolute).sort()) {
    // Compiled from its neighbours, which are hashed themselves.
    if (name !== 'generated') hashInto(hash, `${path}/${name}`);
  }
}

/** The module that the page is built with: what it imports is not known, so that nothing built with one is taken for fresh. */
const extension = process.env.UPSLOPE_EXTENSION;

function fingerprint(target) {
  const hash = createHash('sha256');
  for (const path of [...common, ...targets[target].sources]) hashInto(hash, path);
  if (extension !== undefined) hash.update(`extension ${extension}\n`);
  return hash.digest('hex');
}

/**
 * Builds a target when it is missing or stale.
 * @param {'page' | 'cli' | 'lib' | 'documents' | 'bench' | 'verify' | 'hash-job' | 'torture' | 'page-catalogue'} target
 * @returns {Promise<{ file: string, built: boolean }>} absolute path of its main file, and whether it was built now.
 * @throws {Error} when the build fails.
 */
export async function bundle(target) {
  // One process at a time: each empties the folder that it builds into, which another may be serving already.
  const lock = join(root, 'dist/.stamps', `${target}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) await pause(200);
  try {
    return await bundleAlone(target);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Milliseconds that no build takes: a lock that is older was left behind, even if another process has its number now. */
const longestBuild = 600_000;

/** Takes a lock, a file that holds the number of its process, unless a process that is alive has it. */
function take(lock) {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (isHeld(lock)) return false;
  // Moved away first, which only one of several that wait can do: another may have the lock by now.
  const stale = `${lock}.${process.pid}`;
  try {
    renameSync(lock, stale);
  } catch {
    return false;
  }
  if (isHeld(stale)) renameSync(stale, lock);
  else rmSync(stale, { force: true });
  return false;
}

function isHeld(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > longestBuild) return false;
    const holder = Number(readFileSync(lock, 'utf8'));
    // Empty for the moment between its making and its writing.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function bundleAlone(target) {
  const file = join(root, targets[target].file);
  const stampFile = join(root, 'dist/.stamps', target);
  const stamp = fingerprint(target);
  if (extension === undefined && existsSync(file) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return { file, built: false };
  const { build } = await import('vite');
  forget(target);
  const page = target === 'page';
  const made = await inProduction(() =>
    build({
      root,
      configFile: join(root, 'vite.config.ts'),
      mode: page ? 'production' : target,
      logLevel: 'warn',
      // What a former build left there would be served, or packed.
      build: { emptyOutDir: page || target === 'lib' },
    }),
  );
  if (target === 'cli') {
    chmodSync(file, 0o755);
    // Not before the build: what was built before may be running.
    const parts = join(dirname(file), 'parts');
    const kept = new Set(made.output.map(({ fileName }) => fileName));
    for (const name of readdirSync(parts)) if (!kept.has(`parts/${name}`)) rmSync(join(parts, name));
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return { file, built: true };
}

/** Does something as outside of a test runner, whose environment makes Svelte compile for development and cut other files. */
async function inProduction(work) {
  const { NODE_ENV, VITEST } = process.env;
  process.env.NODE_ENV = 'production';
  delete process.env.VITEST;
  try {
    return await work();
  } finally {
    for (const [name, value] of Object.entries({ NODE_ENV, VITEST })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** Makes the next `bundle` build the target again, whatever has changed. */
export function forget(target) {
  rmSync(join(root, 'dist/.stamps', target), { force: true });
}

/** Builds as `bundle` does, with a line that says what was built and how long it took. */
export async function bundleAloud(target) {
  const start = Date.now();
  const result = await bundle(target);
  if (result.built) console.log(`build: ${target} in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
