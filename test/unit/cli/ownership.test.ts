import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../../src/cli/files.ts';
import { Lock, readLock, takeOver, tryLock } from '../../../src/cli/ownership/lock.ts';
import { OwnedFolder } from '../../../src/cli/ownership/owned-folder.ts';
import { fateOfName, newOwner, ownerName, readLockRecord, writeLockRecord } from '../../../src/cli/ownership/owner.ts';
import { systemProcesses } from '../../../src/cli/ownership/processes.ts';
import { publishResults } from '../../../src/cli/result-files.ts';
import { fakeProcesses, type TestIo, testIo, Workplace } from './test-io.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const isLinux = existsSync('/proc/self/ns/pid');
const ioWith = (fate: 'alive' | 'gone' | 'unknown', changes: Partial<TestIo> = {}) =>
  testIo({ processes: fakeProcesses(fate), ...changes });

describe('processes', () => {
  test.runIf(isLinux)('are recognised by machine, container, id and start', async () => {
    const { self, fate } = systemProcesses();
    expect(self).toMatchObject({ process: process.pid, boot: expect.any(String), space: expect.any(String) });
    expect(fate(self)).toBe('alive');
    // The id was used again: after the machine was started, or by another process.
    expect(fate({ ...self, started: '1' })).toBe('gone');
    expect(fate({ ...self, boot: 'another' })).toBe('unknown');
    expect(fate({ ...self, space: '1' })).toBe('unknown');
    expect(fate({ ...self, boot: undefined })).toBe('unknown');
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const other = { ...self, process: child.pid as number, started: undefined };
    expect(fate(other)).toBe('alive');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(fate(other)).toBe('gone');
  });

  test('their name as part of a file name says the same', () => {
    const processes = systemProcesses();
    const owner = newOwner(testIo({ processes }));
    expect(ownerName(owner)).toMatch(/^[0-9a-f-]+$/);
    expect(fateOfName(processes, ownerName(owner))).toBe(processes.fate(owner));
    if (isLinux) expect(fateOfName(processes, ownerName({ ...owner, started: '1' }))).toBe('gone');
    expect(fateOfName(processes, ownerName({ ...owner, boot: 'b007' }))).toBe('unknown');
    expect(fateOfName(processes, 'notes')).toBe('unknown');
  });

  test('records come back, and anything else is none', () => {
    const owner = newOwner(ioWith('gone'));
    const text = (record: Parameters<typeof writeLockRecord>[0]) => new TextDecoder().decode(writeLockRecord(record));
    expect(readLockRecord(text({ owner }))).toEqual({ owner, journal: undefined });
    const journal = { files: ['a', 'b/c'], after: 'undo' as const };
    expect(readLockRecord(text({ owner, journal }))).toEqual({ owner, journal });
    for (const name of ['../a', '/a', 'b/../../a', '', 'b//c']) {
      expect(readLockRecord(text({ owner, journal: { files: [name], after: 'undo' } }))?.journal).toBeUndefined();
    }
    for (const other of ['', '12345\n', '{}', '[]', 'null', '{"token":"x","host":"h","process":1}']) {
      expect(readLockRecord(other)).toBeUndefined();
    }
  });
});

describe('a lock', () => {
  const path = () => place.at('lock');
  const owner = () => newOwner(ioWith('gone'));

  test('is one owner’s alone, and only that one gives it back', () => {
    const [a, b] = [owner(), owner()];
    const first = tryLock(nodeFiles, path(), a) as Lock;
    expect(first).toBeInstanceOf(Lock);
    expect(tryLock(nodeFiles, path(), b)).toMatchObject({ token: a.token, owner: a });
    new Lock(nodeFiles, path(), b).release();
    expect(first.isOurs()).toBe(true);
    first.release();
    expect(place.names('.')).toEqual(['small.json']);
  });

  test('of an owner that is gone goes to one of those that try at the same time', () => {
    const [a, b, c] = [owner(), owner(), owner()];
    const old = tryLock(nodeFiles, path(), a) as Lock;
    const seen = readLock(nodeFiles, path());
    if (!seen) throw new Error('no lock');
    let tried: unknown;
    const files = {
      ...nodeFiles,
      renameSync: ((from, to) => {
        // Another process, that looked before and comes now.
        tried ??= takeOver(nodeFiles, path(), c, seen) ?? 'too late';
        nodeFiles.renameSync(from, to);
      }) as typeof nodeFiles.renameSync,
    };
    const won = takeOver(files, path(), b, seen);
    expect(tried).toBe('too late');
    expect(won?.isOurs()).toBe(true);
    expect(takeOver(nodeFiles, path(), c, seen)).toBeUndefined();
    expect(old.isOurs()).toBe(false);
    old.release();
    expect(won?.isOurs()).toBe(true);
  });

  test('is taken over also where the one that was taking it over is gone too', () => {
    const [a, b, c] = [owner(), owner(), owner()];
    tryLock(nodeFiles, path(), a);
    const seen = readLock(nodeFiles, path());
    const killed = {
      ...nodeFiles,
      renameSync: () => {
        throw new Error('killed');
      },
    };
    expect(() => takeOver(killed, path(), b, seen as NonNullable<typeof seen>)).toThrow('killed');
    const half = readLock(nodeFiles, path());
    expect(half?.token).toBe(b.token);
    expect(takeOver(nodeFiles, path(), c, half as NonNullable<typeof half>)?.isOurs()).toBe(true);
    expect(readLock(nodeFiles, path())?.token).toBe(c.token);
  });

  test('is made where the file system has no links', () => {
    const files = {
      ...nodeFiles,
      linkSync: () => {
        throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' });
      },
    };
    const [a, b] = [owner(), owner()];
    expect((tryLock(files, path(), a) as Lock).isOurs()).toBe(true);
    expect(tryLock(files, path(), b)).toMatchObject({ token: a.token });
  });

  test('follows no link', () => {
    writeFileSync(place.at('mine'), 'mine');
    symlinkSync(place.at('mine'), path());
    expect(() => tryLock(nodeFiles, path(), owner())).toThrow(/ELOOP/);
    expect(place.read('mine').toString()).toBe('mine');
  });
});

describe('a folder', () => {
  /** A folder that a process has and does not give back. */
  const leave = (fate: 'alive' | 'gone' | 'unknown' = 'gone') => OwnedFolder.take(ioWith(fate), place.at('out'));

  test('that nothing was put into is gone when it is given back', async () => {
    const folder = await OwnedFolder.take(ioWith('gone'), place.at('a', 'b'));
    expect(place.names('a/b')).toEqual(['upslope.lock']);
    folder.release();
    expect(existsSync(place.at('a'))).toBe(false);
  });

  test('of a process that lives is refused, of one that is gone it is taken at once', async () => {
    await leave();
    const refused = OwnedFolder.take(ioWith('alive'), place.at('out'));
    await expect(refused).rejects.toThrow(/^process 4000000 on here is writing in \S+out; wait for it to end, or choose another/);
    const folder = await OwnedFolder.take(ioWith('gone'), place.at('out'));
    expect(folder.fromSilent).toBe(false);
    folder.release();
  });

  test('of a process that cannot be looked at is refused when its lock beats, and taken when it was silent for a minute', async () => {
    await leave();
    let slept = 0;
    const io = ioWith('unknown', {
      now: () => slept,
      sleep: async (milliseconds) => {
        slept += milliseconds;
        if (slept >= 3000) utimesSync(place.at('out', 'upslope.lock'), new Date(slept), new Date(slept));
      },
    });
    await expect(OwnedFolder.take(io, place.at('out'))).rejects.toThrow(/is writing in/);
    expect(slept).toBe(3000);
    expect(io.text.err).toBe('');
    // A clock that is wrong by years says nothing.
    utimesSync(place.at('out', 'upslope.lock'), new Date(0), new Date(0));
    slept = 0;
    const silent = ioWith('unknown', { now: () => slept, sleep: async (milliseconds) => void (slept += milliseconds) });
    const folder = await OwnedFolder.take(silent, place.at('out'));
    expect(slept).toBe(60_000);
    expect(silent.text.err).toMatch(/^process 4000000 on here may be writing in \S+; watching for a minute whether it lives\n$/);
    expect(folder.fromSilent).toBe(true);
  });

  test('of an older version, or with a lock that is cut off, is taken when it was silent', async () => {
    for (const text of ['12345\n', '']) {
      mkdirSync(place.at('out'), { recursive: true });
      writeFileSync(place.at('out', 'upslope.lock'), text);
      let slept = 0;
      const io = ioWith('gone', { now: () => slept, sleep: async (milliseconds) => void (slept += milliseconds) });
      (await OwnedFolder.take(io, place.at('out'))).release();
      expect(slept).toBe(60_000);
    }
  });

  test('that was taken over while its owner stood still is not written to by that one any more', async () => {
    const first = await leave();
    const files = { 'a.txt': 'of the first', 'b.txt': 'of the first' };
    const second = await OwnedFolder.take(ioWith('gone'), place.at('out'));
    publishResults(second, { 'a.txt': 'of the second', 'b.txt': 'of the second' }, 'finish');
    expect(() => publishResults(first, files, 'finish')).toThrow(
      /^process 4000000 on here took over \S+out while this one was halted/,
    );
    first.release();
    expect(readLock(nodeFiles, place.at('out', 'upslope.lock'))).toBeDefined();
    second.release();
    expect(place.names('out')).toEqual(['a.txt', 'b.txt', 'manifest.json']);
    expect(place.read('out', 'a.txt').toString()).toBe('of the second');
  });

  test('whose owner stood still between two names is settled by the next, and nothing of it is mixed in', async () => {
    const first = await leave();
    let renames = 0;
    let next: Promise<OwnedFolder> | undefined;
    const renameSync = first.io.files.renameSync;
    const frozen = {
      ...nodeFiles,
      renameSync: ((from, to) => {
        renameSync(from, to);
        if (++renames === 2) next = OwnedFolder.take(ioWith('gone'), place.at('out'));
      }) as typeof nodeFiles.renameSync,
    };
    Object.assign(first.io, { files: frozen });
    expect(() => publishResults(first, { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' }, 'undo')).toThrow(/took over/);
    const second = await next;
    expect(readdirSync(place.at('out'))).toEqual(['upslope.lock']);
    second?.release();
  });

  test('follows no link that lies in it, neither for files nor for folders', async () => {
    mkdirSync(place.at('out'));
    mkdirSync(place.at('other'));
    writeFileSync(place.at('other', 'mine'), 'mine');
    for (const name of ['a.txt', 'a.txt.partial']) symlinkSync(place.at('other', 'mine'), place.at('out', name));
    symlinkSync(place.at('other'), place.at('out', 'figures'));
    const folder = await OwnedFolder.take(ioWith('gone'), place.at('out'));
    publishResults(folder, { 'a.txt': 'ours' }, 'finish');
    expect(() => publishResults(folder, { 'figures/b.svg': 'ours' }, 'finish')).toThrow(/figures is a link; remove it/);
    folder.release();
    expect(readFileSync(place.at('other', 'mine'), 'utf8')).toBe('mine');
    expect(place.names('other')).toEqual(['mine']);
    expect(place.read('out', 'a.txt').toString()).toBe('ours');
  });
});
