// What every command of the project does first. Before the packages are installed only Node's own modules are there,
// so this file and those that import it load nothing else at the top.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Runs a program and waits for it. Its output goes to this terminal, and what would stop this process is left to it:
 * it may have something to save first.
 * @returns {Promise<number>} its exit status; 127 when it cannot be started, 128 and more when a signal ended it.
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    // A terminal sends Ctrl+C to both; other signals reach only this process.
    const wait = () => {};
    const stop = () => child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', stop);
    const end = (status) => {
      process.off('SIGINT', wait).off('SIGTERM', stop);
      resolve(status);
    };
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      end(127);
    });
    child.on('close', (status, signal) => end(signal ? 128 + (constants.signals[signal] ?? 0) : (status ?? 1)));
  });
}

/** Runs a JavaScript tool of an installed package, without a shell between. */
export function runTool(file, args, options) {
  return run(process.execPath, [join(root, 'node_modules', file), ...args], options);
}

/**
 * How npm is started: as the script that started this one, by Node itself; else by its name, which on Windows is a batch file
 * (`npm.cmd`) and needs a shell. Arguments go through that shell as they are: give plain words.
 * @returns {{ program: string, args: string[], options: { shell?: boolean } }}
 */
export function npmCommand(args, { execPath = process.env.npm_execpath, platform = process.platform } = {}) {
  if (execPath && /\.c?js$/.test(execPath) && existsSync(execPath)) {
    return { program: process.execPath, args: [execPath, ...args], options: {} };
  }
  return { program: 'npm', args, options: platform === 'win32' ? { shell: true } : {} };
}

/** Packages that the lock file of a folder asks for and that are not installed as it says; undefined when none are installed. */
function missingPackages(folder) {
  const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8')).packages;
  if (!existsSync(join(folder, 'node_modules/.package-lock.json'))) return undefined;
  const wanted = read('package-lock.json');
  const installed = read('node_modules/.package-lock.json');
  return Object.keys(wanted).filter((path) => {
    if (path === '') return false;
    // Packages for other systems are optional and rightly absent.
    if (!installed[path]) return !wanted[path].optional;
    return installed[path].version !== wanted[path].version;
  });
}

/** Installs the packages of a folder's package-lock.json unless they are installed. Ends the process with one line when it cannot. */
export async function ensureInstalled(folder = root) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
    process.exit(2);
  }
  const missing = missingPackages(folder);
  if (missing && missing.length === 0) return;
  console.log(
    missing ? `install: ${missing.length} packages differ from package-lock.json` : 'install: packages of package-lock.json',
  );
  const { program, args, options } = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const status = await run(program, args, { cwd: folder, ...options });
  if (status !== 0) {
    console.error('install: npm ci failed. Check the network connection and run the command again.');
    process.exit(1);
  }
}
