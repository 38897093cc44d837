import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { PageHandle } from '../../src/app/session/handle.ts';
import { serve } from './serve.ts';

declare global {
  var upslope: PageHandle;
}

const root = join(import.meta.dirname, '../..');
/** Pictures and measurements of the last run; git does not keep them. */
export const artefacts = join(root, 'test/artefacts');
mkdirSync(artefacts, { recursive: true });

/** Keeps a measurement beside the pictures. */
export function keep(name: string, value: unknown): void {
  writeFileSync(join(artefacts, name), `${JSON.stringify(value, null, 2)}\n`);
}

/** How long a poll may wait for what takes the machine long. */
export const patient = { timeout: 90_000 };
/** Keeps a picture of the page, where UPSLOPE_PICTURES=1 asks for them: more than a hundred take most of a minute of the processor. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (process.env.UPSLOPE_PICTURES === '1') await page.screenshot({ path: join(artefacts, `${name}.png`) });
};
/** The view of the world. */
export const canvas = (page: Page) => page.getByRole('img', { name: /^The world/ });
/** What the page says at its foot. */
export const notice = async (page: Page) => (await page.locator('footer [role="status"]').textContent()) ?? '';
/** Tick of the world, which what is shown may lag behind. */
export const tickOf = (page: Page) => page.evaluate(() => globalThis.upslope.address().then(({ tick }) => tick));
export const hashOf = (page: Page) => page.evaluate(() => globalThis.upslope.hash());
/** Workers of a page, without threads of a world: these come where there are more than two cores. */
export const workersOf = (page: Page) => page.workers().filter((worker) => !worker.url().includes('/kernel-thread-'));
/** The instrument that is open. */
export const panel = (page: Page) => page.locator('#instrument');

export interface PageUnderTest {
  readonly page: Page;
  /** Everything that went wrong on the page and was not told to the person. */
  readonly errors: readonly string[];
  /** Addresses that the page asked for. */
  readonly requests: readonly string[];
}

export interface OpenOptions extends BrowserContextOptions {
  readonly wait?: boolean;
  readonly guided?: boolean;
  /** Draws as often as the screen does: otherwise less than five times a second, for most tests' time would go into pictures nobody sees. */
  readonly allFrames?: boolean;
  /** Stores on the disk, as a person's browser has them: only there a quota holds. */
  readonly onDisk?: boolean;
}

export interface Workbench {
  readonly browser: Browser;
  readonly url: string;
  /** What the content policy forbade so far. */
  readonly violations: readonly string[];
  /** Opens the built page in a context of its own and waits until its world moves, unless told not to; as who has taken the tour. */
  open(address?: string, options?: OpenOptions): Promise<PageUnderTest>;
  /** Closes every page that a test has left open: a world goes on using the processor. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Folder of another page that is built already. */
  readonly built?: string;
  /** Compiles scripts as the browsers of people do: for what measures time, and for what has to come to the same in every browser. */
  readonly optimized?: boolean;
}

/** Builds the page where that is needed, serves it and starts the browser. */
export async function openWorkbench({ built, optimized = false }: WorkbenchOptions = {}): Promise<Workbench> {
  const { findBrowser } = (await import(join(root, 'scripts/browser.mjs'))) as { findBrowser(): string | undefined };
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium found: install one, or set CHROME_PATH to it.');
  const { bundle } = (await import(join(root, 'scripts/bundle.mjs'))) as { bundle(target: 'page'): Promise<unknown> };
  if (built === undefined) await bundle('page');
  const served = await serve(built ?? join(root, 'dist/page'));
  const launch = {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Without a graphics card the world alone is drawn by SwiftShader; what is around it is put together faster without.
      '--disable-gpu-compositing',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      // A page lives for seconds here: its last compiler would take a fifth of all processor time and pay back little of it. WebAssembly
      // is compiled as ever.
      ...(optimized ? [] : ['--js-flags=--no-turbofan']),
    ],
  };
  const browser = await chromium.launch(launch);
  const folders: string[] = [];
  const lasting: BrowserContext[] = [];
  async function openOnDisk(options: BrowserContextOptions): Promise<BrowserContext> {
    const folder = mkdtempSync(join(tmpdir(), 'upslope-profile-'));
    folders.push(folder);
    const context = await chromium.launchPersistentContext(folder, { ...launch, ...options });
    lasting.push(context);
    return context;
  }
  return {
    browser,
    url: served.url,
    violations: served.violations,
    async open(address = '', { wait = true, guided = true, onDisk = false, allFrames = false, ...options } = {}) {
      // A page's service worker loads all of it once more.
      const sized = { viewport: { width: 1024, height: 600 }, serviceWorkers: 'block', ...options } as const;
      const context = await (onDisk ? openOnDisk(sized) : browser.newContext(sized));
      if (guided) await context.addInitScript(() => localStorage.setItem('upslope.guided', 'true'));
      if (!allFrames) {
        await context.addInitScript(() => {
          const soon = globalThis.requestAnimationFrame.bind(globalThis);
          globalThis.requestAnimationFrame = (draw) => Number(setTimeout(() => soon(draw), 200));
        });
      }
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const errors: string[] = [];
      const requests: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      context.on('request', (request) => requests.push(request.url()));
      await page.goto(served.url + address);
      if (wait) await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0 && globalThis.upslope.figures().tick > 0);
      return { page, errors, requests };
    },
    async tidy() {
      for (const context of [...browser.contexts(), ...lasting.splice(0)]) await context.close();
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
