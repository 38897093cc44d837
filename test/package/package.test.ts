import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extendedScene, extensionText } from '../fixtures/own-extension.ts';
import { pandas } from '../readers/readers.ts';
import { readLinks } from '../unit/documents/read-links.ts';
import { extendingProgram, Installed, root } from './installed.ts';

let installed: Installed;
let server: ChildProcess | undefined;
beforeAll(() => {
  installed = new Installed();
}, 240_000);
afterAll(() => {
  server?.kill('SIGTERM');
  installed?.remove();
});

/** Runs a program of Node in the stranger's folder. */
function run(file: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd: installed.path, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

/** The program as npm puts it into `node_modules/.bin`, where npx finds it. */
const upslope = () => installed.at('node_modules/.bin/upslope');

test('the package holds what is built and documented, and no sources', () => {
  const folders = new Set(installed.files.map((file) => file.split('/').slice(0, -1).join('/').split('/').slice(0, 2).join('/')));
  for (const folder of ['dist/cli', 'dist/lib', 'dist/page', 'scenes', 'docs', 'assets']) expect(folders).toContain(folder);
  expect(installed.files.filter((file) => /^(src|test|bench|scripts)\//.test(file) || /\.(svelte|map)$/.test(file))).toEqual([]);
  for (const file of [
    'LICENSE',
    'README.md',
    'dist/cli/licences.md',
    'dist/lib/licences.md',
    'dist/page/licences.md',
    'dist/lesson.schema.json',
  ]) {
    expect(installed.files).toContain(file);
  }
});

test('no link of the documents in the package leads to a file that it lacks', () => {
  const kept = new Set(installed.files);
  const folders = new Set(installed.files.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))));
  const pages = installed.files.filter((file) => file.endsWith('.md') && !file.startsWith('dist/'));
  expect(pages.length).toBeGreaterThan(25);
  const dead = pages.flatMap((page) =>
    readLinks(readFileSync(installed.at('node_modules/upslope', page), 'utf8')).flatMap(({ line, path }) => {
      const target = posix.join(posix.dirname(page), path).replace(/\/$/, '');
      return path === '' || kept.has(target) || folders.has(target) ? [] : [`${page}:${line}: ${path}`];
    }),
  );
  expect(dead).toEqual([]);
});

test('the package holds what the workflow of a release asks for', () => {
  const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
  const asked = /for file in ([^;]+);/.exec(workflow)?.[1].split(' ') ?? [];
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter((file) => !installed.files.includes(file))).toEqual([]);
});

test('docs/extending.md runs as it stands', () => {
  const more = "console.log(simulation.tick, files.get('organisms.parquet').length > 0); simulation.dispose();\n";
  writeFileSync(installed.at('extending.js'), extendingProgram() + more);
  expect(run('extending.js')).toEqual({ status: 0, out: '200 true\n', err: '' });
});

test('docs/extending.md and every entry pass a strict check of types, those of the package included', () => {
  writeFileSync(installed.at('extending.ts'), extendingProgram());
  const entries = ['upslope', 'upslope/engine', 'upslope/analysis', 'upslope/export'];
  writeFileSync(installed.at('entries.ts'), entries.map((entry, i) => `export * as part${i} from '${entry}';\n`).join(''));
  const options = { module: 'NodeNext', target: 'ES2023', strict: true, skipLibCheck: false, noEmit: true, types: [] };
  const config = { compilerOptions: options, files: ['extending.ts', 'entries.ts'] };
  writeFileSync(installed.at('tsconfig.json'), JSON.stringify(config));
  expect(run(join(root, 'node_modules/typescript/bin/tsc'), '--project', '.')).toEqual({ status: 0, out: '', err: '' });
});

test('the entries share one copy', () => {
  const lines = [
    "import { standard } from 'upslope';",
    "import { pattern, standard as same } from 'upslope/engine';",
    "import { Recorder } from 'upslope/export';",
    "import * as whole from 'upslope';",
    "import scene from 'upslope/scenes/meadow.json' with { type: 'json' };",
    "const own = pattern({ id: 'own', title: 'Own', description: 'Own.', make: () => new Float32Array() });",
    "const { patterns } = same.with({ name: 'own', version: '1', patterns: [own] });",
    'console.log(standard === same && patterns.includes(own), whole.Recorder === Recorder, scene.name);',
  ];
  writeFileSync(installed.at('entries.js'), lines.join('\n'));
  expect(run('--disable-warning=ExperimentalWarning', 'entries.js')).toEqual({ status: 0, out: 'true true meadow\n', err: '' });
});

test('a mechanism from outside copies genes in life, and their origins follow', () => {
  const program = `
import { catalogueOf, conceive, deliver, followTransfer, mechanism, readOrigins, slot, standard } from 'upslope/engine';
import { z } from 'zod';
const graft = mechanism({
  id: 'graft', title: 'Graft', summary: 'All get the first locus of the first.', lookFor: 'One allele.', source: 'A test.',
  parameters: z.strictObject({}),
  changesGenomes: true,
  beforeSensing(population) {
    const { table, transfers, layout, haplotypes, count } = population;
    transfers.begin('graft', count);
    const [values, id] = [table.f32(haplotypes[0]), table.f64('id')];
    const origins = readOrigins(population, 0, 0, 0, 1);
    for (let row = 1; row < count; row++) {
      const k = transfers.count++;
      [transfers.recipientRow[k], transfers.donorRow[k], transfers.recipient[k], transfers.donor[k]] = [row, 0, id[row], id[0]];
      [transfers.recipientHaplotype[k], transfers.donorHaplotype[k], transfers.start[k], transfers.end[k]] = [0, 0, 0, 1];
      transfers.keepValues(k, values, 0, 1);
      values[row * layout.stride] = values[0];
      followTransfer(population, origins, row, 0);
      population.redevelop(row);
    }
  },
});
const own = standard.with({ name: 'graft', version: '1', mechanisms: [graft] });
const scene = own.parseScene({
  version: 1, name: 'graft', title: 'Graft', habitat: { kind: 'plane', width: 64, height: 64 },
  populations: { beings: { founders: 20, mechanisms: { graft: { on: true } } } },
}, 'graft');
const simulation = catalogueOf(scene).createSimulation(scene, '1');
const [population] = simulation.populations;
const { trace, end } = simulation.traceOrigins(population, { slots: [0] });
const all = () => new Set(trace.origins(0).subarray(0, population.count)).size;
const before = all();
simulation.step(1);
console.log(before, all(), typeof conceive, typeof deliver, slot('atBirth').slot);
end();
simulation.dispose();
`;
  writeFileSync(installed.at('graft.js'), program);
  expect(run('graft.js')).toEqual({ status: 0, out: '20 1 function function atBirth\n', err: '' });
});

test('upslope run and upslope replay', () => {
  const made = run(upslope(), 'run', 'meadow', '--seed', '7', '--ticks', '50', '--csv', '--out', 'x');
  expect(made.status, made.err).toBe(0);
  const { hash, software } = JSON.parse(readFileSync(installed.at('x/provenance.json'), 'utf8'));
  expect(made.out).toContain(`hash ${hash}`);
  expect(software).toEqual({ name: 'upslope', version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version });
  expect(run(upslope(), 'replay', 'x/provenance.json').out).toBe(`The replay ends as recorded: hash ${hash} at tick 50.\n`);
});

test('an extension of a stranger: run, replay, sweep, compare and assay, in threads too, and refused where it is not the same', () => {
  writeFileSync(installed.at('mine.mjs'), extensionText());
  writeFileSync(installed.at('other.mjs'), extensionText('1.1.0'));
  writeFileSync(installed.at('wasteful.json'), JSON.stringify(extendedScene));
  const mine = ['--extension', 'mine.mjs'];
  const upslopeWith = (...args: string[]) => {
    const done = run(upslope(), ...args, ...mine);
    expect(done.status, `${args.join(' ')}: ${done.err}`).toBe(0);
    return done.out;
  };
  const made = upslopeWith('run', 'wasteful.json', '--seed', '7', '--out', 'm');
  const { hash, extensions } = JSON.parse(readFileSync(installed.at('m/provenance.json'), 'utf8'));
  expect(extensions).toEqual([{ name: 'mine', version: '1.0.0' }]);
  expect(made).toContain(`hash ${hash}`);
  expect(upslopeWith('replay', 'm/provenance.json')).toContain(`hash ${hash} at tick 120`);
  const refusals: readonly (readonly [string[], string])[] = [
    [[], 'none'],
    [['--extension', 'other.mjs'], 'mine 1.1.0'],
  ];
  for (const [flags, got] of refusals) {
    expect(run(upslope(), 'replay', 'm/provenance.json', ...flags)).toEqual({
      status: 2,
      out: '',
      err: `upslope: m/provenance.json was made with the extension mine 1.0.0 (got ${got}); give that one (--extension)\n`,
    });
  }
  const loss = 'populations.grazers.mechanisms.waste.loss=0,0.01';
  const sweep = [
    'sweep',
    '--scene',
    'wasteful.json',
    '--vary',
    loss,
    '--seeds',
    '7..8',
    '--ticks',
    '60',
    '--jobs',
    '2',
    '--out',
    'w',
  ];
  expect(upslopeWith(...sweep)).toBe('4 of 4 runs done\n');
  expect(run(upslope(), 'sweep', 'w', '--status').err).toContain('was made with the extension mine 1.0.0 (got none)');
  expect(upslopeWith('sweep', 'w', '--collect')).toContain('4 of 4 runs collected');
  const compare = [
    'compare',
    'wasteful.json',
    '--without',
    'waste',
    '--seeds',
    '1..2',
    '--ticks',
    '60',
    '--jobs',
    '2',
    '--out',
    'c',
  ];
  expect(upslopeWith(...compare, '--probe', 'wealth')).toMatch(/^grazers\.largest \(energy\) +\d/m);
  const assay = ['assay', 'm', '--tick', '80', '--age', '40', '--horizon', '30', '--forks', '4', '--replays', '2', '--jobs', '2'];
  expect(upslopeWith(...assay)).toMatch(/^assay of grazers at tick 80: 4 perturbed forks/);
});

/** Arguments by which each example is small, and what it prints then. Examples of Python need Debian's pandas. */
const examples: Readonly<Record<string, { args: readonly string[]; prints: RegExp }>> = {
  'assay.mjs': { args: ['80', '4'], prints: /^everything: gradient \d.*reliability/m },
  'lab-against-theory.mjs': { args: ['60', '300'], prints: /^ratio 1\.\d|^ratio 0\.[89]/m },
  'lineage_to_tskit.py': { args: ['x'], prints: /^locus 0: \d+ founders have left it/m },
  'neutral-shadow.mjs': { args: ['60', '8'], prints: /^by chance alone, in 8 shadows: median 0\.\d+/m },
  'own-mechanism.mjs': { args: ['80'], prints: /^sharing: \d+ live/m },
  'own-sense.mjs': { args: ['80'], prints: /^energy, taste, seed 3: \d+, 0\.\d+/m },
  'price-of-a-window.mjs': { args: ['60'], prints: /^Top speed: -?0\.\d+ = .*; \d+e-\d+$/m },
  'replay-from-provenance.mjs': { args: ['x/provenance.json'], prints: /^recorded (\w+)\nreplayed \1$/m },
  'run-and-probe.mjs': { args: ['100'], prints: /^hash [0-9a-f]{16}$/m },
  'sweep.mjs': { args: ['60', '2'], prints: /^0\.04 \d+\.\d \d+\.\d$/m },
};

test(`the examples run where they are installed, small${pandas ? '' : ' (but for Python: install python3-pandas)'}`, () => {
  const own = installed.files.filter((file) => file.startsWith('examples/')).map((file) => file.slice('examples/'.length));
  expect(own.sort()).toEqual(Object.keys(examples));
  for (const [name, { args, prints }] of Object.entries(examples)) {
    const file = installed.at('node_modules/upslope/examples', name);
    const lines = readFileSync(file, 'utf8').split('\n').length - 1;
    expect(lines >= 20 && lines <= 60, `${name} has ${lines} lines`).toBe(true);
    const program = name.endsWith('.py') ? pandas : process.execPath;
    if (program === undefined) continue;
    const command = name.endsWith('.py') ? ['-B', file, ...args] : [file, ...args];
    const { status, stdout, stderr } = spawnSync(program, command, { cwd: installed.path, encoding: 'utf8' });
    expect({ status, stderr }, name).toEqual({ status: 0, stderr: '' });
    expect(stdout, name).toMatch(prints);
  }
});

test('upslope serve gives the page, its scripts and a scene, and the run', async () => {
  server = spawn(process.execPath, [upslope(), 'serve', 'x'], { cwd: installed.path, stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await new Promise<string>((resolve, reject) => {
    server?.stdout?.on('data', (text) => resolve(/http:\S+/.exec(String(text))?.[0] ?? ''));
    server?.on('exit', () => reject(new Error('the server has ended')));
  });
  expect(address).toMatch(/^http:\/\/localhost:\d+\/#served-run$/);
  const page = await (await fetch(address)).text();
  expect(page).toContain('<title>Upslope</title>');
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
  const main = await fetch(new URL(script, address));
  expect([main.status, main.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  const scene = installed.files.find((file) => /^dist\/page\/assets\/bloom-.*\.js$/.test(file))?.slice('dist/page/'.length) ?? '';
  expect(await (await fetch(new URL(scene, address))).text()).toContain('bloom');
  const index = await (await fetch(new URL('served-run/index', address))).json();
  expect(index).toEqual({ name: 'x', from: 'provenance' });
  const ended = new Promise((resolve) => server?.on('exit', resolve));
  server.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('the public surface is the one of docs/api.md, and each of its names has one level', async () => {
  // Packing has built the library.
  const { apiReport, reportFile } = (await import(new URL('../../scripts/api-report.mjs', import.meta.url).href)) as {
    apiReport(): { text: string; untold: string[] };
    reportFile: string;
  };
  const { text, untold } = apiReport();
  expect(untold, 'names without exactly one of @public, @experimental, @internal').toEqual([]);
  const differs = 'the public surface differs from docs/api.md; run npm run build -- api and look at what changed';
  expect(text === readFileSync(reportFile, 'utf8'), differs).toBe(true);
});
