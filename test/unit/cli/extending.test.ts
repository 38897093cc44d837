import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import type { Simulation } from '../../../src/index.ts';
import type { EmbodiedPopulation } from '../../../src/population/embodied-population.ts';

const root = process.cwd();

/** The program that docs/extending.md is: its blocks one behind the other, with the library in place. */
async function runDocument(): Promise<{ simulation: Simulation; files: Map<string, Uint8Array[]> }> {
  const text = readFileSync(join(root, 'docs/extending.md'), 'utf8');
  const blocks = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  expect(blocks.length).toBe(7);
  const program = blocks.join('\n').replace("'upslope'", JSON.stringify(join(root, 'src/index.ts')));
  const folder = join(root, 'test/artefacts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'extending.js');
  writeFileSync(file, program);
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

const bytes = (chunks: readonly Uint8Array[] = []) => new Uint8Array(Buffer.concat(chunks));

test('docs/extending.md runs as it stands: mechanism, sense, pattern and probe take effect', async () => {
  const { simulation, files } = await runDocument();
  expect(simulation.tick).toBe(200);
  const population = simulation.populations[0] as EmbodiedPopulation;
  expect(population.policy.senses.map(({ id }) => id)).toEqual(['grass', 'energy', 'compass']);
  expect(population.policy.network.inputs).toBe(7);

  // The compass: two inputs that are the heading of the tick before.
  const inputs = population.table.f32('inputs');
  const stride = population.table.columns.inputs.width;
  for (let row = 0; row < population.births.firstRow && row < population.count; row++) {
    const [x, y] = [inputs[row * stride + 5], inputs[row * stride + 6]];
    if (population.table.i32('birthTick')[row] < 200) expect(x * x + y * y).toBeCloseTo(1, 4);
  }

  // The stripes: cells of one stripe in two are barren.
  const { columns, values } = (simulation as unknown as { ground: { columns: number; values(): Float32Array } }).ground;
  const ground = values.call((simulation as unknown as { ground: object }).ground);
  for (let cell = 0; cell < ground.length / 4; cell++) {
    if (Math.floor(((cell % columns) * 4) / 32) % 2 === 0) expect(ground[4 * cell]).toBe(0);
  }

  // Giantism: bodies grow with every generation.
  const rows = await parquetReadObjects({ file: bytes(files.get('organisms.parquet')).buffer });
  const size = (of: (generation: number) => boolean) => {
    const sizes = rows.filter(({ generation }) => of(generation)).map(({ body_size }) => body_size as number);
    return sizes.reduce((sum, value) => sum + value, 0) / sizes.length;
  };
  expect(rows.filter(({ generation }) => generation >= 2).length).toBeGreaterThan(10);
  expect(size((generation) => generation >= 2)).toBeGreaterThan(size((generation) => generation === 0) * 1.03);

  // The probe: a measure at every sample.
  const csv = new TextDecoder()
    .decode(bytes(files.get('probes.csv')))
    .trim()
    .split('\n');
  expect(csv.slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual(
    [0, 50, 100, 150, 200].map((tick) => `${tick},swiftest,speed,lengths/tick`),
  );
  simulation.dispose();
});
