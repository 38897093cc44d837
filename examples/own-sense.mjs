// A sense of one's own: taste, what an organism ate in the last tick. With it an organism could stay where food is and leave where
// there is none, without seeing any. Worlds with and without it are run from the same seeds.
//
//     node own-sense.mjs [ticks]
import { sense, standard } from 'upslope';

const ticks = Number(process.argv[2] ?? 3000);

const taste = sense({
  id: 'taste',
  title: 'Taste',
  description: 'Energy eaten in the last tick, in tenths.',
  labels: () => ['taste'],
  write({ table }, at, stride) {
    const [inputs, intake] = [table.f32('inputs'), table.f32('intake')];
    for (let row = 0; row < table.count; row++) inputs[row * stride + at] = 10 * intake[row];
  },
});

const catalogue = standard.with({ name: 'by-taste', version: '1', senses: [taste] });

const sceneWith = (senses) =>
  catalogue.parseScene(
    {
      version: 1,
      name: 'by-taste',
      title: 'By taste',
      habitat: {
        kind: 'plane',
        width: 256,
        height: 256,
        grass: { pattern: 'patches', grain: 24, cover: 0.3, capacity: 6, regrowth: 0.01 },
      },
      populations: { grazers: { founders: 600, senses, mechanisms: { mutation: { on: true } } } },
    },
    'own-sense.mjs',
  );

console.log('senses: living, intake per organism and tick');
for (const senses of [['energy'], ['energy', 'taste']]) {
  for (const seed of ['1', '2', '3']) {
    const simulation = catalogue.createSimulation(sceneWith(senses), seed);
    simulation.step(ticks);
    const [{ table }] = simulation.populations;
    const intake = table.f32('intake').subarray(0, table.count);
    const mean = intake.reduce((sum, value) => sum + value, 0) / table.count;
    console.log(`${senses.join(', ')}, seed ${seed}: ${table.count}, ${mean.toFixed(4)}`);
    simulation.dispose();
  }
}
