import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../src/cli/files.ts';
import { readLock } from '../../src/cli/ownership/lock.ts';
import { shareOf } from '../../src/cli/sweep/sweep.ts';
import { SweepFolder } from '../../src/cli/sweep/sweep-folder.ts';
import type { PlannedRun } from '../../src/experiment/expand-plan.ts';
import { standard } from '../../src/simulation/catalogue.ts';
import { SweepPlace } from '../unit/sweep/sweep-place.ts';
import { Cluster, until } from './cluster.ts';

const { canStartSlurm } = await import(new URL('../../scripts/slurm.mjs', import.meta.url).href);
const startable: boolean = canStartSlurm();
const title = startable
  ? 'a real Slurm'
  : 'a real Slurm (skipped: needs root on Debian, and slurmctld, slurmd, slurm-client, munge)';

const program = join(process.cwd(), 'dist/cli/upslope.js');
const tasks = 8;
const plan = {
  version: 1,
  name: 'meadows',
  scene: 'meadow',
  vary: { 'habitat.grass.regrowth': [0.005, 0.02], 'populations.foragers.mechanisms.mutation.on': [true, false] },
  seeds: '1..16',
  ticks: 80,
  every: 20,
};
// What a shell, or Slurm itself, would read otherwise.
const onCluster = "50 % 'shared'";

describe.skipIf(!startable)(title, () => {
  let cluster: Cluster;
  let place: SweepPlace;
  let folder: SweepFolder;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(process.cwd(), 'scripts/build.mjs'), 'cli']);
    place = new SweepPlace(plan);
    folder = new SweepFolder({ files: nodeFiles, catalogue: standard }, place.at(onCluster));
    cluster = new Cluster();
    await cluster.start();
  });
  afterAll(async () => {
    await cluster?.stop();
    place?.remove();
  });

  /** Calls the command as somebody on the head node does. */
  const upslope = (...args: string[]) =>
    new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
      const options = { cwd: place.path, env: cluster.environment };
      const child = execFile(process.execPath, [program, 'sweep', ...args], options, (_, out, err) =>
        resolve({ status: child.exitCode, out, err }),
      );
    });
  const submit = async (...args: string[]) => {
    const { status, out, err } = await upslope(...args, '--slurm', '--tasks', String(tasks));
    expect(status, err).toBe(0);
    const [, job] = /^submitted job (\d+); check with: /.exec(out) ?? [];
    return { job, out, err };
  };
  const isDone = ({ id }: PlannedRun) => folder.has(id);
  const shareOfTask = (task: number) => shareOf(folder.readSweep(), { index: task, count: tasks });
  /** Waits until a task is in the middle of its share: some of it is done, and some is still to be made. */
  const inTheMiddle = async (task: number) => {
    const share = shareOfTask(task);
    await until(`task ${task} is at work`, 120, () => share.some(isDone));
    expect(share.filter(isDone).length).toBeLessThan(share.length - 1);
  };
  /** Ends the process of a task as a broken machine would. */
  const kill = async (task: number) => {
    const claims = shareOfTask(task).map(({ id }) => join(folder.claims, id));
    let owner: number | undefined;
    await until(`task ${task} has a claim`, 30, () => {
      owner = claims.map((path) => readLock(nodeFiles, path)?.owner?.process).find((id) => id);
      return owner !== undefined;
    });
    process.kill(owner as number, 'SIGKILL');
  };
  const expectSameFiles = (name: string) => {
    const files = (sweep: string) =>
      (readdirSync(place.at(sweep, name), { recursive: true }) as string[])
        .filter((file) => statSync(place.at(sweep, name, file)).isFile())
        .sort();
    expect(files(onCluster)).toEqual(files('local'));
    for (const file of files('local')) {
      expect(place.read(onCluster, name, file).equals(place.read('local', name, file)), file).toBe(true);
    }
    return files('local');
  };

  test('8 tasks make 64 runs of meadow; one is put back into the queue, one is killed, and a second call makes the rest: equal to a local pool to the bit', async () => {
    const flags = ['--partition', cluster.partition, '--time', '0:10:00', '--mem', '1G'];
    const { job, err } = await submit('plan.json', '--out', onCluster, ...flags);
    expect(err).toMatch(/^meadows: 64 runs, about .*, 8 tasks\n$/);
    await Promise.all([
      inTheMiddle(3).then(() => cluster.run('scontrol', 'requeue', `${job}_3`)),
      inTheMiddle(5).then(() => kill(5)),
    ]);
    expect((await upslope(onCluster, '--status')).out).toMatch(/: meadows, 64 runs\ndone +[1-9]\d* /);
    const [local] = await Promise.all([upslope('plan.json', '--out', 'local'), cluster.finished(job, 180)]);
    expect(local.status, local.err).toBe(0);

    expect(await cluster.task(job, 1)).toMatchObject({ JobState: 'COMPLETED', Restarts: '0' });
    expect(await cluster.task(job, 3)).toMatchObject({ JobState: 'COMPLETED', Restarts: '1' });
    expect(await cluster.task(job, 5)).toMatchObject({ JobState: 'FAILED' });
    const log = place.read(onCluster, 'slurm', `${job}-3.log`).toString();
    expect(log).toMatch(/DUE TO JOB REQUEUE[\s\S]*; [1-7] are already there\n[\s\S]*8 of 8 runs done\n$/);
    const missing = folder.readSweep().runs.filter((run) => !isDone(run));
    expect(missing.length).toBeGreaterThan(0);
    for (const run of missing) expect(shareOfTask(5)).toContainEqual(run);

    const second = await submit(onCluster);
    expect(second.err).toContain(`meadows: ${missing.length} run`);
    await cluster.finished(second.job, 180);
    expect((await upslope(onCluster, '--status')).out).toMatch(
      /done +64 .*\nclaimed +0 .*\nstale +0 .*\nfailed +0 .*\nwaiting +0 /,
    );
    expect((await submit(onCluster)).out).toBe('all 64 runs are already there\n');

    for (const name of [onCluster, 'local']) {
      expect((await upslope(name, '--collect')).out).toMatch(/^64 of 64 runs collected: /);
    }
    const collected = expectSameFiles('collected');
    expect(collected).toEqual(expect.arrayContaining(['means.parquet', 'probes.parquet', 'summary.parquet']));
    expectSameFiles('results');
  });
});
