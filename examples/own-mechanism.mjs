// A mechanism of one's own: once a tick organisms share a part of their reserves with all others. Sharing is switched on in a
// fork of a running world; the fork and the world that it left are compared.
//
//     node own-mechanism.mjs [ticks]
import { mechanism, parameter, standard } from 'upslope';
import { z } from 'zod';

const ticks = Number(process.argv[2] ?? 1000);

const sharing = mechanism({
  id: 'sharing',
  title: 'Sharing',
  summary: 'Every organism gives a part of its reserve to a pool, which is shared out evenly.',
  lookFor: 'Reserves become alike, and skill at finding food pays less.',
  source: 'An example.',
  parameters: z.strictObject({
    part: parameter(z.number().min(0).max(1).default(0.2), {
      title: 'Part',
      description: 'Part of the reserve that is given each tick.',
      unit: '1/tick',
      live: true,
    }),
  }),
  duringLife({ table }, { part }) {
    const energy = table.f32('energy');
    let pool = 0;
    for (let row = 0; row < table.count; row++) pool += part * energy[row];
    for (let row = 0; row < table.count; row++) energy[row] += pool / table.count - part * energy[row];
  },
});

const catalogue = standard.with({ name: 'sharing', version: '1', mechanisms: [sharing] });

const scene = catalogue.parseScene(
  {
    version: 1,
    name: 'sharers',
    title: 'Sharers',
    habitat: { kind: 'plane', width: 192, height: 192, grass: { capacity: 4, regrowth: 0.02 } },
    populations: { grazers: { founders: 300, mechanisms: { mutation: { on: true } } } },
  },
  'own-mechanism.mjs',
);
const alone = catalogue.createSimulation(scene, '7');
alone.step(ticks);
const sharers = alone.fork({ changes: [{ path: 'populations.grazers.mechanisms.sharing.on', value: true }] });

for (const [name, world] of Object.entries({ alone, sharing: sharers })) {
  world.step(ticks);
  const [{ table }] = world.populations;
  const energy = table.f32('energy').subarray(0, table.count);
  const mean = energy.reduce((sum, value) => sum + value, 0) / table.count;
  const deviation = Math.sqrt(energy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / table.count);
  console.log(`${name}: ${table.count} live, reserves ${mean.toFixed(2)} with a standard deviation of ${deviation.toFixed(2)}`);
  world.dispose();
}
