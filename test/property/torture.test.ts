import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allTargets } from '../torture/all-targets.ts';
import type { Call, Campaign } from '../torture/campaign.ts';
import { type CaseFailure, performBlock, TargetStore } from '../torture/cases/perform-block.ts';
import { newTally } from '../torture/cases/shared-tally.ts';
import { FailureLog } from '../torture/failure-log.ts';
import { kill } from '../torture/kill/kill.ts';
import { soak } from '../torture/soak.ts';

// The campaigns of `npm run torture` at small sizes.

const root = process.cwd();
const kept = mkdtempSync(join(tmpdir(), 'upslope-torture-'));
beforeAll(() => void execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'cli']), 120_000);
afterAll(() => rmSync(kept, { recursive: true, force: true }));

/** Runs a campaign here. @returns the lines of its failures */
async function failuresOf(campaign: Campaign, call: Partial<Call>): Promise<string[]> {
  const lines: string[] = [];
  const all = campaign.targets.map(({ name }) => name);
  const failures = new FailureLog(campaign.name, 'test', kept, 'torture', (line) => lines.push(line));
  const asked = { seed: 'test', size: 1, jobs: 2, targets: all, from: undefined, failures, print() {}, ...call };
  const rows = await campaign.run(asked);
  expect(rows.map(({ target }) => target)).toEqual(asked.targets);
  expect(rows.every(({ cases }) => cases > 0)).toBe(true);
  return lines;
}

describe('cases of every target', () => {
  const store = new TargetStore(allTargets);
  afterAll(() => store.remove());

  it.each(allTargets)('$name: no failure', async ({ name, weight }) => {
    const failures: CaseFailure[] = [];
    const to = 10 + weight;
    await performBlock(await store.get(name), { target: name, seed: 'test', from: 0, to }, newTally(), (one) =>
      failures.push(one),
    );
    expect(failures.map(({ index, problem }) => `${index}: ${problem}`)).toEqual([]);
  });
});

it('what is killed ends as what was left alone', async () => {
  // Runs that are killed have a test of their own (test/unit/cli/built.test.ts).
  expect(await failuresOf(kill, { size: 1, jobs: 1, targets: ['sweep'] })).toEqual([]);
}, 300_000);

it('small worlds stay as they are', async () => {
  expect(await failuresOf(soak, { size: 2000 })).toEqual([]);
});

describe('the command', () => {
  const torture = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts/torture.mjs'), ...args], { encoding: 'utf8', cwd: root });

  it('prints a table at the end', () => {
    const { status, stdout } = torture('switch', '--size', '20', '--only', 'closed', '--jobs', '1');
    expect(stdout).toMatch(/^target +cases +refused +accepted +failures +seconds +slowest case$/m);
    expect(stdout).toMatch(/^closed +2 +0 +2 +0 /m);
    expect(status).toBe(0);
  });

  it.each([
    [['fuz'], "torture: there is no campaign 'fuz'; did you mean 'fuzz'?"],
    [['fuzz', '--size', '0'], "torture: --size must be a whole number of 1 or more (got '0')"],
    [['fuzz', '--from', '3'], 'torture: --from repeats one case; give its target with --only'],
    [['kill', '--only', 'ruin'], "torture: kill has no target 'ruin'; did you mean 'run'?"],
    [['soak', '--sise', '3'], "torture: unknown flag '--sise'; did you mean '--size'?"],
  ])('refuses %j in one line', (args, line) => {
    const { status, stderr } = torture(...args);
    expect(stderr).toBe(`${line}\n`);
    expect(status).toBe(2);
  });
});
