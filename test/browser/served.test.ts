import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hashOf, notice, openWorkbench, patient, type Workbench } from './open-browser.ts';
import { openSmall, smallMeadow } from './small-meadow.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/cli/upslope.js');
const folder = mkdtempSync(join(tmpdir(), 'upslope-served-'));
let workbench: Workbench;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  workbench = await openWorkbench();
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']);
  writeFileSync(join(folder, 'small.json'), JSON.stringify(smallMeadow()));
});
afterEach(async () => {
  await workbench?.tidy();
  for (const server of servers.splice(0)) server.kill('SIGTERM');
});
afterAll(async () => {
  await workbench?.close();
  rmSync(folder, { recursive: true, force: true });
});

const upslope = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });

/** Starts the server as a person does. @returns the address that it prints */
function serve(run: string): Promise<string> {
  const server = spawn(process.execPath, [program, 'serve', run], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (text) => resolve(/http:\S+/.exec(String(text))?.[0] ?? ''));
    server.on('exit', () => reject(new Error('the server has ended')));
  });
}

async function openRun(run: string) {
  const page = await (await workbench.browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(await serve(run));
  return { page, errors };
}

test('a finished run is made again from its provenance, to the recorded hash, and the title says so', async () => {
  const at = ['--at', '60:habitat.grass.regrowth=0.05'];
  const made = upslope('run', 'small.json', '--seed', '9', '--ticks', '120', ...at, '--out', 'runs/first');
  expect(made.status, made.stderr).toBe(0);
  const { hash } = JSON.parse(readFileSync(join(folder, 'runs/first/provenance.json'), 'utf8'));
  const { page, errors } = await openRun('runs/first');
  await page.waitForFunction(() => document.querySelector('footer [role="status"]')?.textContent?.includes('ends as recorded'));
  expect(await notice(page)).toBe(`runs/first is made again to tick 120 and ends as recorded: hash ${hash}.`);
  expect(await hashOf(page)).toBe(hash);
  expect(await page.title()).toBe('runs/first, made again from its provenance – Meadow – Upslope');
  await expect.poll(() => page.getByRole('banner').textContent()).toContain('runs/first, made again from its provenance');
  expect(new URL(page.url()).hash).toBe('#served-run');
  // Another world is not of that folder.
  await page.selectOption('#scene', 'bloom');
  await page.waitForFunction(() => document.title.startsWith('Bloom'));
  expect(new URL(page.url()).hash).toBe('#scene=bloom&seed=9');
  expect(errors).toEqual([]);
});

test('an unfinished run opens at its checkpoint', async () => {
  const cut = spawn(
    process.execPath,
    [
      program,
      'run',
      'small.json',
      '--seed',
      '9',
      '--ticks',
      '1000000',
      '--every',
      '20',
      '--checkpoint',
      '20',
      '--out',
      'runs/cut',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // The second one: the first may be that of tick 0.
  const checkpoint = join(folder, 'runs/cut/checkpoint.upslope');
  const written = () => statSync(checkpoint, { throwIfNoEntry: false })?.mtimeMs;
  await expect.poll(written).toBeDefined();
  const first = written();
  await expect.poll(written).not.toBe(first);
  cut.kill('SIGINT');
  await new Promise((resolve) => cut.on('exit', resolve));
  const { page, errors } = await openRun('runs/cut');
  await page.waitForFunction(() => document.title.startsWith('runs/cut, from its checkpoint'));
  expect(await notice(page)).toMatch(/^runs\/cut is open at tick [\d,]+, from its checkpoint\. Plots begin there\.$/);
  await page.waitForFunction(() => globalThis.upslope.figures().tick > 0);
  expect(await page.evaluate(() => globalThis.upslope.figures().tick % 20)).toBe(0);
  expect(errors).toEqual([]);
});

/** Drops files or folders of the disk on the middle of the page, as a person does. */
async function drop(page: Page, ...files: string[]) {
  const devtools = await page.context().newCDPSession(page);
  const at = { x: 500, y: 300, data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver'] as const) await devtools.send('Input.dispatchDragEvent', { type, ...at });
  await page.getByText('The folder of a run, its archive').waitFor();
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', ...at });
}

test('the folder of a run opens when it is dropped on the page, and so do its archive and a chosen file; what is no run changes nothing', async () => {
  const made = upslope('run', 'small.json', '--seed', '9', '--ticks', '40', '--out', 'runs/dropped');
  expect(made.status, made.stderr).toBe(0);
  const { hash } = JSON.parse(readFileSync(join(folder, 'runs/dropped/provenance.json'), 'utf8'));
  const { page, errors } = await openSmall(workbench, 1);
  await drop(page, join(folder, 'runs/dropped'));
  await expect.poll(() => notice(page), patient).toBe(`dropped is made again to tick 40 and ends as recorded: hash ${hash}.`);
  expect(await page.title()).toBe('dropped, made again from its provenance – Meadow – Upslope');

  await drop(page, join(folder, 'small.json'));
  await page.waitForFunction(() => document.title === 'Meadow – Upslope');
  await page.getByRole('button', { name: 'Pause' }).click();
  const files = ['provenance.json', 'organisms.parquet'].map((name) => [
    `dropped/${name}`,
    new Uint8Array(readFileSync(join(folder, 'runs/dropped', name))),
  ]);
  writeFileSync(join(folder, 'dropped.zip'), zipSync(Object.fromEntries(files)));
  await page.locator('input[type="file"]').first().setInputFiles(join(folder, 'dropped.zip'));
  await expect.poll(() => notice(page), patient).toBe(`dropped.zip is made again to tick 40 and ends as recorded: hash ${hash}.`);

  mkdirSync(join(folder, 'empty'));
  await drop(page, join(folder, 'empty'));
  await expect
    .poll(() => notice(page))
    .toBe('empty: it holds no run: none of checkpoint.upslope, branch.upslope, provenance.json; take the folder of upslope run');
  cpSync(join(folder, 'runs/dropped'), join(folder, 'runs/again'), { recursive: true });
  await drop(page, join(folder, 'runs'));
  await expect.poll(() => notice(page)).toMatch(/^runs: it holds \d+ runs; take the folder of one$/);
  expect(await hashOf(page)).toBe(hash);

  // Where another part of the page is open, nothing is taken, and the browser does not leave the page for the file either.
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('dialog').waitFor();
  const answers = await page.evaluate(() =>
    ['dragover', 'drop'].map((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['{}'], 'scene.json'));
      const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    }),
  );
  expect(answers).toEqual([true, true]);
  expect(await page.getByText('The folder of a run, its archive').count()).toBe(0);
  expect(await hashOf(page)).toBe(hash);
  expect(errors).toEqual([]);
});

test('where no run is served the page says so and opens the meadow', async () => {
  const { page } = await workbench.open('#served-run', { wait: false });
  await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0);
  expect(await notice(page)).toContain('no run is served here');
  expect(await notice(page)).toContain('Meadow is open instead.');
});
