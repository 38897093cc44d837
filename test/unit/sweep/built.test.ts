import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallPlan, tinyScene } from '../experiment/small-plan.ts';
import { SweepPlace } from './sweep-place.ts';

const root = process.cwd();
const program = join(root, 'dist/cli/upslope.js');
// Runs of a second or so, so that there is something to interrupt.
const longPlan = { ...smallPlan, vary: {}, seeds: '1..40', ticks: 3000, every: 1000 };
let place: SweepPlace;

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']);
  place = new SweepPlace();
  writeFileSync(place.at('long.json'), JSON.stringify(longPlan));
  await place.sweep(place.plan, { out: place.at('whole') });
}, 120_000);
afterAll(() => place.remove());

const upslope = (...args: string[]) =>
  spawnSync(process.execPath, [program, 'sweep', ...args], { encoding: 'utf8', cwd: place.path });
const started = (...args: string[]) =>
  spawn(process.execPath, [program, 'sweep', ...args], { cwd: place.path, stdio: ['ignore', 'ignore', 'pipe'] });
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on('exit', (status) => resolve(status)));

async function resultsIn(folder: string, count: number): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    const path = place.at(folder, 'results');
    if (existsSync(path) && readdirSync(path).filter((name) => name.endsWith('.run')).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('no result came');
}

function expectSameResults(folder: string, whole = 'whole'): void {
  expect(place.names(folder, 'results')).toEqual(place.names(whole, 'results'));
  expect(place.names(folder, 'claims')).toEqual([]);
  for (const name of place.names(whole, 'results')) {
    expect(place.read(folder, 'results', name)).toEqual(place.read(whole, 'results', name));
  }
}

describe('the pool', () => {
  test('makes the same results as a single thread', () => {
    const { status, stdout, stderr } = upslope('plan.json', '--out', 'pool', '--jobs', '2');
    expect(status, stderr).toBe(0);
    expect(stdout).toBe('12 of 12 runs done\n');
    expect(stderr).toMatch(/^small: 12 runs, about \S+ \S+ on 2 threads, about \d+ kB\n$/);
    expectSameResults('pool');
  });

  test('Ctrl-C: status 130, a clean folder, and the next call goes on', async () => {
    const child = started('long.json', '--out', 'long', '--jobs', '2');
    let err = '';
    child.stderr?.on('data', (text) => (err += text));
    await resultsIn('long', 2);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    expect(err).toMatch(/stopped with \d+ of 40 runs done; continue with: upslope sweep long\n$/);
    expect(place.names('long', 'claims')).toEqual([]);
    const results = place.names('long', 'results');
    expect(results.every((name) => name.endsWith('.run'))).toBe(true);
    expect(results.length).toBeLessThan(40);
    const status = upslope('long', '--status');
    expect(status.stdout).toMatch(new RegExp(`done +${results.length} .*\\nclaimed +0 .*\\nstale +0 `));
  });

  test('a memory bound lowers the number of threads, and is refused when nothing fits', () => {
    const refused = upslope('plan.json', '--out', 'small', '--memory', '50');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /^upslope: a run takes about \d+ MB of memory, but only 50 MB are allowed; give --memory \d+ or more\n$/,
    );
    const one = upslope('plan.json', '--out', 'small', '--jobs', '2', '--memory', '150');
    expect(one.status, one.stderr).toBe(0);
    expect(one.stderr).toContain('on 1 thread,');
    expectSameResults('small');
  });

  test('forks of an assay give in threads what they give in this one', () => {
    writeFileSync(place.at('tiny.json'), JSON.stringify(tinyScene));
    const flags = ['--seed', 'x', '--tick', '40', '--age', '20', '--horizon', '20', '--forks', '6'];
    const assay = (jobs: string) =>
      spawnSync(process.execPath, [program, 'assay', 'tiny.json', ...flags, '--jobs', jobs], {
        encoding: 'utf8',
        cwd: place.path,
      });
    const [one, two] = [assay('1'), assay('2')];
    expect(one.status, one.stderr).toBe(0);
    expect(two.status, two.stderr).toBe(0);
    expect(two.stderr).toContain('10 forks of 20 ticks, 2 at a time');
    expect(two.stdout).toBe(one.stdout);
  });
});

test('--dry-run tells what it costs and writes nothing', () => {
  const { status, stdout } = upslope('plan.json', '--out', 'dry', '--dry-run');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^small: 12 runs, about .* on \d+ threads?, about \d+ kB\n$/);
  expect(existsSync(place.at('dry'))).toBe(false);
});

describe('an array job', () => {
  const flags = ['--tasks', '3', '--partition', 'short', '--time', '0:10:00', '--mem', '2G', '--account', 'lab', '--qos', 'low'];

  test('is a script whose shares any scheduler can run', () => {
    const { status, stdout, stderr } = upslope('plan.json', '--out', 'array', '--slurm', '--dry-run', ...flags);
    expect(status, stderr).toBe(0);
    expect(stdout).toBe(`${join('array', 'slurm', 'array.sh')}\n`);
    const script = place.read('array', 'slurm', 'array.sh').toString();
    for (const line of ['array=1-3', 'partition=short', 'time=0:10:00', 'mem=2G', 'account=lab', 'qos=low', 'requeue']) {
      expect(script).toContain(`#SBATCH --${line}\n`);
    }
    expect(place.names('array', 'results')).toEqual([]);
    const run = (args: string[], env = {}) =>
      spawnSync('bash', [place.at('array', 'slurm', 'array.sh'), ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...env },
      });
    expect(run([])).toMatchObject({ status: 2, stderr: 'give the number of a share, 1 to 3\n' });
    expect(run(['1']).stdout).toBe('4 of 4 runs done\n');
    expect(run([], { SLURM_ARRAY_TASK_ID: '2', SLURM_CPUS_PER_TASK: '1', SLURM_MEM_PER_NODE: '2000' }).stdout).toBe(
      '4 of 4 runs done\n',
    );
    // Put back into the queue: nothing is made again.
    expect(run([], { SLURM_ARRAY_TASK_ID: '2' }).stderr).not.toContain('about');
    expect(run([], { SGE_TASK_ID: '3' }).stdout).toBe('4 of 4 runs done\n');
    expectSameResults('array');
    expect(upslope('array', '--slurm').stdout).toBe('all 12 runs are already there\n');
  });

  test('goes to sbatch, and what that says is told in one line', () => {
    mkdirSync(place.at('bin'));
    const submit = (script: string) => {
      writeFileSync(place.at('bin', 'sbatch'), `#!/bin/sh\n${script}\n`);
      chmodSync(place.at('bin', 'sbatch'), 0o755);
      return spawnSync(process.execPath, [program, 'sweep', 'plan.json', '--out', 'sent', '--slurm', '--tasks', '2'], {
        encoding: 'utf8',
        cwd: place.path,
        env: { PATH: place.at('bin') },
      });
    };
    expect(submit('echo "$@" >asked; echo "77;cluster"')).toMatchObject({
      status: 0,
      stdout: 'submitted job 77; check with: upslope sweep sent --status\n',
    });
    expect(place.read('asked').toString()).toBe(`--parsable ${join('sent', 'slurm', 'array.sh')}\n`);
    const refused = submit('echo "sbatch: error: invalid partition" >&2; exit 1');
    expect(refused.status).toBe(2);
    expect(refused.stderr.split('\n').at(-2)).toMatch(
      /^upslope: Slurm refuses \S+: sbatch: error: invalid partition; change the flags/,
    );
    writeFileSync(place.at('bin', 'sbatch'), '');
    chmodSync(place.at('bin', 'sbatch'), 0o644);
    const { stderr } = spawnSync(process.execPath, [program, 'sweep', 'sent', '--slurm'], {
      encoding: 'utf8',
      cwd: place.path,
      env: { PATH: place.at('nowhere') },
    });
    expect(stderr).toMatch(/upslope: cannot submit \S+: sbatch is not on this machine; /);
  });

  test('flags that do not belong together are refused', () => {
    expect(upslope('plan.json', '--out', 'x', '--mem', '2G').stderr).toMatch(/--mem is for the cluster; also give --slurm/);
    expect(upslope('plan.json', '--out', 'x', '--status', '--collect').stderr).toMatch(/give one of them/);
    expect(upslope('plan.json', '--out', 'x', '--slurm', '--mem', '2G; rm x').stderr).toMatch(/letters, digits/);
  });
});

const asRoot = process.getuid?.() === 0;
/** The command as somebody who may do less than root. */
const asOther = (...args: string[]) =>
  spawnSync(process.execPath, [program, 'sweep', ...args], {
    encoding: 'utf8',
    cwd: place.path,
    ...(asRoot ? { uid: 65534, gid: 65534 } : {}),
  });

test('what may not be read is told in one line, and status needs no more than that', () => {
  // The place is its owner's alone otherwise.
  chmodSync(place.path, 0o755);
  cpSync(place.at('whole'), place.at('closed'), { recursive: true });
  const [name] = place.names('closed', 'results');
  const refused = (what: RegExp, ...args: string[]) => {
    const { status, stderr, stdout } = asOther(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^upslope: [^\n]+\n$/);
    expect(stderr).toMatch(what);
    expect(stdout).toBe('');
  };
  try {
    for (const flags of [[], ['--status'], ['--collect'], ['--slurm', '--dry-run']]) {
      chmodSync(place.at('closed', 'results'), 0o300);
      refused(/cannot read closed\/results: permission denied; give a directory that can be read/, 'closed', ...flags);
      chmodSync(place.at('closed', 'results'), 0o755);
      chmodSync(place.at('closed'), 0o000);
      refused(/cannot read closed: permission denied; give a plan file, or the folder of a sweep/, 'closed', ...flags);
      chmodSync(place.at('closed'), 0o755);
    }
    chmodSync(place.at('closed', 'results', name), 0o000);
    chmodSync(place.at('closed'), asRoot ? 0o777 : 0o755);
    refused(/cannot read closed\/results\/\S+\.run: permission denied; /, 'closed', '--collect');
    chmodSync(place.at('closed', 'results', name), 0o644);
    // It was made for nothing.
    expect(existsSync(place.at('closed', 'collected'))).toBe(false);
    chmodSync(place.at('closed'), 0o555);
    writeFileSync(place.at('closed', 'claims', name.replace('.run', '')), '77-0123abcd-elsewhere');
    rmSync(place.at('closed', 'results', name));
    chmodSync(place.at('closed', 'claims'), 0o555);
    const { status, stdout, stderr } = asOther('closed', '--status');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/done +11 .*\nclaimed +1 .*\nstale +0 /);
    refused(/cannot make closed\/collected: permission denied; correct this/, 'closed', '--collect');
  } finally {
    for (const folder of ['closed', 'closed/results', 'closed/claims']) chmodSync(place.at(folder), 0o755);
  }
}, 60_000);

/** Mounts a small file system where that is allowed (root on Linux); false elsewhere. */
function mountSmall(directory: string, kilobytes: number): boolean {
  mkdirSync(directory);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', directory]).status === 0;
}

/** Kilobytes that the files of a folder take, in pages of a tmpfs. */
function pagesOf(folder: string): number {
  const files = readdirSync(place.at(folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + 4 * Math.ceil(statSync(join(parentPath, name)).size / 4096), 0);
}

test('a disk that is really full (a small tmpfs; where none may be mounted, sweep.test.ts has a faked one)', ({ skip }) => {
  const disk = place.at('disk');
  writeFileSync(place.at('forty.json'), JSON.stringify({ ...smallPlan, vary: {}, seeds: '1..40' }));
  expect(upslope('forty.json', '--out', 'forty').status).toBe(0);
  // Room for all but half of the results. Of the other half's twenty pages the claims of the eight runs in hand take one each, so that
  // results find room whichever comes first.
  const size = pagesOf('forty') - Math.ceil(pagesOf(join('forty', 'results')) / 2);
  if (!mountSmall(disk, size)) skip('no tmpfs may be mounted here');
  try {
    const full = upslope('forty.json', '--out', 'disk/sweep');
    expect(full.status).toBe(2);
    const lines = full.stderr.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines[1]).toMatch(/^the disk has \d+ kB left, too little for all runs; free space or use another disk$/);
    // A slow machine tells of its progress in between.
    // Which write finds no room, that of a result or that of the next claim, is decided by which comes first.
    expect(lines.at(-1)).toMatch(
      /^upslope: cannot write (disk\/sweep\/results\/\S+\.run|in disk\/sweep): the disk is full; correct this and give the same/,
    );
    const made = place.names('disk/sweep', 'results');
    expect(made.length).toBeGreaterThan(0);
    for (const name of made) expect(place.read('disk/sweep', 'results', name)).toEqual(place.read('forty', 'results', name));
    expect(place.names('disk/sweep', 'claims')).toEqual([]);
    expect(upslope('disk/sweep', '--status').stdout).toMatch(new RegExp(`done +${made.length} .*\\nclaimed +0 `));
    const collected = upslope('disk/sweep', '--collect');
    expect(collected.status).toBe(2);
    expect(collected.stderr).toMatch(
      /^upslope: cannot write (in )?disk\/sweep\/collected(\/\S+)?: the disk is full; correct this [^\n]+\n$/,
    );
    expect(spawnSync('mount', ['-o', 'remount,size=80000k', disk]).status).toBe(0);
    const again = upslope('disk/sweep');
    expect(again.status, again.stderr).toBe(0);
    expect(again.stderr).toContain(`; ${made.length} are already there\n`);
    expectSameResults('disk/sweep', 'forty');
    expect(upslope('disk/sweep', '--collect').status).toBe(0);
  } finally {
    spawnSync('umount', [disk]);
  }
}, 60_000);
