import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { instruments as Instruments } from '../../src/app/instruments/list.ts';
import type { allKeys as AllKeys } from '../../src/app/shell/keys.ts';
import type * as Plots from '../../src/app/ui/series-columns.ts';
import type { main as Main } from '../../src/cli/main.ts';
import type * as Engine from '../../src/library/engine.ts';
import type * as Describe from '../../src/worker/describe-world.ts';
import type { Recorder as SeriesRecorder } from '../../src/worker/series-sampler.ts';
import { smallScene, testIo, Workplace } from './cli/test-io.ts';

// The recipes of CONTRIBUTING.md are followed here in a copy of the sources: what they touch is counted, and what comes of it is used.
const root = process.cwd();
const place = new Workplace();
let copy: string;

beforeAll(() => {
  const artefacts = join(root, 'test/artefacts');
  mkdirSync(artefacts, { recursive: true });
  copy = mkdtempSync(join(artefacts, 'recipes-'));
  for (const name of ['src', 'scenes', 'assets/lessons', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
  place.remove();
});

/** What a recipe touched: new files, and of those that were there before how many lines are new. */
interface Touched {
  readonly made: string[];
  readonly changed: Record<string, number>;
}

/**
 * Follows a recipe.
 * @param made texts of new files by their paths
 * @param changed by the path of a file that is there: pairs of a text that occurs once, and what takes its place
 */
function follow(made: Record<string, string>, changed: Record<string, readonly (readonly [string, string])[]>): Touched {
  const touched: Touched = { made: [], changed: {} };
  for (const [path, text] of Object.entries(made)) {
    const file = join(copy, path);
    expect(existsSync(file), path).toBe(false);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    touched.made.push(path);
  }
  for (const [path, changes] of Object.entries(changed)) {
    const file = join(copy, path);
    let text = readFileSync(file, 'utf8');
    const before = text.split('\n');
    for (const [from, to] of changes) {
      expect(text.split(from).length, `${path}: ${from}`).toBe(2);
      text = text.replace(from, to);
    }
    writeFileSync(file, text);
    touched.changed[path] = text.split('\n').filter((line) => !before.includes(line)).length;
  }
  return touched;
}

/** The recipe of that heading in CONTRIBUTING.md. */
function recipe(heading: string): string {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const start = text.indexOf(`\n### ${heading}\n`);
  expect(start, heading).toBeGreaterThan(0);
  return text.slice(start, text.indexOf('\n### ', start + 1));
}

const inCopy = <T>(path: string): Promise<T> => import(/* @vite-ignore */ pathToFileURL(join(copy, path)).href);

const mechanism = `import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';
import type { Trait } from '../population/traits.ts';
import { traitReader } from '../population/trait-reader.ts';
import type { Mechanism } from './mechanism.ts';

const thrift: Trait = {
  id: 'thrift', title: 'Thrift', unit: '', description: 'How little it loses.',
  minimum: 0, maximum: 1, founder: 0.25, deviation: 0.5, limits: [0, 1],
};

/** Organisms lose a part of their reserve. */
export const fasting: Mechanism<{ loss: number }, 'energy'> = {
  id: 'fasting',
  title: 'Fasting',
  summary: 'Organisms lose a part of their reserve.',
  lookFor: 'Thrift rises.',
  source: 'A test.',
  needs: ['energy'],
  parameters: z.strictObject({
    loss: parameter(z.number().min(0).max(1).default(0.01), { title: 'Loss', description: 'Part lost.', unit: '1/tick', live: true }),
  }),
  traits: [thrift],
  measures: [
    {
      columns: [{ name: 'thrift', title: 'Thrift of the first', unit: '' }],
      sample: (population) => [traitReader(population, thrift)(0)],
    },
  ],
  endOfTick(population, { loss }) {
    const energy = population.table.f32('energy');
    const read = traitReader(population, thrift);
    for (let row = 0; row < population.count; row++) energy[row] -= loss * energy[row] * (1 - read(row));
  },
};
`;

const sense = `  {
    id: 'bearing',
    title: 'Bearing',
    description: 'The direction in which it heads.',
    labels: () => ['bearing x', 'bearing y'],
    write({ table }, at, stride) {
      const [inputs, x, y] = [table.f32('inputs'), table.f32('headingX'), table.f32('headingY')];
      for (let row = 0; row < table.count; row++) {
        inputs[row * stride + at] = x[row];
        inputs[row * stride + at + 1] = y[row];
      }
    },
  },
];
`;

const shelfHabitat = `import { z } from 'zod';
import { parameter } from '../../parameter/parameter.ts';
import type { Habitat } from '../habitat.ts';
import { landscapeDeathCauses, landscapeTraits } from '../landscape/landscape-population.ts';
import { landscapePopulationParameters } from '../landscape/parameters.ts';
import { type ShelfParts, ShelfWorld } from './shelf-world.ts';

/** A shelf on which genomes lie: nothing is born there, and nothing dies. */
export const shelfHabitat: Habitat<ShelfParts> = {
  kind: 'shelf',
  title: 'Shelf',
  description: 'Nothing is born there, and nothing dies.',
  gives: [],
  hands: false,
  settings: { title: 'Settings', rest: 'Settings' },
  parameters: () =>
    z.strictObject({
      kind: z.literal('shelf'),
      loci: parameter(z.int().min(1).max(64).default(3), { title: 'Loci', description: 'Of a genome.', unit: 'loci', live: false }),
    }),
  populationParameters: landscapePopulationParameters,
  populations: { fewest: 1, most: 1, description: 'One population by name.' },
  traitsToCarry: ({ mechanisms }) => mechanisms.optionalTraits(),
  carriesForMechanisms: false,
  rangedTraits: () => [],
  traitsOf: ({ habitat }, { mechanisms }) => ({ traits: landscapeTraits(habitat.loci, [], mechanisms), deathCauses: landscapeDeathCauses }),
  check({ populations }, _running, report) {
    const names = Object.keys(populations);
    if (names.length !== 1) report(['populations'], \`a shelf has one population (got \${names.length})\`);
  },
  fixedPart: ({ habitat, populations }) => [habitat.loci, Object.keys(populations)],
  view: () => ({ width: 100, height: 100, edge: 'wall' }),
  create: (materials) => new ShelfWorld(materials),
};
`;

const shelfWorld = `import { birthSlots, lifeSlots } from '../../mechanisms/mechanism.ts';
import { checkFinite } from '../finite-columns.ts';
import type { HabitatScene, HabitatWorld, WorldMaterials } from '../habitat-world.ts';
import { foundOnLandscape } from '../landscape/found-landscape.ts';
import { LandscapePopulation, type LandscapePopulationScene } from '../landscape/landscape-population.ts';
import { slot } from '../mechanism-steps.ts';

export type ShelfParts = HabitatScene<{ kind: 'shelf'; loci: number }, LandscapePopulationScene>;

export class ShelfWorld implements HabitatWorld<ShelfParts> {
  readonly populations: readonly LandscapePopulation[];
  readonly context: HabitatWorld['context'];
  readonly schedule = [...lifeSlots, ...birthSlots, 'chooseMates' as const].map(slot);

  constructor({ arena, scene, seed, vocabulary: { mechanisms } }: WorldMaterials<ShelfParts>) {
    this.populations = Object.entries(scene.populations).map(
      ([name, parameters], index) => new LandscapePopulation(arena, name, index, parameters, scene.habitat.loci, seed, mechanisms),
    );
    const none = () => 0;
    const { kernel } = arena;
    this.context = { tick: 0, kernel, populations: this.populations, nextId: 0, nearInto: none, candidatesRepeat: false, candidatesInto: none };
  }

  found(): void {
    for (const population of this.populations)
      this.context.nextId = foundOnLandscape(population, this.context.nextId, this.context.kernel);
  }

  apply(): void {}

  blocks(): readonly [] {
    return [];
  }

  checkColumns(...[columns, states, refuse]: Parameters<HabitatWorld['checkColumns']>): void {
    checkFinite(columns, states, this.populations, refuse);
  }
}
`;

const command = `import type { ExportTable } from '../../export/export-table.ts';
import { realColumn, textColumn } from '../../export/columns.ts';
import { outDirectory, plainText } from '../flags.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { loadScene } from '../scenes.ts';
import type { AnalysisCommand } from './analysis-command.ts';

const headsTable: ExportTable = {
  name: 'heads',
  title: 'Heads',
  row: 'A population of a scene.',
  columns: [textColumn('population', 'Name.'), realColumn('founders', 'organisms', 'Founders.')],
};

/** \`upslope heads\`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [headsTable],
  describe: (command, io, done) =>
    command
      .argument('<scene>', 'name of a scene, or a file', plainText)
      .option('--out <directory>', 'write heads.parquet there', outDirectory)
      .action(async (given: string, { out }: { out?: string }) => {
        const rows = Object.entries(loadScene(io, given).populations).map(([name, { founders }]) => [name, founders]);
        if (out !== undefined) await writeResults(io, out, { 'heads.parquet': parquetOf(headsTable, rows) });
        io.out(\`\${rows.map((row) => row.join(': ')).join(', ')}\\n\`);
        done(0);
      }),
};
`;

const eldersProbe = `/** How many founders are left. */
const elders: Probe = populationProbe(
  {
    id: 'elders',
    title: 'Elders',
    description: 'How many founders are left.',
    columns: [{ name: 'founders', title: 'Founders left', unit: 'organisms' }],
  },
  () => ({
    sample: ({ table, count }) => [table.i32('birthTick').subarray(0, count).filter((born) => born <= 0).length],
  }),
);

`;

const instrument = `import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'compass',
  title: 'Compass',
  keys: ['z'],
  summary: 'where organisms head',
  icon: 'M10 3 L13 10 L10 17 L7 10 Z',
  load: () => import('./CompassPanel.svelte'),
};
`;

describe('the recipes for contributors', () => {
  it('touch as few files and lines as they say', async () => {
    const touched = [
      [
        'A mechanism',
        follow(
          { 'src/mechanisms/fasting.ts': mechanism },
          {
            'src/mechanisms/all.ts': [
              ['export { gradientStep }', "export { fasting } from './fasting.ts';\nexport { gradientStep }"],
            ],
          },
        ),
      ],
      ['A sense', follow({}, { 'src/habitat/plane/senses.ts': [['  },\n];\n', `  },\n${sense}`]] })],
      [
        'A habitat',
        follow(
          { 'src/habitat/shelf/shelf-habitat.ts': shelfHabitat, 'src/habitat/shelf/shelf-world.ts': shelfWorld },
          {
            'src/habitat/all.ts': [
              ["plane-habitat.ts';\n", "plane-habitat.ts';\nexport { shelfHabitat } from './shelf/shelf-habitat.ts';\n"],
            ],
          },
        ),
      ],
      [
        'A probe with a plot',
        follow(
          {},
          {
            'src/simulation/probes.ts': [
              ['/** The probes of a catalogue', `${eldersProbe}/** The probes of a catalogue`],
              ['  coordinates,\n', '  coordinates,\n  elders,\n'],
            ],
          },
        ),
      ],
      [
        'An instrument in the dock',
        follow(
          {
            'src/app/instruments/compass/instrument.ts': instrument,
            'src/app/instruments/compass/CompassPanel.svelte': '<p>North</p>\n',
          },
          { 'src/scene/view-words.ts': [["  'export',\n", "  'export',\n  'compass',\n"]] },
        ),
      ],
      [
        'An analysis command',
        follow(
          { 'src/cli/analysis/heads.ts': command },
          {
            'src/cli/analysis/index.ts': [
              [
                '\n];',
                "\n  { name: 'heads', description: 'count the founders of a scene', load: () => import('./heads.ts') },\n];",
              ],
            ],
          },
        ),
      ],
    ] as const;
    expect(touched.map(([name, { made, changed }]) => [name, made.length, changed])).toEqual([
      ['A mechanism', 1, { 'src/mechanisms/all.ts': 1 }],
      [
        'A sense',
        0,
        {
          'src/habitat/plane/senses.ts': expect.any(Number),
        },
      ],
      ['A habitat', 2, { 'src/habitat/all.ts': 1 }],
      ['A probe with a plot', 0, { 'src/simulation/probes.ts': expect.any(Number) }],
      ['An instrument in the dock', 2, { 'src/scene/view-words.ts': 1 }],
      ['An analysis command', 1, { 'src/cli/analysis/index.ts': 1 }],
    ]);
    for (const [name, { changed }] of touched)
      for (const path of Object.keys(changed)) expect(recipe(name)).toContain(`\`${path}\``);

    const engine = await inCopy<typeof Engine>('src/library/engine.ts');
    const scene = engine.parseScene(
      {
        ...smallScene,
        populations: {
          grazers: { ...smallScene.populations.grazers, senses: ['grass', 'bearing'], mechanisms: { fasting: { on: true } } },
        },
      },
      'recipes',
    );
    const simulation = engine.createSimulation(scene, '7');
    simulation.step(20);
    const [{ traits, table }] = simulation.populations;
    expect(traits.at(-1)?.id).toBe('thrift');
    const inputs = table.f32({ name: 'inputs', type: 'f32' });
    const stride = inputs.length / table.capacity;
    expect(Math.hypot(inputs[stride + 4], inputs[stride + 5])).toBeCloseTo(1, 4);
    const probe = engine.probesOf(simulation).find(({ id }) => id === 'mechanisms');
    expect(probe?.start(simulation).columns.map(({ name }) => name)).toEqual(['grazers.thrift']);
    const { Recorder } = await inCopy<{ Recorder: typeof SeriesRecorder }>('src/worker/series-sampler.ts');
    const { describeWorld } = await inCopy<typeof Describe>('src/worker/describe-world.ts');
    const { plotsOf } = await inCopy<typeof Plots>('src/app/ui/series-columns.ts');
    const series = new Recorder(simulation as never);
    const plots = plotsOf(describeWorld(simulation as never, series.columns, '7', 1));
    const elders = plots.find((section) => section.probe.id === 'elders');
    expect(elders?.plots.map(({ title }) => title)).toEqual(['Founders left']);
    expect(series.latest[series.columns.findIndex(({ name }) => name === 'grazers.founders')]).toBeGreaterThan(0);
    simulation.dispose();

    const still = engine.createSimulation(
      engine.parseScene(
        {
          version: 1,
          name: 'shelf',
          title: 'Shelf',
          habitat: { kind: 'shelf', loci: 2 },
          populations: { kept: { founders: 5, start: { deviation: 1 } } },
        },
        'recipes',
      ),
      '7',
    );
    still.step(3);
    expect(still.populations[0].count).toBe(5);
    const twin = engine.simulationFromSnapshot(still.snapshot());
    expect(twin.hash()).toBe(still.hash());
    still.dispose();
    twin.dispose();
  });

  it('an instrument has a tab, a key and a name that scenes can use', async () => {
    const { instruments } = await inCopy<{ instruments: typeof Instruments }>('src/app/instruments/list.ts');
    expect(instruments.at(-1)).toMatchObject({ id: 'compass', title: 'Compass' });
    const { allKeys } = await inCopy<{ allKeys: typeof AllKeys }>('src/app/shell/keys.ts');
    const toggled: string[] = [];
    const app = { dock: { toggle: (id: string) => toggled.push(id) } } as never;
    allKeys(instruments)
      .find(({ keys }) => keys.includes('z'))
      ?.run(app, 'z');
    expect(toggled).toEqual(['compass']);
    const engine = await inCopy<typeof Engine>('src/library/engine.ts');
    const scene = engine.parseScene({ ...smallScene, view: { instrument: 'compass' } }, 'recipes');
    expect(scene.view?.instrument).toBe('compass');
  });

  it('an analysis command has help, flags and a table that validate knows', async () => {
    const { main } = await inCopy<{ main: typeof Main }>('src/cli/main.ts');
    const run = async (...args: string[]) => {
      const io = testIo();
      return { status: await main(args, io), ...io.text };
    };
    expect((await run('--help')).out).toContain('count the founders of a scene');
    const out = place.at('heads');
    expect(await run('heads', place.scene, '--out', out)).toMatchObject({ status: 0, out: 'grazers: 60\n' });
    expect(readdirSync(out)).toContain('heads.parquet');
    expect((await run('validate', join(out, 'heads.parquet'))).out).toContain('valid Parquet, 1 row');
    expect((await run('heads', 'no-such-scene')).status).toBe(2);
  });
});
