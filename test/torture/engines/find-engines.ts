import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine, MissingEngine } from './engine.ts';
import { nodeEngine } from './node-engine.ts';
import { type BrowserChoice, pageEngine } from './page-engine.ts';

/** A quiet profile of Firefox: no updates, no reports, no pages of its own. */
const firefoxProfile = Object.entries({
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
})
  .map(([name, value]) => `user_pref('${name}', ${JSON.stringify(value)});\n`)
  .join('');

/** What scripts/engines.mjs finds: paths of programs, and of a folder of libraries; Nodes by their major version. */
interface FoundEngines {
  readonly chromium?: string;
  readonly firefox?: string;
  readonly webkit?: string;
  readonly display?: string;
  readonly qemu?: string;
  readonly armRoot?: string;
  readonly nodes: Readonly<Record<number, string | undefined>>;
  readonly armNodes: Readonly<Record<number, string | undefined>>;
}

interface BrowserKind extends Omit<BrowserChoice, 'program' | 'architecture'> {
  readonly path: string | undefined;
  readonly advice: string;
}

/** Engines of this machine, the Node that runs this first; and those that could be compared and are not there. */
export interface Engines {
  readonly reference: Engine;
  readonly others: readonly Engine[];
  readonly missing: readonly MissingEngine[];
}

async function found(root: string): Promise<FoundEngines> {
  const { findEngines } = (await import(/* @vite-ignore */ pathToFileURL(join(root, 'scripts/engines.mjs')).href)) as {
    findEngines(): FoundEngines;
  };
  return findEngines();
}

function browserKinds({ chromium, firefox, webkit, display }: FoundEngines): readonly BrowserKind[] {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [
    {
      id: 'chromium',
      title: 'Chromium',
      path: chromium,
      advice: 'install chromium or set CHROME_PATH',
      open: (url, profile) => ['--headless', ...sandbox, '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`, url],
    },
    {
      id: 'firefox',
      title: 'Firefox',
      path: firefox,
      advice: 'install firefox-esr or set FIREFOX_PATH',
      profile: { 'user.js': firefoxProfile },
      open: (url, profile) => ['--headless', '--profile', profile, url],
    },
    {
      id: 'webkit',
      title: 'WebKitGTK',
      // It has no mode without a display.
      path: display && webkit,
      advice: 'install webkit2gtk-driver and xvfb, or set WEBKIT_PATH to a MiniBrowser',
      ...(display === undefined ? {} : { display }),
      open: (url) => [url],
    },
  ];
}

/** The browsers of this machine besides those that are missing. */
export async function findBrowsers(
  root: string,
): Promise<{ there: readonly BrowserChoice[]; missing: readonly MissingEngine[] }> {
  const kinds = browserKinds(await found(root));
  return {
    there: kinds.flatMap(({ path, ...kind }) => (path ? [{ ...kind, program: path, architecture: process.arch }] : [])),
    missing: kinds.flatMap(({ path, id, title, advice }) => (path ? [] : [{ id, title, why: advice }])),
  };
}

/**
 * Finds the engines of this machine.
 * @param quick only this Node and the browsers, for a test run
 */
export async function findAll(root: string, quick: boolean): Promise<Engines> {
  const { nodes, armNodes, qemu, armRoot } = await found(root);
  const { there, missing } = await findBrowsers(root);
  const own = process.execPath;
  const major = Number(process.versions.node.split('.')[0]);
  const node = (id: string, title: string, command: readonly string[], architecture: string = process.arch) =>
    nodeEngine(root, { id, title, command, architecture });
  const reference = node('node', 'Node', [own]);
  const browsers = there.map((browser) => pageEngine(root, browser));
  if (quick) return { reference, others: browsers, missing };
  const others: Engine[] = [];
  const lacking: MissingEngine[] = [...missing];
  for (const [version, path] of Object.entries(nodes)) {
    if (path) others.push(node(`node-${version}`, 'Node', [path]));
    else if (Number(version) !== major) {
      lacking.push({ id: `node-${version}`, title: `Node ${version}`, why: 'npm install could not bring it' });
    }
  }
  // The same bytes through other ways of compiling them, and on a processor without its wide instructions.
  others.push(
    node('node-baseline', 'Node, compiled without optimising', [own, '--liftoff-only', '--no-opt']),
    node('node-optimised', 'Node, compiled by the optimising compiler alone', [own, '--no-liftoff', '--no-wasm-tier-up']),
  );
  if (process.arch === 'x64')
    others.push(node('node-sse', 'Node, without AVX and FMA', [own, '--no-enable-avx', '--no-enable-fma3']));
  others.push(...browsers);
  if (process.arch !== 'arm64') {
    for (const [version, path] of Object.entries(armNodes)) {
      const id = `node-${version}-arm64`;
      if (path && qemu && armRoot) others.push(node(id, 'Node in qemu', [qemu, '-L', armRoot, path], 'arm64'));
      else lacking.push({ id, title: `Node ${version} for arm64 in qemu`, why: 'install qemu-user (Debian, as root)' });
    }
  }
  return { reference, others, missing: lacking };
}
