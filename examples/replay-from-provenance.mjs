// Provenance makes a run again, bit for bit: scene, seed and changes are enough, and a hash checks the end. Without an argument a run is
// made first; with one, that of a folder which `upslope run` wrote is made again.
//
//     node replay-from-provenance.mjs [provenance.json]
import { readFileSync } from 'node:fs';
import { createSimulation, describeProvenance, parseScene, provenanceSchema } from 'upslope';

/** Makes a run and says what it takes to make it again, as a text. */
function makeOne() {
  const scene = parseScene(
    {
      version: 1,
      name: 'pasture',
      title: 'Pasture',
      habitat: { kind: 'plane', width: 128, height: 128, grass: { capacity: 4, regrowth: 0.02 } },
      populations: { grazers: { founders: 150, mechanisms: { mutation: { on: true } } } },
    },
    'replay-from-provenance.mjs',
  );
  const simulation = createSimulation(scene, 'once');
  simulation.step(200);
  // A change while it runs is part of what made the run.
  simulation.set('habitat.grass.regrowth', 0.04);
  simulation.step(200);
  const record = { every: 100, genomes: 'none', csv: false };
  const provenance = describeProvenance(simulation, { scene, seedGenerated: false, record, environment: {} });
  simulation.dispose();
  return JSON.stringify(provenance);
}

const [, , path] = process.argv;
const provenance = provenanceSchema.parse(JSON.parse(path ? readFileSync(path, 'utf8') : makeOne()));
const again = createSimulation(parseScene(provenance.scene, path ?? 'provenance'), provenance.seed);
for (const { tick, parameter, value } of provenance.changes) again.schedule(tick, parameter, value);
again.step(provenance.ticks);
// What was changed after the last tick belongs to the end.
if (provenance.changes.some(({ tick }) => tick >= again.tick)) again.makeDueChanges();

console.log(`${provenance.scene.name}, seed ${provenance.seed}, ${again.tick} ticks, ${provenance.changes.length} changes`);
console.log(`recorded ${provenance.hash}`);
console.log(`replayed ${again.hash()}`);
process.exitCode = again.hash() === provenance.hash ? 0 : 1;
again.dispose();
