// One build at work, for `npm run bench -- --against REF`: given the path of a built library and the name of a workload, it makes the
// world, and does one block of work whenever it is told to, answering with the processor time that it took.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , library, workload, blocks] = process.argv;
const upslope = await import(pathToFileURL(library).href);
// Only what the engine reads: older builds know other keys of the rest.
const { version, name, title, habitat, populations } = JSON.parse(
  readFileSync(new URL('../scenes/meadow.json', import.meta.url), 'utf8'),
);
const meadow = { version, name, title, habitat, populations };

const bowl = (mutation, transfer) => ({
  version: 1,
  name: 'bowl',
  title: 'Bowl',
  habitat: { kind: 'landscape', form: 'bowl', dimensions: 100 },
  populations: {
    lineage: {
      founders: 4000,
      start: { mean: 1 },
      mechanisms: {
        mutation: { on: true, rate: mutation, deviation: 0.02 },
        transfer: { on: transfer > 0, kind: 'loci', rate: transfer || 0.1 },
      },
    },
  },
});

/** A world after some ticks, whose blocks are ticks; `watch` gets it first. */
function world(scene, warmUp, ticks, watch = () => {}) {
  const simulation = upslope.createSimulation(upslope.parseScene(scene, 'bench'), '7');
  watch(simulation);
  simulation.step(warmUp);
  return { block: () => void simulation.step(ticks), end: () => simulation.hash() };
}

/** What can be compared; each begins at the same state in both builds and does the same work in them, block by block. */
const workloads = {
  meadow: () => world(meadow, 600, 8),
  landscape: () => world(bowl(0.01, 0), 20, 30),
  transfer: () => world(bowl(0.01, 0.1), 20, 12),
  record: () =>
    world(meadow, 400, 12, (simulation) => {
      const options = {
        every: 100,
        genomes: 'kept',
        runId: '0'.repeat(32),
        csv: false,
        probes: upslope.probesOf?.(simulation) ?? [],
      };
      simulation.observe(new upslope.Recorder(simulation, { ...options, open: () => () => {} }));
    }),
  snapshot: () => {
    const simulation = upslope.createSimulation(upslope.parseScene(meadow, 'bench'), '7');
    simulation.step(600);
    return { block: () => void simulation.snapshot(), end: () => simulation.hash() };
  },
};

const work = workloads[workload]();
// Compiled code settles in the first blocks.
for (let i = 0; i < Math.ceil(blocks / 4); i++) work.block();
process.on('message', (message) => {
  if (message === 'end') {
    process.send({ hash: work.end() });
    process.disconnect();
    return;
  }
  const before = process.cpuUsage();
  work.block();
  const { user, system } = process.cpuUsage(before);
  process.send({ seconds: (user + system) / 1e6 });
});
process.send('ready');
