import meadow from '../scenes/meadow.json';
import { copyGenomes, implantGenomes } from '../src/population/implant.ts';
import { parseScene } from '../src/scene/parse.ts';
import { createSimulation } from '../src/simulation/create.ts';
import type { PlaneSimulation } from '../src/simulation/kinds.ts';
import { measure, report, tableRows } from './measure.ts';

const seed = '7';
/** Ticks of evolution that give the genomes: by then foragers know how to feed. */
const warmUp = 4000;

/** Meadow of another size at the same density of food. */
function meadowOf(side: number, founders: number, capacity = 200_000) {
  const habitat = { ...meadow.habitat, width: side, height: side };
  const foragers = { ...meadow.populations.foragers, founders, capacity };
  return parseScene({ ...meadow, habitat, populations: { foragers } }, 'bench');
}

/** Genomes of foragers that know how to feed. */
export function evolvedGenomes(): Float32Array {
  const small = createSimulation(meadowOf(768, 3000), seed);
  small.step(warmUp);
  const [population] = small.populations;
  const evolved = copyGenomes(
    population,
    Array.from({ length: Math.min(2000, population.count) }, (_, row) => row),
  );
  small.dispose();
  return evolved;
}

/** A meadow whose founders carry genomes of an evolved one, run until it has settled. */
export function settled(side: number, founders: number, capacity: number, evolved: Float32Array, ticks: number): PlaneSimulation {
  const simulation = createSimulation(meadowOf(side, founders, capacity), seed) as PlaneSimulation;
  const [population] = simulation.populations;
  const stride = population.layout.stride;
  const kinds = evolved.length / stride;
  for (let row = 0; row < population.count; row++) {
    const kind = row % kinds;
    implantGenomes(population, [row], evolved.subarray(kind * stride, (kind + 1) * stride));
  }
  simulation.step(ticks);
  return simulation;
}

/** Organism-ticks per second of a running world, and where a tick goes. */
function benchWorld(simulation: PlaneSimulation, ticks: number, blocks: number): void {
  const [population] = simulation.populations;
  const times = simulation.profile(undefined);
  simulation.step(ticks);
  let organismTicks = 0;
  let fewest = Infinity;
  const time = measure(blocks, () => {
    let lived = 0;
    for (let t = 0; t < ticks; t++) {
      lived += population.count;
      simulation.step(1);
    }
    organismTicks += lived;
    fewest = Math.min(fewest, lived);
  });
  const mean = organismTicks / blocks;
  const name = `meadow, ${Math.round(mean / ticks).toLocaleString('en')} organisms (16-12-5)`;
  report(name, mean, time, 'M organism-ticks/s');
  simulation.profile(() => performance.now());
  let lived = 0;
  for (let t = 0; t < ticks * 3; t++) {
    lived += population.count;
    simulation.step(1);
  }
  const rows = [...times].filter(([, ms]) => (ms * 1e6) / lived >= 0.5).sort((a, b) => b[1] - a[1]);
  const total = [...times.values()].reduce((a, b) => a + b, 0);
  const spent = rows.map(([system, ms]) => `${system} ${((ms * 1e6) / lived).toFixed(1)}`).join(', ');
  console.log(`  ns per organism-tick: ${((total * 1e6) / lived).toFixed(0)} in all: ${spent}`);
  simulation.profile(undefined);
}

/** Meadow with all its systems at 10,000 and 100,000 organisms; snapshots, hash, memory. */
export function benchMeadow(): void {
  const evolved = evolvedGenomes();
  const ten = settled(1152, 10_000, 20_000, evolved, 600);
  benchWorld(ten, 100, 15);
  let bytes = 0;
  const snapshots = measure(15, () => {
    bytes = ten.snapshot().byteLength;
  });
  const count = ten.populations[0].count;
  const shown = `snapshot of ${count.toLocaleString('en')} organisms`;
  const [best, median] = [snapshots.fastest, snapshots.median].map((seconds) => `${(seconds * 1000).toFixed(1)} ms`);
  console.log(`${shown}: best ${best}, median ${median}, ${(bytes / 1e6).toFixed(1)} MB`);
  tableRows.push([`${shown}, ${(bytes / 1e6).toFixed(1)} MB`, best, median]);
  const hashes = measure(15, () => ten.hash());
  console.log(`hash of the whole state: best ${(hashes.fastest * 1000).toFixed(2)} ms, ${ten.hash()}`);
  ten.dispose();

  const hundred = settled(3200, 80_000, 110_000, evolved, 300);
  benchWorld(hundred, 20, 7);
  const living = hundred.populations[0].count.toLocaleString('en');
  const [columns, resident] = [hundred.bytes, process.memoryUsage().rss].map((size) => `${(size / 1e6).toFixed(0)} MB`);
  console.log(`memory at ${living} organisms: ${columns} of columns and ground, ${resident} resident`);
  tableRows.push([`columns and ground at ${living} organisms (${resident} resident in all)`, columns, '']);
  hundred.dispose();
}
