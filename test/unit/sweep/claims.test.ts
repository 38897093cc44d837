import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFiles } from '../../../src/cli/files.ts';
import { readLock } from '../../../src/cli/ownership/lock.ts';
import { newOwner, type Owner, ownerName } from '../../../src/cli/ownership/owner.ts';
import type { Fate } from '../../../src/cli/ownership/processes.ts';
import { Claims } from '../../../src/cli/shares/claims.ts';
import { publish } from '../../../src/cli/shares/publish.ts';
import { shardChoice } from '../../../src/cli/shares/share-flags.ts';
import { evenTasks } from '../../../src/cli/shares/slurm.ts';
import { collectVariation, seedsChoice } from '../../../src/cli/sweep/sweep-flags.ts';
import { fakeProcesses } from '../cli/test-io.ts';
import { processIo, SweepPlace } from './sweep-place.ts';

let place: SweepPlace;
let folder: string;
beforeAll(() => {
  place = new SweepPlace();
  folder = place.at('claims');
  mkdirSync(folder);
});
afterAll(() => place.remove());

const owners = Array.from({ length: 3 }, () => newOwner(processIo()));
let time = 0;
const claimsOf = (owner: Owner, fate: Fate = 'unknown', lease = 100) =>
  new Claims(processIo({ now: () => time, processes: fakeProcesses(fate) }), folder, owner, lease);
const wait = (seconds: number) => {
  time += 1000 * seconds;
};

test('one has it until it is given back', () => {
  const [a, b] = owners.map((owner) => claimsOf(owner));
  expect(a.take('x')).toBe(true);
  expect(b.take('x')).toBe(false);
  b.release('x');
  expect(b.take('x')).toBe(false);
  a.release('x');
  expect(b.take('x')).toBe(true);
  b.releaseAll();
  expect(readdirSync(folder)).toEqual([]);
});

test('a claim that was seen to be silent for a lease is taken over, one that beats is not', () => {
  const [a, b] = owners.map((owner) => claimsOf(owner));
  a.take('x');
  // Clocks of other machines may say anything.
  utimesSync(join(folder, 'x'), new Date(0), new Date(0));
  expect(b.take('x')).toBe(false);
  wait(99);
  expect(b.take('x')).toBe(false);
  a.renew();
  wait(2);
  expect(b.take('x')).toBe(false);
  wait(99);
  expect(b.take('x')).toBe(false);
  wait(2);
  expect(b.take('x')).toBe(true);
  // The one that lost it neither lets it beat nor gives back what is not its own any more.
  utimesSync(join(folder, 'x'), new Date(0), new Date(0));
  a.renew();
  a.release('x');
  expect(readLock(nodeFiles, join(folder, 'x'))).toMatchObject({ token: owners[1].token, beat: 0 });
  b.releaseAll();
  expect(readdirSync(folder)).toEqual([]);
});

test('an empty claim, as a full disk leaves one, holds for a lease like any other', () => {
  writeFileSync(join(folder, 'x'), '');
  const [a] = owners.map((owner) => claimsOf(owner));
  expect(a.take('x')).toBe(false);
  wait(101);
  expect(a.take('x')).toBe(true);
  a.releaseAll();
});

test('a claim of a process that is known to be gone is taken over at once, and by one only', () => {
  const [a, b, c] = owners.map((owner) => claimsOf(owner, 'gone'));
  a.take('x');
  expect(b.take('x')).toBe(true);
  b.releaseAll();
  expect([a.take('x'), c.take('x')]).toEqual([true, true]);
  c.releaseAll();
  expect(readdirSync(folder)).toEqual([]);
});

test('of several that publish a name one does, and what it wrote stays', () => {
  const bytes = (text: string) => [new TextEncoder().encode(text)];
  const names = owners.map(ownerName);
  expect(names.map((name) => publish(nodeFiles, folder, 'r', name, bytes(name)))).toEqual([true, false, false]);
  expect(nodeFiles.readFileSync(join(folder, 'r'), 'utf8')).toBe(names[0]);
  expect(readdirSync(folder)).toEqual(['r']);
});

test('tasks are as many as was asked for, or fewer where what is left lies unevenly in the shares', () => {
  const every = (step: number, from = 0) => Array.from({ length: 24 }, (_, i) => from + step * i);
  expect(evenTasks(every(1), 8)).toBe(8);
  expect(evenTasks(every(1), 24)).toBe(24);
  expect(evenTasks(every(8, 4), 8)).toBe(7);
  expect(evenTasks(every(1000, 4), 10)).toBe(9);
  expect(evenTasks([4, 12, 20, 28], 4)).toBe(3);
  expect(evenTasks([4, 12], 2)).toBe(2);
  expect(evenTasks([5], 1)).toBe(1);
});

test('flags', () => {
  expect(collectVariation('a.b=1,x,true')).toEqual([{ path: 'a.b', values: [1, 'x', true] }]);
  expect(collectVariation('a.b=[[1,2],"x,y"]', [])).toEqual([{ path: 'a.b', values: [[1, 2], 'x,y'] }]);
  expect(seedsChoice('1..5')).toBe('1..5');
  expect(seedsChoice('a, b')).toEqual(['a', 'b']);
  for (const mistyped of ['a..b', '1..2.5', '1..', '1..3,7'])
    expect(() => seedsChoice(mistyped)).toThrow(/is not a range; give two whole numbers such as 1\.\.10 alone/);
  expect(shardChoice('2/8')).toEqual({ index: 2, count: 8 });
});
