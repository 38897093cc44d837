// Selection or chance? Half of the living, the faster ones, are followed for some time: what share of those that live then descends
// from them? Beside it neutral shadows: the same births and deaths with random parents, so that only drift is left.
//
//     node neutral-shadow.mjs [ticks] [shadows]
import { readFileSync } from 'node:fs';
import { createSimulation, DescendantCounter, NeutralShadow, namedStream, readSceneText } from 'upslope';

const ticks = Number(process.argv[2] ?? 500);
const number = Number(process.argv[3] ?? 40);
const file = new URL(import.meta.resolve('upslope/scenes/meadow.json'));
const simulation = createSimulation(readSceneText(readFileSync(file, 'utf8'), 'meadow.json'), '7');
simulation.step(ticks);

const [population] = simulation.populations;
const { table } = population;
const speed = table.f32('body.speed').slice(0, table.count);
const median = speed.toSorted()[Math.floor(table.count / 2)];
const faster = new Set();
const ids = table.f64('id');
for (let row = 0; row < table.count; row++) if (speed[row] >= median) faster.add(ids[row]);

const counter = new DescendantCounter(simulation, population);
simulation.observe(counter);
const share = faster.size / table.count;
const shadows = Array.from(
  { length: number },
  (_, i) => new NeutralShadow(simulation, population, share, namedStream('shadow', `${i}`)),
);
for (const shadow of shadows) simulation.observe(shadow);
simulation.step(ticks);

const descendants = counter.count();
const theirs = counter.ancestors.reduce((sum, id, i) => sum + (faster.has(id) ? descendants[i] : 0), 0);
const drifted = shadows.map((shadow) => shadow.share()).sort((a, b) => a - b);
const at = (q) => drifted[Math.min(number - 1, Math.floor(q * number))].toFixed(3);
console.log(`top speed of ${median.toFixed(3)} lengths/tick and more: ${share.toFixed(3)} of ${counter.ancestors.length}`);
console.log(`after ${ticks} ticks ${(theirs / population.count).toFixed(3)} of ${population.count} descend from them`);
console.log(`by chance alone, in ${number} shadows: median ${at(0.5)}, the middle 90 % from ${at(0.05)} to ${at(0.95)}`);
simulation.dispose();
