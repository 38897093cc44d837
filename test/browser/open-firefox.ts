import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A quiet profile: no updates, no reports, no pages of its own. */
const preferences = {
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  // Drawn by the processor where there is no graphics card.
  'webgl.force-enabled': true,
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

export const firefox = findFirefox();

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

/** Opens an address in a Firefox of its own for as long as `work` takes. */
export async function withFirefox<T>(address: string, work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'upslope-firefox-'));
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref('${name}', ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const browser = spawn(firefox as string, ['--headless', '--profile', profile, address], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  try {
    return await work();
  } finally {
    await stop(browser);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
