import { cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, nodeFiles } from '../../../src/cli/files.ts';
import { inThread } from '../../../src/cli/sweep/performer.ts';
import { sweepCommand } from '../../../src/cli/sweep/sweep.ts';
import { watchChanges } from '../../../src/cli/torture.ts';
import { smallPlan } from '../experiment/small-plan.ts';
import { processIo } from '../sweep/sweep-place.ts';
import { call, fakeProcesses, smallScene, Workplace } from './test-io.ts';

let place: Workplace;
beforeAll(async () => {
  place = new Workplace();
  writeFileSync(place.scene, JSON.stringify({ ...smallScene, ticks: 60, record: { fossils: { every: 20 } } }));
  writeFileSync(place.at('plan.json'), JSON.stringify({ ...smallPlan, vary: {}, seeds: '1..2' }));
  expect((await again(['run', place.scene, '--seed', '7', '--every', '20', '--out', place.at('made')])).status).toBe(0);
  expect(await sweepCommand(processIo(), place.at('plan.json'), { out: place.at('swept') }, () => inThread)).toBe(0);
});
afterAll(() => place.remove());

/** A process to which all before it are gone. */
const again = (args: readonly string[], files = nodeFiles) =>
  call(args, processIo({ files, processes: fakeProcesses('gone'), now: () => 0 }));

type Change = Parameters<Parameters<typeof watchChanges>[1]>;

/** Changes by which files get their names or lose them, and the last ones of a command. */
const isNaming = ([name, [path]]: Change): boolean =>
  name === 'renameSync' || name === 'linkSync' || (name === 'rmSync' && !/\.(partial|new)\b/.test(String(path)));

/** The disk of a process that is killed before one of its changes: from then on it does nothing. */
function dying(n: number, counts: (change: Change) => boolean): { files: Files; isDead: () => boolean } {
  let left = n;
  const check = () => {
    if (left <= 0) throw new Error('killed');
  };
  const changing = watchChanges(nodeFiles, (...change) => {
    if (counts(change)) left--;
    check();
  });
  const files = Object.fromEntries(
    Object.entries(changing).map(([name, operation]) => {
      const call = operation as (...args: unknown[]) => unknown;
      return [
        name,
        (...args: unknown[]) => {
          check();
          return call(...args);
        },
      ];
    }),
  ) as unknown as Files;
  return { files, isDead: () => left <= 0 };
}

function contentOf(directory: string): Map<string, string> {
  const names = (readdirSync(directory, { recursive: true }) as string[]).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, nodeFiles.readFileSync(join(directory, name), 'latin1')]));
}

interface Kills {
  readonly counts?: (change: Change) => boolean;
  /** Kills before every so many of these changes. */
  readonly every?: number;
  /** Makes the directory where it is not missing at first. */
  readonly prepare?: () => void;
}

/**
 * Kills a command before changes that it makes on the disk, and gives it again: it succeeds, and leaves what it leaves undisturbed.
 * @param out directory that it writes into
 * @returns the number of kills
 */
async function killEverywhere(args: readonly string[], out: string, kills: Kills = {}): Promise<number> {
  const { counts = isNaming, every = 1, prepare = () => {} } = kills;
  const fresh = () => {
    rmSync(out, { recursive: true, force: true });
    prepare();
  };
  fresh();
  const undisturbed = await again(args);
  expect(undisturbed.status, undisturbed.err).toBe(0);
  const wanted = contentOf(out);
  const forget = (content: Map<string, string>) => {
    // How long it took.
    const summary = content.get('summary.json');
    if (summary) content.set('summary.json', summary.replace(/"seconds": [\d.]+/, ''));
    return content;
  };
  forget(wanted);
  for (let n = 1, made = 0; ; n += every, made++) {
    fresh();
    const { files, isDead } = dying(n, counts);
    await again(args, files).catch((error: Error) => expect(error.message).toMatch(/killed/));
    if (!isDead()) return made;
    const outcome = await again(args);
    expect(outcome.status, `killed before change ${n}: ${outcome.err}`).toBe(0);
    expect(forget(contentOf(out)), `killed before change ${n}`).toEqual(wanted);
  }
}

describe('a command that is killed before any change on the disk and given again leaves the same files', {
  timeout: 120_000,
}, () => {
  test('run', async () => {
    const out = place.at('run');
    expect(
      await killEverywhere(
        ['run', place.scene, '--seed', '7', '--every', '20', '--checkpoint', '20', '--snapshots', '90', '--resume', '--out', out],
        out,
      ),
    ).toBeGreaterThan(10);
  });

  test('export', async () => {
    const out = place.at('export');
    const args = ['export', place.at('made'), '--format', 'newick,tskit', '--out', out];
    expect(await killEverywhere(args, out)).toBeGreaterThan(10);
  });

  test('analyse', async () => {
    const out = place.at('analysis');
    expect(await killEverywhere(['analyse', place.at('made'), '--out', out], out)).toBeGreaterThan(6);
  });

  test('price, which replaces what it wrote before', async () => {
    const out = place.at('price');
    expect(await killEverywhere(['price', place.at('made'), '--out', out], out)).toBeGreaterThan(3);
    const older = () => cpSync(place.at('price'), place.at('older'), { recursive: true });
    older();
    await killEverywhere(['price', place.at('made'), '--trait', 'body.size', '--out', out], out, {
      prepare: () => cpSync(place.at('older'), out, { recursive: true }),
    });
  });

  test('invasion', async () => {
    const out = place.at('invasion');
    expect(
      await killEverywhere(['invasion', 'competition', '--points', '5', '--out', out], out, { counts: () => true }),
    ).toBeGreaterThan(15);
  });

  test('lab', async () => {
    const out = place.at('lab');
    const args = ['lab', 'bowl', '--model', 'annealing', '--ticks', '5', '--replicates', '1', '--seed', '1', '--jobs', '1'];
    expect(await killEverywhere([...args, '--out', out], out)).toBeGreaterThan(3);
  });

  test('assay', async () => {
    const out = place.at('assay');
    const args = [
      'assay',
      place.scene,
      '--seed',
      '7',
      '--tick',
      '20',
      '--age',
      '10',
      '--horizon',
      '5',
      '--forks',
      '4',
      '--jobs',
      '1',
    ];
    expect(await killEverywhere([...args, '--out', out], out, { every: 4 })).toBeGreaterThan(6);
  });

  test('tournament', async () => {
    const out = place.at('tournament');
    const args = ['tournament', place.at('made'), '--ticks', '5', '--replicates', '2', '--players', '3', '--jobs', '1'];
    expect(await killEverywhere([...args, '--out', out], out)).toBeGreaterThan(3);
  });

  test('the collection of a sweep', async () => {
    const out = place.at('swept', 'collected');
    expect(await killEverywhere(['sweep', place.at('swept'), '--collect'], out, { every: 9 })).toBeGreaterThan(3);
  });
});
