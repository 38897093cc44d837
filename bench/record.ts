import meadow from '../scenes/meadow.json';
import { LifeRecord } from '../src/record/life-record.ts';
import { markNeeded } from '../src/record/mark-needed.ts';
import { flag } from '../src/record/row-chunk.ts';
import { parseScene } from '../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../src/simulation/create.ts';
import type { Simulation } from '../src/simulation/types.ts';

const seed = '7';

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds of the processor that so many ticks take: what else the machine does is not counted. */
function time(simulation: Simulation, ticks: number): number {
  const { user, system } = process.cpuUsage();
  simulation.step(ticks);
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 1e6;
}

/**
 * What the record costs: two worlds that are the same to the bit, one of them watched, in turns, so that what else the
 * machine does falls on both. Then what it holds as time goes on.
 */
export function benchRecord(): void {
  const habitat = { ...meadow.habitat, width: 1056, height: 1056 };
  const foragers = { ...meadow.populations.foragers, founders: 6000 };
  const first = createSimulation(parseScene({ ...meadow, habitat, populations: { foragers } }, 'bench'), seed);
  first.step(6000);
  const bare = simulationFromSnapshot(first.snapshot());
  const traced = simulationFromSnapshot(first.snapshot());
  const watched = simulationFromSnapshot(first.snapshot());
  first.dispose();
  traced.traceInheritance();
  const record = new LifeRecord(watched);
  watched.observe(record);
  const [population] = watched.populations;
  // A round goes from one look at species to the next, in turns of 25 ticks; every second has a census and fossils too.
  const ticks = 500;
  const turn = 25;
  const tracing: number[] = [];
  const recording: number[] = [];
  let [births, lived] = [0, 0];
  const end = watched.observe({
    afterTick: () => {
      births += watched.births(population).count;
      lived += population.count;
    },
  });
  const rounds = 10;
  let [alone, recorded] = [0, 0];
  const worlds = [bare, traced, watched];
  for (let round = 0; round < rounds; round++) {
    const seconds = worlds.map(() => 0);
    for (let made = 0; made < ticks; made += turn) {
      // Each of the three goes first as often as the others.
      for (let i = 0; i < worlds.length; i++) {
        const w = (i + made / turn) % worlds.length;
        seconds[w] += time(worlds[w], turn);
      }
    }
    tracing.push(seconds[1] / seconds[0]);
    recording.push(seconds[2] / seconds[0]);
    alone += seconds[0];
    recorded += seconds[2];
  }
  end();
  if (bare.hash() !== watched.hash() || bare.hash() !== traced.hash()) throw new Error('watching has changed the world');
  const percent = (ratio: number) => `${(100 * (ratio - 1)).toFixed(1)} %`;
  const perTick = `${Math.round(lived / rounds / ticks).toLocaleString('en')} organisms, ${(births / rounds / ticks).toFixed(1)} births a tick`;
  console.log(
    `record of meadow, ${perTick}: tracing costs ${percent(median(tracing))}, the record with it ${percent(median(recording))} (median of ${rounds} rounds), ${percent(recorded / alone)} in all`,
  );
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
