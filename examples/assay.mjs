// An assay: the gradient of fitness at the living genomes, measured by forks of the world in mirrored pairs, and how much of
// what selection does lies along it. So few forks show how it goes; `upslope assay` makes 160 of them, on all cores.
//
//     node assay.mjs [tick] [forks]
import { readFileSync } from 'node:fs';
import {
  assayedClades,
  assayedGenomes,
  assayedSlots,
  createSimulation,
  locusSegments,
  namedStream,
  performAssayFork,
  planAssay,
  readSceneText,
  summariseAssay,
  usualAssay,
} from 'upslope';

const tick = Number(process.argv[2] ?? 400);
const forks = Number(process.argv[3] ?? 8);
const age = Math.ceil(tick / 4);

const file = new URL(import.meta.resolve('upslope/scenes/meadow.json'));
const simulation = createSimulation(readSceneText(readFileSync(file, 'utf8'), 'meadow.json'), '7');
const [population] = simulation.populations;

// Clades are copies that come from one copy, this many ticks ago.
simulation.step(tick - age);
const slots = assayedSlots(population);
const { trace } = simulation.traceOrigins(population, { slots });
simulation.step(age);
const clades = assayedClades(population, trace);
const genomes = assayedGenomes(population);

const { size, policySize } = usualAssay;
const question = { population: population.name, ticks: Math.ceil(tick / 8), size, policySize, clades };
const snapshot = simulation.snapshot();
const plan = planAssay({ seed: 'example', forks, replays: 2 });
const results = plan.map((fork) => performAssayFork(snapshot, { ...question, ...fork }));

const segments = locusSegments(population.layout, slots);
const summary = summariseAssay(results, genomes, clades, segments, namedStream('example', 'null'));
console.log(`${summary.organisms} organisms, ${summary.clades.toFixed(0)} clades a locus, ${plan.length} forks`);
for (const { name, steepness, reliability, alignments } of summary.segments.slice(0, 6)) {
  const { gain, gainError } = alignments.realised.whole;
  const gained = `gain of selection ${gain.toExponential(1)} ± ${gainError.toExponential(1)} (standard error)`;
  console.log(`${name}: gradient ${steepness.toFixed(2)} per locus unit, reliability ${reliability.toFixed(2)}, ${gained}`);
}
simulation.dispose();
