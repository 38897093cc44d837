import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallScene, Workplace } from './test-io.ts';

const root = process.cwd();
const program = join(root, 'dist/cli/upslope.js');
let place: Workplace;

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']);
  place = new Workplace();
  writeFileSync(place.scene, JSON.stringify({ ...smallScene, ticks: 40 }));
}, 120_000);
afterAll(() => place.remove());

function upslope(environment: Record<string, string>, ...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    cwd: place.path,
    env: { ...process.env, ...environment },
  });
}

const flags = ['run', 'small.json', '--seed', '7', '--every', '20'];

test('a process can be made to kill itself at any one of its file operations', () => {
  const counted = upslope({ UPSLOPE_TORTURE_KILL_AT: '0' }, ...flags, '--out', 'whole');
  expect(counted.status, counted.stderr).toBe(0);
  const count = Number(/^(\d+) file operations$/m.exec(counted.stderr)?.[1]);
  expect(count).toBeGreaterThan(20);
  const last = upslope({ UPSLOPE_TORTURE_KILL_AT: String(count) }, ...flags, '--out', 'last');
  expect(last.signal).toBe('SIGKILL');
  expect(existsSync(place.at('last', 'provenance.json'))).toBe(true);
  const after = upslope({ UPSLOPE_TORTURE_KILL_AT: String(count + 1) }, ...flags, '--out', 'after');
  expect(after.status, after.stderr).toBe(0);
  const plain = upslope({}, ...flags, '--out', 'plain');
  expect(plain.stderr).not.toContain('file operations');
});

test('threads count with their process', () => {
  const plan = { version: 1, scene: 'small.json', seeds: '1..3', ticks: 20 };
  writeFileSync(place.at('plan.json'), JSON.stringify(plan));
  const sweep = ['sweep', 'plan.json', '--jobs', '1', '--out'];
  const counts = ['a', 'b'].map((out) => {
    const { stderr } = upslope({ UPSLOPE_TORTURE_KILL_AT: '0' }, ...sweep, out);
    return Number(/^(\d+) file operations$/m.exec(stderr)?.[1]);
  });
  expect(counts[0]).toBeGreaterThan(3 * 8);
  expect(counts[1]).toBe(counts[0]);
  expect(upslope({ UPSLOPE_TORTURE_KILL_AT: String(counts[0] - 2) }, ...sweep, 'c').signal).toBe('SIGKILL');
});

test('a write can be torn', () => {
  for (let at = 1; ; at++) {
    const torn = upslope({ UPSLOPE_TORTURE_KILL_AT: String(at), UPSLOPE_TORTURE_TORN: '1' }, ...flags, '--out', `torn ${at}`);
    expect(torn.signal).toBe('SIGKILL');
    const path = place.at(`torn ${at}`, 'upslope.lock');
    if (!existsSync(path) || readFileSync(path).length === 0) continue;
    expect(readFileSync(path, 'utf8')).toMatch(/^\d+$/);
    break;
  }
});
