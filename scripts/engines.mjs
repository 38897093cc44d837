// The JavaScript engines that the torture campaign `engines` compares: finds them, and installs what may be installed.
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureBrowser, findBrowser } from './browser.mjs';
import { root, run } from './setup.mjs';

/** Versions of Node that are compared, by npm's own packages of it. */
const nodeVersions = [20, 22, 24];
/** Debian's packages of the engines, by what they bring. */
const debian = { firefox: 'firefox-esr', webkit: 'webkit2gtk-driver', display: 'xvfb', qemu: 'qemu-user' };
/** Debian's packages of the libraries that Node needs on arm64. */
const armLibraries = ['libc6', 'libgcc-s1', 'libstdc++6', 'libatomic1'];
/** Where downloaded engines lie. */
const folder = join(root, 'dist/engines');
const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A program by its names: that of an environment variable, or the first on the search path. */
function findProgram(variable, names) {
  const wanted = process.env[variable];
  if (wanted) return runnable(wanted) ? wanted : undefined;
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin'];
  return folders.flatMap((place) => names.map((name) => join(place, name))).find(runnable);
}

/** WebKitGTK's small browser, which lies beside the library, outside of the search path. */
function findWebKit() {
  const wanted = process.env.WEBKIT_PATH;
  if (wanted) return runnable(wanted) ? wanted : undefined;
  const inside = (place) =>
    existsSync(place)
      ? readdirSync(place, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(place, entry.name)] : []))
      : [];
  const libraries = [...inside('/usr/lib').flatMap(inside), ...inside('/usr/libexec'), ...inside('/usr/lib64')];
  return libraries
    .filter((path) => /\/webkit(2)?gtk-[\d.]+$/.test(path))
    .map((path) => join(path, 'MiniBrowser'))
    .find(runnable);
}

const nodeFile = (name) => join(folder, name, 'node_modules', name.replace(/@.*/, ''), 'bin/node');
const nodeName = (architecture, version) => `node-${process.platform}-${architecture}@${version}`;
/** Root of the libraries for arm64. */
const armRoot = join(folder, 'arm64');

/**
 * What there is on this machine; undefined for what is not. Nodes by their major version.
 * @returns {{ chromium?: string, firefox?: string, webkit?: string, display?: string, qemu?: string, armRoot?: string,
 *   nodes: Record<number, string | undefined>, armNodes: Record<number, string | undefined> }}
 */
export function findEngines() {
  const nodesFor = (architecture) =>
    Object.fromEntries(nodeVersions.map((version) => [version, [nodeFile(nodeName(architecture, version))].find(runnable)]));
  return {
    chromium: findBrowser(),
    firefox: findProgram('FIREFOX_PATH', ['firefox-esr', 'firefox']),
    webkit: findWebKit(),
    display: findProgram('XVFB_PATH', ['Xvfb']),
    qemu: findProgram('QEMU_AARCH64_PATH', ['qemu-aarch64', 'qemu-aarch64-static']),
    armRoot: existsSync(join(armRoot, 'lib/ld-linux-aarch64.so.1')) ? armRoot : undefined,
    nodes: nodesFor(process.arch),
    armNodes: nodesFor('arm64'),
  };
}

/** Whether Debian's packages may be installed here. */
const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

async function installNode(name) {
  mkdirSync(join(folder, name), { recursive: true });
  // A binary for another processor has to be forced.
  const args = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--force',
    '--loglevel=error',
    '--prefix',
    join(folder, name),
    name,
  ];
  await run('npm', args, { ...quiet, shell: process.platform === 'win32' });
}

/** Libraries of another architecture, taken apart into a folder: the system's own package lists stay as they are. */
async function installArmLibraries() {
  const [lists, cache] = [join(folder, 'apt/lists'), join(folder, 'apt/cache')];
  for (const part of [join(lists, 'partial'), join(cache, 'archives/partial')]) mkdirSync(part, { recursive: true });
  const options = [
    ['APT::Architecture', 'arm64'],
    ['APT::Architectures::', 'arm64'],
    ['APT::Sandbox::User', 'root'],
    ['Dir::State::lists', lists],
    ['Dir::Cache', cache],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  // Sources of others may have nothing for that architecture, and say so.
  await run('apt-get', [...options, 'update', '-qq'], { ...quiet, stdio: 'ignore' });
  const packages = join(folder, 'apt/packages');
  mkdirSync(packages, { recursive: true });
  await run('apt-get', [...options, 'download', '-qq', ...armLibraries.map((name) => `${name}:arm64`)], {
    ...quiet,
    cwd: packages,
  });
  for (const file of readdirSync(packages).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(packages, file), armRoot], quiet);
  }
}

/**
 * Installs engines that are missing where that may be done: Debian's packages as root, Node's from npm, into `dist/engines`.
 * @param {readonly string[]} only ids of the engines that are wanted
 */
export async function ensureEngines(only) {
  const emulated = only.some((id) => id.endsWith('-arm64'));
  const needed = {
    firefox: only.includes('firefox'),
    webkit: only.includes('webkit'),
    display: only.includes('webkit'),
    qemu: emulated,
  };
  if (only.includes('chromium')) await ensureBrowser();
  const before = findEngines();
  const wanted = Object.entries(debian).flatMap(([what, name]) => (needed[what] && !before[what] ? [name] : []));
  if (wanted.length > 0 && mayInstall()) {
    console.log(`engines: installing ${wanted.join(', ')} with apt-get`);
    await run('apt-get', ['update', '-qq'], quiet);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], quiet);
  }
  const own = Number(process.versions.node.split('.')[0]);
  for (const version of nodeVersions) {
    if (version !== own && only.includes(`node-${version}`) && !before.nodes[version]) {
      console.log(`engines: installing ${nodeName(process.arch, version)} with npm`);
      await installNode(nodeName(process.arch, version));
    }
  }
  const { qemu } = findEngines();
  if (!emulated || process.platform !== 'linux' || process.arch === 'arm64' || !qemu) return;
  if (!before.armRoot && mayInstall()) {
    console.log('engines: taking libraries for arm64 from Debian');
    await installArmLibraries();
  }
  for (const version of nodeVersions) {
    if (before.armNodes[version] || !only.includes(`node-${version}-arm64`)) continue;
    console.log(`engines: installing ${nodeName('arm64', version)} with npm`);
    await installNode(nodeName('arm64', version));
  }
}
