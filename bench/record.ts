import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import meadow from '../scenes/meadow.json';
import { Recorder } from '../src/export/table-recorder.ts';
import { LifeRecord } from '../src/record/life-record.ts';
import { markNeeded } from '../src/record/mark-needed.ts';
import { flag } from '../src/record/row-chunk.ts';
import { parseScene } from '../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../src/simulation/create.ts';
import { probesOf } from '../src/simulation/probes-of.ts';
import type { Simulation } from '../src/simulation/types.ts';

const seed = '7';

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds of the processor that a number of ticks takes: what else the machine does is not counted. */
function time(simulation: Simulation, ticks: number): number {
  const { user, system } = process.cpuUsage();
  simulation.step(ticks);
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 1e6;
}

/**
 * What the record costs: worlds that are the same bit for bit, one of them bare, one watched, one recorded into files as by
 * `upslope run`, in turns, so that what else the machine does falls on all. Then what the record holds as time passes.
 */
export function benchRecord(): void {
  const habitat = { ...meadow.habitat, width: 1056, height: 1056 };
  const foragers = { ...meadow.populations.foragers, founders: 6000 };
  const first = createSimulation(parseScene({ ...meadow, habitat, populations: { foragers } }, 'bench'), seed);
  first.step(6000);
  const bare = simulationFromSnapshot(first.snapshot());
  const traced = simulationFromSnapshot(first.snapshot());
  const watched = simulationFromSnapshot(first.snapshot());
  const filed = simulationFromSnapshot(first.snapshot());
  first.dispose();
  const files = openFiles();
  const recorder = new Recorder(filed, { every: 100, genomes: 'living', csv: false, probes: probesOf(filed), open: files.open });
  filed.observe(recorder);
  traced.traceInheritance();
  const record = new LifeRecord(watched);
  watched.observe(record);
  const [population] = watched.populations;
  // A round goes from one look at species to the next, in turns of 25 ticks; every second has a census and fossils too.
  const ticks = 500;
  const turn = 25;
  const tracing: number[] = [];
  const recording: number[] = [];
  const writing: number[] = [];
  let [births, lived] = [0, 0];
  const end = watched.observe({
    afterTick: () => {
      births += watched.births(population).count;
      lived += population.count;
    },
  });
  const rounds = 10;
  let [alone, recorded, written] = [0, 0, 0];
  const worlds = [bare, traced, watched, filed];
  for (let round = 0; round < rounds; round++) {
    const seconds = worlds.map(() => 0);
    for (let made = 0; made < ticks; made += turn) {
      // Each of them goes first as often as the others.
      for (let i = 0; i < worlds.length; i++) {
        const w = (i + made / turn) % worlds.length;
        seconds[w] += time(worlds[w], turn);
      }
    }
    tracing.push(seconds[1] / seconds[0]);
    recording.push(seconds[2] / seconds[0]);
    writing.push(seconds[3] / seconds[0]);
    alone += seconds[0];
    recorded += seconds[2];
    written += seconds[3];
  }
  end();
  if (worlds.some((world) => world.hash() !== bare.hash())) throw new Error('watching has changed the world');
  const percent = (ratio: number) => `${(100 * (ratio - 1)).toFixed(1)} %`;
  const perTick = `${Math.round(lived / rounds / ticks).toLocaleString('en')} organisms, ${(births / rounds / ticks).toFixed(1)} births a tick`;
  console.log(
    `record of meadow, ${perTick}: tracing costs ${percent(median(tracing))}, the record with it ${percent(median(recording))} (median of ${rounds} rounds), ${percent(recorded / alone)} in all`,
  );
  console.log(
    `  with the tables of upslope run: ${percent(median(writing))} (median), ${percent(written / alone)} in all; ${(files.bytes() / 1e6 / ((rounds * ticks) / 1000)).toFixed(1)} MB of Parquet every 1,000 ticks`,
  );
  recorder.record.dispose();
  files.close();
  filed.dispose();
  bare.dispose();
  traced.dispose();
  for (let block = 0; block < 5; block++) {
    const { individuals } = record;
    const needed = markNeeded(individuals, flag.held, Number.NEGATIVE_INFINITY).reduce((sum, one) => sum + one, 0);
    console.log(
      `  tick ${watched.tick}: ${individuals.kept.toLocaleString('en')} individuals kept, ${(individuals.kept - needed).toLocaleString('en')} of them for fossils alone; ${(record.bytes / 1e6).toFixed(1)} MB`,
    );
    if (block < 4) watched.step(3000);
  }
  record.dispose();
  watched.dispose();
}

/** Files in a directory of their own, which go away when they are closed. */
function openFiles() {
  const place = mkdtempSync(join(tmpdir(), 'upslope-record-'));
  const descriptors: number[] = [];
  let written = 0;
  return {
    open(name: string): (chunk: Uint8Array) => void {
      const descriptor = openSync(join(place, name), 'w');
      descriptors.push(descriptor);
      return (chunk) => {
        written += writeSync(descriptor, chunk);
      };
    },
    bytes: () => written,
    close(): void {
      for (const descriptor of descriptors) closeSync(descriptor);
      rmSync(place, { recursive: true });
    },
  };
}
