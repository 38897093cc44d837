// A sweep: how many live, by the regrowth of grass, as a mean over seeds with its standard error. `upslope sweep` does the same on
// all cores, and continues where it was stopped.
//
//     node sweep.mjs [ticks] [seeds]
import { applyChanges, createSimulation, parseScene } from 'upslope';

const ticks = Number(process.argv[2] ?? 800);
const seeds = Number(process.argv[3] ?? 4);

const scene = parseScene(
  {
    version: 1,
    name: 'pasture',
    title: 'Pasture',
    habitat: { kind: 'plane', width: 128, height: 128, grass: { capacity: 4, regrowth: 0.02 } },
    populations: { grazers: { founders: 150, mechanisms: { mutation: { on: true } } } },
  },
  'sweep.mjs',
);

/** Living at the end of one run. */
function run(regrowth, seed) {
  const own = applyChanges(scene, [{ path: 'habitat.grass.regrowth', value: regrowth }], { atStart: true });
  const simulation = createSimulation(own, seed);
  simulation.step(ticks);
  const living = simulation.populations[0].count;
  simulation.dispose();
  return living;
}

console.log('regrowth  living  standard error');
for (const regrowth of [0.01, 0.02, 0.04]) {
  const living = Array.from({ length: seeds }, (_, i) => run(regrowth, `sweep ${i + 1}`));
  const mean = living.reduce((sum, value) => sum + value, 0) / seeds;
  const variance = living.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seeds - 1);
  console.log(regrowth, mean.toFixed(1), Math.sqrt(variance / seeds).toFixed(1));
}
