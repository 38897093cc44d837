import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { readSceneText } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { serve } from './serve.ts';

const root = join(import.meta.dirname, '../..');
const ticks = 2000;
/** Seconds that Firefox may take from its start to its report. */
const patience = 150;

/** A quiet profile: no updates, no reports, no pages of its own. */
const preferences = {
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
};

/** An installed Firefox; it needs no driver, because the page itself reports. */
function findFirefox(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  const names = ['firefox-esr', 'firefox'];
  return [process.env.FIREFOX_PATH ?? '', ...folders.flatMap((folder) => names.map((name) => join(folder, name)))].find(
    (path) => {
      try {
        accessSync(path, constants.X_OK);
        return path !== '';
      } catch {
        return false;
      }
    },
  );
}

const firefox = findFirefox();

/** Stops a browser that this test started, with the processes that it started in turn. */
function stop(browser: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (browser.exitCode !== null || browser.pid === undefined) resolve();
    else {
      browser.once('exit', () => resolve());
      process.kill(-browser.pid, 'SIGKILL');
    }
  });
}

const title = 'meadow, seed 7, tick 2,000 has one hash in Node and in Firefox, through the page’s worker';

// Chromium is needed, Firefox is not: where there is none, the name of the skipped test says so.
test.skipIf(!firefox)(
  firefox ? title : `${title} (no Firefox found: install firefox-esr or set FIREFOX_PATH)`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'upslope-firefox-'));
    const pages = join(folder, 'page');
    await build({
      root: join(root, 'test/browser/hash-page'),
      configFile: join(root, 'vite.config.ts'),
      mode: 'production',
      logLevel: 'error',
      build: { outDir: pages, emptyOutDir: true },
    });
    let told: (text: string) => void = () => {};
    const report = new Promise<string>((resolve) => {
      told = resolve;
      setTimeout(() => resolve(`nothing was reported in ${patience} s`), patience * 1000).unref();
    });
    const served = await serve(pages, (request, response) => {
      if (request.method !== 'POST') return false;
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        response.end();
        told(text);
      });
      return true;
    });
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref('${name}', ${JSON.stringify(value)});\n`);
    writeFileSync(join(profile, 'user.js'), lines.join(''));
    const browser = spawn(firefox as string, ['--headless', '--profile', profile, `${served.url}?seed=7&tick=${ticks}`], {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1' },
    });
    try {
      const world = createSimulation(
        readSceneText(readFileSync(join(root, 'scenes/meadow.json'), 'utf8'), 'scenes/meadow.json'),
        '7',
      );
      world.step(ticks);
      expect(await report).toBe(world.hash());
      world.dispose();
    } finally {
      await stop(browser);
      await served.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
  240_000,
);
