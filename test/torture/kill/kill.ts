import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call, Campaign, Row } from '../campaign.ts';
import { Random } from '../random.ts';
import { performKillCase } from './kill-case.ts';
import { makeReference, type Reference } from './reference.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** Processes of the built command line that are killed at any time. */
export const kill: Campaign = {
  name: 'kill',
  title: 'what is killed at any time and gone on with ends in the same bytes as what was left alone',
  unit: 'kills',
  usualSize: 100,
  targets: scenarios,
  async run(call) {
    const chosen = scenarios.filter(({ name }) => call.targets.includes(name));
    const rows: Row[] = [];
    for (const scenario of chosen) rows.push(await killScenario(call, scenario, Math.ceil(call.size / chosen.length)));
    return rows;
  },
};

async function killScenario(call: Call, scenario: Scenario, wanted: number): Promise<Row> {
  const { seed, from, failures, jobs } = call;
  const folder = mkdtempSync(join(tmpdir(), 'upslope-kill-'));
  const before = performance.now();
  const slowest = { index: from ?? 0, milliseconds: 0 };
  let [cases, failed, kills] = [0, 0, 0];
  try {
    const reference: Reference = await makeReference(scenario, join(folder, 'whole'));
    const perform = async (index: number) => {
      const place = join(folder, String(index));
      const start = performance.now();
      const outcome = await performKillCase(scenario, reference, place, index, new Random(seed, scenario.name, index));
      cases++;
      kills += outcome.kills;
      const milliseconds = performance.now() - start;
      if (milliseconds > slowest.milliseconds) Object.assign(slowest, { index, milliseconds });
      if (outcome.problem !== undefined) {
        failed++;
        failures.add({ target: scenario.name, index, problem: outcome.problem, input: { folder: place } });
      }
      rmSync(place, { recursive: true, force: true });
    };
    let next = 0;
    const lane = async () => {
      while (kills < wanted) await perform(next++);
    };
    if (from !== undefined) await perform(from);
    else await Promise.all(Array.from({ length: jobs }, lane));
    const note = `${kills} kills, ${reference.operations} file operations`;
    const seconds = (performance.now() - before) / 1000;
    return {
      target: scenario.name,
      cases,
      refused: undefined,
      accepted: cases - failed,
      failures: failed,
      seconds,
      slowest,
      note,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
