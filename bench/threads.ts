import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { worldThreads } from '../src/cli/world-threads.ts';
import { simulationFromSnapshot } from '../src/simulation/create.ts';
import type { Simulation } from '../src/simulation/types.ts';
import { evolvedGenomes, settled } from './meadow.ts';

/** Word of the command with which a process of its own steps a world. */
export const threadsAlone = 'threads-alone';

/** Organism-ticks a second of a block, and processor seconds a wall second. */
interface Block {
  readonly rate: number;
  readonly cores: number;
}

function block(world: Simulation, ticks: number): Block {
  const [started, before] = [performance.now(), process.cpuUsage()];
  let lived = 0;
  for (let tick = 0; tick < ticks; tick++) {
    for (const { count } of world.populations) lived += count;
    world.step(1);
  }
  const [wall, { user, system }] = [performance.now() - started, process.cpuUsage(before)];
  return { rate: (lived / wall) * 1000, cores: (user + system) / 1000 / wall };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Steps a kept world on one thread, and writes its rate: what a process that shares nothing does. */
export function stepAlone(path: string, ticks: string): void {
  const world = simulationFromSnapshot(new Uint8Array(readFileSync(path)).buffer as ArrayBuffer);
  world.step(20);
  process.stdout.write(`${block(world, Number(ticks)).rate}\n`);
}

/** Rates of a number of processes that step the same world at the same time, summed. */
async function together(count: number, path: string, ticks: number): Promise<number> {
  const rates = Array.from(
    { length: count },
    () =>
      new Promise<number>((resolve, reject) => {
        const child = spawn(process.execPath, [process.argv[1], threadsAlone, path, String(ticks)]);
        let text = '';
        child.stdout.on('data', (part) => {
          text += part;
        });
        child.on('error', reject);
        child.on('close', () => resolve(Number(text)));
      }),
  );
  return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0);
}

/**
 * One world on several threads beside the same on one, and beside as many processes that share nothing, block after block in turns: what
 * else the machine does meets all three.
 */
export async function benchThreads(): Promise<void> {
  const cores = availableParallelism();
  const folder = mkdtempSync(join(tmpdir(), 'upslope-threads-'));
  const evolved = evolvedGenomes();
  for (const [side, founders, capacity, ticks] of [
    [1152, 10_000, 20_000, 200],
    [3200, 80_000, 110_000, 20],
  ]) {
    const world = settled(side, founders, capacity, evolved, 300);
    const path = join(folder, 'world');
    const snapshot = world.snapshot();
    writeFileSync(path, new Uint8Array(snapshot));
    const organisms = world.populations[0].count;
    world.dispose();
    const alone = simulationFromSnapshot(snapshot);
    const shared = simulationFromSnapshot(snapshot, undefined, { threads: worldThreads(cores) });
    for (const one of [alone, shared]) one.step(100);
    const blocks: { single: Block; several: Block; processes: number }[] = [];
    for (let i = 0; i < 7; i++) {
      const single = block(alone, ticks);
      const several = block(shared, ticks);
      blocks.push({ single, several, processes: await together(cores, path, ticks) });
    }
    if (alone.hash() !== shared.hash()) throw new Error('threads: the worlds differ');
    const of = (value: (one: (typeof blocks)[number]) => number) => median(blocks.map(value));
    const times = of(({ single, several }) => several.rate / single.rate);
    const share = of(({ several, processes }) => several.rate / processes);
    const cost = of(({ single, several }) => several.cores / several.rate / (single.cores / single.rate));
    const rate = (value: number) => (value / 1e6).toFixed(2);
    console.log(
      `meadow, ${organisms.toLocaleString('en')} organisms: one thread ${rate(of((b) => b.single.rate))}, ${cores} threads ` +
        `${rate(of((b) => b.several.rate))}, ${cores} processes ${rate(of((b) => b.processes))} M organism-ticks/s; medians of 7 in turns: ` +
        `${times.toFixed(2)} times one thread, ${share.toFixed(2)} of the processes, ${cost.toFixed(2)} times the processor time`,
    );
    for (const one of [alone, shared]) one.dispose();
  }
  rmSync(folder, { recursive: true });
}
