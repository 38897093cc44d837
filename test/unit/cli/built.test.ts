import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishedFiles, smallScene, Workplace } from './test-io.ts';

const root = process.cwd();
const program = join(root, 'dist/cli/upslope.js');
const tables = finishedFiles.filter((name) => name.endsWith('.parquet'));
let place: Workplace;

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']);
  place = new Workplace();
  // Long enough to be killed several times.
  writeFileSync(place.scene, JSON.stringify({ ...smallScene, ticks: 1500 }));
}, 120_000);
afterAll(() => place.remove());

function upslope(...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: place.path });
}

const started = (...args: string[]) =>
  spawn(process.execPath, [program, ...args], { cwd: place.path, stdio: ['ignore', 'ignore', 'pipe'] });

const ended = (child: ChildProcess) =>
  new Promise<{ status: number | null; signal: string | null }>((resolve) =>
    child.on('exit', (status, signal) => resolve({ status, signal })),
  );

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until a checkpoint was written after `since`. */
async function checkpointAfter(directory: string, since: number): Promise<void> {
  const path = place.at(directory, 'checkpoint.upslope');
  for (let i = 0; i < 2000; i++) {
    if (existsSync(path) && statSync(path).mtimeMs > since) return;
    await pause(5);
  }
  throw new Error('no checkpoint came');
}

function expectSameFiles(directory: string): void {
  for (const name of tables) {
    expect(Buffer.compare(place.read(directory, name), place.read('whole', name)), `${directory}/${name}`).toBe(0);
  }
}

const flags = ['run', 'small.json', '--seed', '7', '--every', '50', '--checkpoint', '100'];

test('kill -9 again and again: the run loses at most one interval and ends the same to the byte', async () => {
  const whole = upslope(...flags, '--out', 'whole');
  expect(whole.status, whole.stderr).toBe(0);
  const { hash } = place.json('whole', 'provenance.json');
  expect(whole.stdout).toContain(`hash ${hash}`);
  let from = -1;
  let kills = 0;
  while (!existsSync(place.at('cut', 'provenance.json'))) {
    const since = Date.now();
    const child = started(...flags, '--out', 'cut', '--resume');
    let err = '';
    child.stderr?.on('data', (text) => (err += text));
    const end = ended(child);
    if (kills < 4) {
      const due = checkpointAfter('cut', since).then(() => pause(37 * kills));
      const killed = await Promise.race([end.then(() => false), due.then(() => true)]);
      if (killed && child.kill('SIGKILL')) kills++;
    }
    await end;
    const tick = /continuing from tick (\d+)/.exec(err)?.[1];
    if (tick !== undefined) {
      expect(Number(tick)).toBeGreaterThan(from);
      from = Number(tick);
    }
  }
  expect(kills).toBeGreaterThan(1);
  expect(from).toBeGreaterThan(0);
  expect(place.json('cut', 'provenance.json').hash).toBe(hash);
  expect(place.names('cut')).toEqual(finishedFiles);
  expectSameFiles('cut');
  const replayed = upslope('replay', join('cut', 'provenance.json'));
  expect(replayed).toMatchObject({ status: 0, stdout: expect.stringContaining(String(hash)) });
}, 120_000);

test('Ctrl-C from outside: a checkpoint, how to go on, status 130', async () => {
  const since = Date.now();
  const child = started(...flags, '--ticks', '1000000', '--out', 'interrupted');
  let err = '';
  child.stderr?.on('data', (text) => (err += text));
  await checkpointAfter('interrupted', since);
  await pause(200);
  child.kill('SIGINT');
  expect((await ended(child)).status).toBe(130);
  expect(err).toMatch(/stopped at tick \d+; continue with: upslope run --resume --out interrupted\n$/);
  const resumed = upslope('run', '--resume', '--ticks', '1', '--out', 'interrupted');
  expect(resumed.status).toBe(2);
  expect(existsSync(place.at('interrupted', 'upslope.lock'))).toBe(false);
}, 60_000);

test('two runs into one directory: the second is refused', async () => {
  const since = Date.now();
  const child = started(...flags, '--ticks', '1000000', '--out', 'shared');
  await checkpointAfter('shared', since);
  const second = upslope('run', '--resume', '--out', 'shared');
  child.kill('SIGKILL');
  await ended(child);
  expect(second.status).toBe(2);
  expect(second.stderr).toMatch(/^upslope: process \d+ on \S+ is writing in shared;[^\n]*\n$/);
}, 60_000);

/** Whether programs may be started in a container of their own: process ids there begin at 1. */
const hasContainers = () => spawnSync('unshare', ['-p', '-f', '--mount-proc', 'true']).status === 0;

const inContainer = ['-p', '-f', '--kill-child', '--mount-proc', process.execPath, program];

test('two runs into one directory from two containers, where both have the same process id', async ({ skip }) => {
  if (!hasContainers()) skip('no container may be made here');
  const since = Date.now();
  const first = spawn('unshare', [...inContainer, ...flags, '--ticks', '1000000', '--out', 'contained'], {
    cwd: place.path,
    stdio: 'ignore',
  });
  try {
    await checkpointAfter('contained', since);
    expect(place.json('contained', 'upslope.lock').process).toBe(1);
    const args = [...inContainer, 'run', '--resume', '--out', 'contained'];
    const second = spawnSync('unshare', args, { encoding: 'utf8', cwd: place.path });
    expect(second.status, second.stderr).toBe(2);
    expect(second.stderr).toMatch(/^upslope: process 1 on \S+ is writing in contained;[^\n]*\n$/);
    // From outside the process is not to be seen either.
    const third = upslope('run', '--resume', '--out', 'contained');
    expect([third.status, third.stderr]).toEqual([2, second.stderr]);
  } finally {
    first.kill('SIGKILL');
    await ended(first);
  }
}, 60_000);

test('the lock of a process that is halted is kept for it, and one that was killed gives it up at once', async () => {
  const since = Date.now();
  const child = started(...flags, '--ticks', '1000000', '--out', 'halted');
  try {
    await checkpointAfter('halted', since);
    child.kill('SIGSTOP');
    expect(upslope('run', '--resume', '--out', 'halted').status).toBe(2);
  } finally {
    child.kill('SIGKILL');
  }
  await ended(child);
  const next = upslope('run', '--resume', '--ticks', '1', '--out', 'halted');
  expect(next.stderr).not.toMatch(/may be writing|is writing in/);
}, 60_000);

test('a directory that may not be written to', () => {
  mkdirSync(place.at('mine'));
  chmodSync(place.at('mine'), 0o555);
  // Root may write everywhere: then somebody else tries, from a copy that everybody may read.
  const asRoot = process.getuid?.() === 0;
  const copy = place.at('upslope/upslope.js');
  cpSync(dirname(program), dirname(copy), { recursive: true });
  // Modules of JavaScript, as those of the package are.
  writeFileSync(place.at('upslope/package.json'), '{ "type": "module" }');
  for (const [path, mode] of [
    [place.path, 0o755],
    [copy, 0o644],
    [place.scene, 0o644],
  ] as const)
    chmodSync(path, mode);
  const { status, stderr } = spawnSync(process.execPath, [copy, ...flags, '--out', 'mine'], {
    encoding: 'utf8',
    cwd: place.path,
    ...(asRoot ? { uid: 65534, gid: 65534 } : {}),
  });
  expect(status, stderr).toBe(2);
  expect(stderr).toMatch(/^upslope: cannot write in mine: permission denied; [^\n]+\n$/);
  expect(place.names('mine')).toEqual([]);
});

/** Mounts a small file system where that is allowed (root on Linux); false elsewhere. */
function mountSmall(directory: string, kilobytes: number): boolean {
  mkdirSync(directory);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', directory]).status === 0;
}

test('a disk that is really full (a small tmpfs; where none may be mounted, run.test.ts has a faked one)', ({ skip }) => {
  const disk = place.at('disk');
  if (!mountSmall(disk, 480)) skip('no tmpfs may be mounted here');
  try {
    const full = upslope(...flags, '--out', 'disk/run');
    expect(full.status).toBe(2);
    expect(full.stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^upslope: cannot write disk\/run\/\S+: the disk is full; .*--resume/,
    );
    expect(place.names('disk/run')).toContain('checkpoint.upslope');
    expect(spawnSync('mount', ['-o', 'remount,size=80000k', disk]).status).toBe(0);
    const resumed = upslope(...flags, '--out', 'disk/run', '--resume');
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(resumed.stderr).toMatch(/continuing from tick [1-9]/);
    expectSameFiles('disk/run');
  } finally {
    spawnSync('umount', [disk]);
  }
}, 60_000);

test('the reader of the output may go away', () => {
  const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${program}" mechanisms | head -n 1`], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stderr).toBe('');
});
