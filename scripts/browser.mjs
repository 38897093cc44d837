// Finds the Chrome or Chromium that the browser tests drive.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './setup.mjs';

/** First the builds without windows, which open a page in half the time. */
const headless = ['chromium-headless-shell', 'chrome-headless-shell'];
const names = [...headless, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const usualPlaces = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
};

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of an installed Chrome or Chromium: CHROME_PATH, what is on the search path, the system's usual places.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) return runnable(wanted) ? wanted : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = [...folders, '/usr/bin', '/snap/bin'].flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = process.platform === 'win32' ? [] : onPath;
  return [...candidates, ...(usualPlaces[process.platform] ?? [])].find(runnable);
}

/**
 * The same, after installing Debian's chromium where that is missing and may be done; where tests run unattended (CI=1), its build without windows
 * beside a chromium that has them.
 * @returns {Promise<string | undefined>}
 */
export async function ensureBrowser() {
  const found = findBrowser();
  const enough = found && (!process.env.CI || headless.some((name) => found.endsWith(name)));
  if (enough || process.env.CHROME_PATH) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  console.log('browser: installing chromium-headless-shell with apt-get');
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const install = (name) => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
  await run('apt-get', ['update', '-qq'], options);
  const status = await install('chromium-headless-shell');
  // Older systems have no such package.
  if (status !== 0 && !found) await install('chromium');
  return findBrowser();
}
