import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallPlan } from '../experiment/small-plan.ts';
import { smallScene, Workplace } from './test-io.ts';

const root = process.cwd();
const program = join(root, 'dist/cli/upslope.js');
let place: Workplace;

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']);
  place = new Workplace();
  writeFileSync(place.scene, JSON.stringify({ ...smallScene, ticks: 100, record: { fossils: { every: 20 } } }));
  writeFileSync(place.at('plan.json'), JSON.stringify(smallPlan));
  for (const [args, status] of [
    [['run', 'small.json', '--seed', '7', '--every', '20', '--out', 'made'], 0],
    [['sweep', 'plan.json', '--out', 'swept'], 0],
  ] as const) {
    expect(spawnSync(process.execPath, [program, ...args], { cwd: place.path }).status).toBe(status);
  }
}, 120_000);
afterAll(() => place.remove());

/** The command, with its output going to files where these are named. */
function upslope(args: readonly string[], ...paths: ('pipe' | string)[]) {
  const streams = paths.map((path) => (path === 'pipe' ? path : openSync(path, 'w')));
  try {
    return spawnSync(process.execPath, [program, ...args], { cwd: place.path, encoding: 'utf8', stdio: ['ignore', ...streams] });
  } finally {
    for (const stream of streams) if (typeof stream === 'number') closeSync(stream);
  }
}

const commands: readonly string[][] = [
  ['--help'],
  ['--version'],
  ['run', '--help'],
  ['scenes'],
  ['mechanisms'],
  ['run', 'small.json', '--ticks', '20', '--out', 'new/run'],
  ['run', '--resume', '--out', 'made'],
  ['replay', 'made/provenance.json'],
  ['export', 'made', '--format', 'newick', '--out', 'new/export'],
  ['tree', 'made'],
  ['tree', 'made', '--json'],
  ['analyse', 'made', '--out', 'new/analysis'],
  ['price', 'made'],
  ['assay', 'small.json', '--tick', '20', '--age', '10', '--horizon', '10', '--forks', '4', '--jobs', '1'],
  ['tournament', 'made', '--ticks', '10', '--replicates', '2', '--players', '3', '--jobs', '1'],
  ['validate', 'made'],
  ['sweep', 'swept'],
  ['sweep', 'swept', '--status'],
  ['sweep', 'swept', '--collect'],
  ['sweep', 'plan.json', '--out', 'new/sweep', '--dry-run'],
  ['sweep', 'plan.json', '--out', 'new/slurm', '--slurm', '--dry-run'],
  ['compare', 'small.json', '--without', 'mutation', '--seeds', '1..2', '--ticks', '20', '--out', 'new/compare', '--jobs', '1'],
  ['lab', 'bowl', '--model', 'annealing', '--ticks', '10', '--replicates', '1', '--jobs', '1'],
  ['lab', '--list'],
  ['invasion', 'competition', '--points', '11'],
];

describe.runIf(existsSync('/dev/full'))('a full disk behind standard output', () => {
  test.each(commands.map((args) => [args.join(' '), args] as const))('%s', (_, args) => {
    rmSync(place.at('new'), { recursive: true, force: true });
    mkdirSync(place.at('new'));
    const { status, stderr } = upslope(args, '/dev/full', 'pipe');
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'upslope: cannot write to standard output: the disk is full; free space, or send the output elsewhere',
    );
    expect(stderr.match(/^upslope: /gm)).toHaveLength(1);
    expect(status).toBe(1);
  });

  test('behind standard error is no success either, and an error stays what it was', () => {
    const full = '/dev/full';
    expect(upslope(['run', 'small.json', '--ticks', '20', '--out', 'loud'], 'pipe', full).status).toBe(1);
    expect(place.names('loud')).toContain('provenance.json');
    expect(upslope(['run', 'nowhere'], 'pipe', full).status).toBe(2);
    expect(upslope(['run', 'nowhere'], full, 'pipe').status).toBe(2);
  });
});

/** Mounts a small file system where that is allowed (root on Linux); false elsewhere. */
function mountSmall(directory: string, kilobytes: number): boolean {
  mkdirSync(directory);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', directory]).status === 0;
}

test('output that a disk takes in part only', ({ skip }) => {
  const disk = place.at('disk');
  if (!mountSmall(disk, 8)) skip('no tmpfs may be mounted here');
  try {
    const { status, stderr } = upslope(['mechanisms'], join(disk, 'text'), 'pipe');
    expect(stderr).toMatch(/^upslope: cannot write to standard output: the disk is full; [^\n]+\n$/);
    expect(status).toBe(1);
  } finally {
    spawnSync('umount', [disk]);
  }
});

test('a reader that goes away: quiet, and status 141', async () => {
  const child = spawn('bash', ['-c', `set -o pipefail; "${process.execPath}" "${program}" mechanisms | exec 0<&-`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (text) => (err += text));
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(141);
  expect(err).toBe('');
});

test('a reader that takes its time gets everything', async () => {
  const whole = upslope(['mechanisms'], 'pipe', 'pipe').stdout;
  // Larger than a pipe, which holds 64 kB.
  const print = `for i in 1 2 3 4; do "${process.execPath}" "${program}" mechanisms || exit 9; done`;
  const { status, stdout } = spawnSync('bash', ['-c', `set -o pipefail; (${print}) | (sleep 1; cat)`], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toBe(whole.repeat(4));
  // A pipe that must not be waited for, as some shells and programs hand it over.
  const unblock = 'import fcntl, os, sys\nfcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK)\nos.execv(sys.argv[1], sys.argv[1:])';
  const script = join(place.path, 'unblock.py');
  writeFileSync(script, unblock);
  const full = `head -c 60000 /dev/zero; exec python3 "${script}" "${process.execPath}" "${program}" mechanisms`;
  const odd = spawnSync('bash', ['-c', `set -o pipefail; (${full}) | (sleep 1; tail -c +60001)`], { encoding: 'utf8' });
  expect(odd).toMatchObject({ status: 0, stdout: whole });
}, 30_000);

const ended = (child: ReturnType<typeof spawn>) =>
  new Promise<number | null>((resolve) => child.on('exit', (status) => resolve(status)));

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come');
}

test('a terminal that is gone stops runs and sweeps as SIGTERM does', async () => {
  const run = spawn(process.execPath, [program, 'run', 'small.json', '--ticks', '1000000', '--every', '50', '--out', 'hung'], {
    cwd: place.path,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  run.stderr.on('data', (text) => (err += text));
  await until(() => err.includes('1000000 ticks into hung'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  run.kill('SIGHUP');
  expect(await ended(run)).toBe(129);
  expect(err).toMatch(/stopped at tick \d+; continue with: upslope run --resume --out hung\n$/);
  expect(place.names('hung')).not.toContain('upslope.lock');
  writeFileSync(place.at('long.json'), JSON.stringify({ ...smallPlan, vary: {}, seeds: '1..40', ticks: 3000, every: 1000 }));
  const sweep = spawn(process.execPath, [program, 'sweep', 'long.json', '--out', 'long', '--jobs', '1'], {
    cwd: place.path,
    stdio: 'ignore',
  });
  await until(() => existsSync(place.at('long', 'results')) && place.names('long/results').some((name) => name.endsWith('.run')));
  sweep.kill('SIGHUP');
  expect(await ended(sweep)).toBe(129);
  expect(place.names('long/claims')).toEqual([]);
}, 60_000);
