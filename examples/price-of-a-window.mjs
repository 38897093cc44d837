// Price's equation of a window between two censuses: what selection and mutation did to the means of traits. The terms sum to the
// change exactly.
//
//     node price-of-a-window.mjs [ticks from census to census]
import { readFileSync } from 'node:fs';
import { applyChanges, createSimulation, LifeRecord, priceOfCensuses, readSceneText } from 'upslope';

const every = Number(process.argv[2] ?? 500);
const file = new URL(import.meta.resolve('upslope/scenes/meadow.json'));
const meadow = readSceneText(readFileSync(file, 'utf8'), 'meadow.json');
const scene = applyChanges(meadow, [{ path: 'record.census.every', value: every }], { atStart: true });

const simulation = createSimulation(scene, '7');
const record = new LifeRecord(simulation, { keepCensuses: 3 });
simulation.observe(record);
// At the first census every founder is a clade of its own: the window from the second on has clades.
simulation.step(2 * every);

const [population] = simulation.populations;
const [, opened] = record.censuses;
const closed = record.lastCensus[0];
console.log(`ticks ${opened.tick} to ${closed.tick}: ${opened.count} lived, ${closed.count} live`);
console.log('trait, change = selection + mutation; residual');
for (const [t, { title }] of population.traits.slice(0, 6).entries()) {
  const { change, selection, errors, byMechanism, residual } = priceOfCensuses(opened, closed, t, population.traits.length);
  const mutation = byMechanism.find(({ mechanism }) => mechanism === 'mutation').value;
  const terms = `${selection.toFixed(4)} (± ${errors.selection.toFixed(4)}) + ${mutation.toFixed(4)}`;
  console.log(`${title}: ${change.toFixed(4)} = ${terms}; ${residual.toExponential(0)}`);
}
record.dispose();
simulation.dispose();
