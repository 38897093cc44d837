import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFiles } from '../../../src/cli/files.ts';
import { Claims, readClaim } from '../../../src/cli/sweep/claims.ts';
import { isGone, ownerName } from '../../../src/cli/sweep/owner.ts';
import { publish } from '../../../src/cli/sweep/publish.ts';
import { evenTasks } from '../../../src/cli/sweep/slurm.ts';
import { collectVariation, seedsChoice, shardChoice } from '../../../src/cli/sweep/sweep-flags.ts';
import { processIo, SweepPlace } from './sweep-place.ts';

let place: SweepPlace;
let folder: string;
beforeAll(() => {
  place = new SweepPlace();
  folder = place.at('claims');
  mkdirSync(folder);
});
afterAll(() => place.remove());

const owners = ['1-00000000-here', '2-00000000-there', '3-00000000-elsewhere'];
const claimsOf = (owner: string, lease = 100) => new Claims(processIo(), folder, owner, lease);
const grow = (id: string, seconds: number) => {
  const then = new Date(Date.now() - 1000 * seconds);
  utimesSync(join(folder, id), then, then);
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

test('a lease that ran out is taken over, one that is renewed is not', () => {
  const [a, b] = owners.map((owner) => claimsOf(owner));
  a.take('x');
  grow('x', 99);
  expect(b.take('x')).toBe(false);
  grow('x', 101);
  a.renew();
  expect(b.take('x')).toBe(false);
  grow('x', 101);
  expect(b.take('x')).toBe(true);
  // The one that lost it neither renews nor gives back what is no longer its own.
  grow('x', 50);
  a.renew();
  a.release('x');
  expect(readClaim(nodeFiles, join(folder, 'x'))?.owner).toBe(owners[1]);
  expect(Date.now() - (readClaim(nodeFiles, join(folder, 'x'))?.time ?? 0)).toBeGreaterThan(40_000);
  b.release('x');
});

test('an empty claim, as a full disk leaves one, holds for a lease like any other', () => {
  writeFileSync(join(folder, 'x'), '');
  const [a] = owners.map((owner) => claimsOf(owner));
  expect(a.take('x')).toBe(false);
  grow('x', 101);
  expect(a.take('x')).toBe(true);
  a.releaseAll();
});

test('of a process of this machine it is known whether it is gone', () => {
  const io = processIo({ isAlive: (id) => id === 7 });
  const here = hostname()
    .replace(/[^\w-]/g, '_')
    .slice(0, 60);
  expect(isGone(io, `8-00000000-${here}`)).toBe(true);
  expect(isGone(io, `7-00000000-${here}`)).toBe(false);
  expect(isGone(io, '8-00000000-another')).toBe(false);
  expect(isGone(io, ownerName(io))).toBe(false);
  expect(isGone(io, 'nobody')).toBe(false);
});

test('of several that publish a name one does, and what it wrote stays', () => {
  const bytes = (text: string) => [new TextEncoder().encode(text)];
  expect(owners.map((owner) => publish(nodeFiles, folder, 'r', owner, bytes(owner)))).toEqual([true, false, false]);
  expect(nodeFiles.readFileSync(join(folder, 'r'), 'utf8')).toBe(owners[0]);
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
  expect(shardChoice('2/8')).toEqual({ index: 2, count: 8 });
});
