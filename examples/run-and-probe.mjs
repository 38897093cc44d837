// Runs a scene that comes with the package and reads its probes: how many foragers live, and how much they eat.
//
//     node run-and-probe.mjs [ticks]
import { readFileSync } from 'node:fs';
import { standard } from 'upslope';

const ticks = Number(process.argv[2] ?? 2000);
const file = new URL(import.meta.resolve('upslope/scenes/meadow.json'));
const scene = standard.readSceneText(readFileSync(file, 'utf8'), 'meadow.json');
const simulation = standard.createSimulation(scene, '7');

// A probe watches every tick between two samples, and then says a row of numbers.
const census = standard.probes.find(({ id }) => id === 'census').start(simulation);
simulation.observe(census);
const place = (name) => census.columns.findIndex((column) => column.name === `foragers.${name}`);
const [living, intake, generation] = ['population', 'intake', 'generation'].map(place);

console.log('tick  living  intake per organism and tick  mean generation');
const show = () => {
  const row = census.sample(simulation);
  console.log(simulation.tick, row[living], Number.isNaN(row[intake]) ? '–' : row[intake].toFixed(4), row[generation].toFixed(2));
};
show();
for (let part = 0; part < 5 && simulation.status === 'running'; part++) {
  simulation.step(Math.ceil(ticks / 5));
  show();
}
console.log(`hash ${simulation.hash()}`);
simulation.dispose();
