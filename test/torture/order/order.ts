import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scene } from '../../../src/scene/schema.ts';
import { everythingOn } from '../../fixtures/everything-on.ts';
import type { Call, Campaign, Row } from '../campaign.ts';
import { checkOrder } from './check-order.ts';

const program = 'dist/cli/upslope.js';

/** Hash of a run of the command line, in a process of its own: nothing ran before it. */
function hashInFreshProcess(scene: Scene, seed: string, ticks: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'upslope-order-'));
  try {
    const file = join(folder, 'scene.json');
    writeFileSync(file, JSON.stringify(scene));
    const out = execFileSync(
      process.execPath,
      [program, 'run', file, '--seed', seed, '--ticks', String(ticks), '--out', join(folder, 'run')],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return /^hash (\w+)$/m.exec(out)?.[1] ?? 'none';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ticks of each run. */
const ticks = 60;

const names = readdirSync('scenes')
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

/**
 * Results must not depend on what a process ran before: every scene with every mechanism on, as first world and after four others, alone and
 * as sweeps, assays and contests run it, with memory full of zeros, NaN and random bits, and in a process of its own.
 */
export const order: Campaign = {
  name: 'order',
  title: 'the same run in any order and in any memory',
  unit: 'seeds of each scene',
  usualSize: 2,
  targets: names.map((name) => ({ name, title: `${name}, every mechanism on` })),
  async run({ seed, size, targets, from, failures }: Call): Promise<readonly Row[]> {
    const scenes = names.map((name) => everythingOn(JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8')), name, 60));
    return names.flatMap((target, place): Row[] => {
      if (!targets.includes(target)) return [];
      const before = [1, 2, 3, 4].map((step) => scenes[(place + 5 * step) % scenes.length]);
      const started = performance.now();
      let [cases, failed, slowest, slowestIndex] = [0, 0, 0, 0];
      for (const index of from === undefined ? Array.from({ length: size }, (_, k) => k) : [from]) {
        const own = `${seed}/${index}`;
        const began = performance.now();
        const outcomes = checkOrder(target, scenes[place], before, own, ticks);
        const [world] = outcomes;
        const alone = hashInFreshProcess(scenes[place], own, ticks);
        for (const { scene, values, equal } of outcomes) {
          const all = scene === world.scene ? { ...values, 'own process': alone } : values;
          cases += Object.keys(all).length;
          if (equal && (scene !== world.scene || alone === values.first)) continue;
          failed++;
          failures.add({ target, index, problem: `${scene}: ${JSON.stringify(all)}` });
        }
        const took = performance.now() - began;
        if (took > slowest) [slowest, slowestIndex] = [took, index];
      }
      const seconds = (performance.now() - started) / 1000;
      const longest = { index: slowestIndex, milliseconds: slowest };
      return [{ target, cases, refused: undefined, accepted: cases - failed, failures: failed, seconds, slowest: longest }];
    });
  },
};
