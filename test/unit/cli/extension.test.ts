import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/cli/load-extension.ts';
import { arrayScript } from '../../../src/cli/shares/slurm.ts';
import { extendedScene, extensionText, ModuleFolder } from '../../fixtures/own-extension.ts';
import { call, smallScene, testIo, Workplace } from './test-io.ts';

const place = new Workplace();
const modules = new ModuleFolder();
let mine: string;
let other: string;
let scene: string;
beforeAll(() => {
  mine = modules.write('mine.mjs', extensionText());
  other = modules.write('other.mjs', extensionText('1.1.0'));
  scene = place.at('wasteful.json');
  writeFileSync(scene, JSON.stringify(extendedScene));
});
afterAll(() => {
  place.remove();
  modules.remove();
});

describe('what is not an extension', () => {
  const sense = "{ id: 'own', title: 'Own', description: 'Own.', labels: () => ['own'], write() {} }";
  const texts = "title: 'Own', summary: 'Own.', lookFor: 'Own.', source: 'A test.'";
  const zod = "import { z } from 'zod';\n";
  it.each([
    ['a file that is not there', undefined, /^cannot load the extension \S+: .*; give a module of JavaScript$/],
    ['a module that cannot be read', 'export default {', /^cannot load the extension \S+: .*; give a module of JavaScript$/],
    [
      'a module that fails',
      "throw new Error('no\\nway');",
      /^cannot load the extension \S+: no way; give a module of JavaScript$/,
    ],
    [
      'no default export',
      'export const name = 1;',
      / has no default export; write: export default \{ name, version, mechanisms, \.\.\. \}$/,
    ],
    ['a function', 'export default () => {};', /: an extension is an object with name and version \(got a function\)$/],
    ['no name', 'export default {};', /: name: give lower-case letters, digits and hyphens, at most 40 \(got nothing\)$/],
    ['no version', "export default { name: 'own' };", /: version: give letters, .* \(got nothing\)$/],
    ['a version that is a number', "export default { name: 'own', version: 1 };", /: version: give letters, .* \(got 1\)$/],
    [
      'a field that there is not',
      "export default { name: 'own', version: '1', sense: [] };",
      /: sense: unknown field; did you mean 'senses'\?$/,
    ],
    [
      'a field that is no list',
      "export default { name: 'own', version: '1', senses: {} };",
      /: senses: give a list \(got an object\)$/,
    ],
    [
      'a sense without write',
      `export default { name: 'own', version: '1', senses: [${sense.replace(', write() {}', '')}] };`,
      /: senses\[0\] \('own'\): write: give a function \(got nothing\)$/,
    ],
    [
      'a field that a sense cannot have',
      `export default { name: 'own', version: '1', senses: [{ ...${sense}, label: 'x' }] };`,
      /: senses\[0\] \('own'\): label: unknown field; did you mean 'labels'\?$/,
    ],
    [
      'an id that is taken',
      `export default { name: 'own', version: '1', senses: [{ ...${sense}, id: 'grass' }] };`,
      /: senses\[0\]: there is a sense 'grass' already; choose another id$/,
    ],
    [
      'an id that is there twice',
      `export default { name: 'own', version: '1', senses: [${sense}, ${sense}] };`,
      /: senses\[1\]: there is a sense 'own' already; choose another id$/,
    ],
    [
      'the id of a standard probe',
      "export default { name: 'own', version: '1', probes: [{ id: 'census', title: 'Own', description: 'Own.', columns: [], start() {} }] };",
      /: there is a probe 'census' already; choose another id$/,
    ],
    [
      'a mechanism without a schema',
      `export default { name: 'own', version: '1', mechanisms: [{ id: 'own', ${texts} }] };`,
      /: mechanisms\[0\] \('own'\): parameters: give a strict object of zod, z\.strictObject\(\{\}\) for none$/,
    ],
    [
      'a parameter without texts',
      `${zod}export default { name: 'own', version: '1', mechanisms: [{ id: 'own', ${texts}, parameters: z.strictObject({ a: z.number().default(1) }) }] };`,
      /: mechanisms\[0\] \('own'\): parameters\.a: it has no texts; make it with parameter\(\)$/,
    ],
    [
      'a parameter without a default',
      `${zod}export default { name: 'own', version: '1', mechanisms: [{ id: 'own', ${texts}, parameters: z.strictObject({ a: z.number().meta({ title: 'A', description: 'A.', unit: '', live: true }) }) }] };`,
      /: mechanisms\[0\] \('own'\): parameters\.a: it has no default; give one by \.default\(\)$/,
    ],
    [
      'a field that a mechanism cannot have',
      `${zod}export default { name: 'own', version: '1', mechanisms: [{ id: 'own', ${texts}, parameters: z.strictObject({}), live() {} }] };`,
      /: mechanism 'own': it has no field 'live'; a mechanism has id, .*$/,
    ],
    [
      'a form that no body has',
      `${zod}export default { name: 'own', version: '1', mechanisms: [{ id: 'own', ${texts}, parameters: z.strictObject({}), visible: { form: 'horns', share() {} } }] };`,
      /: mechanism 'own': visible needs a function 'share' and a form that bodies can show: speckles, drivers, learned$/,
    ],
    [
      'a mechanism that is there already',
      `${zod}export default { name: 'own', version: '1', mechanisms: [{ id: 'mutation', ${texts}, parameters: z.strictObject({}) }] };`,
      /: mechanisms\[0\]: there is a mechanism 'mutation' already; choose another id$/,
    ],
  ])('%s', async (name, text, message) => {
    const path = text === undefined ? `${modules.path}/none.mjs` : modules.write(`${name.replaceAll(' ', '-')}.mjs`, text);
    const { status, out, err } = await call(['mechanisms', '--extension', path]);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^upslope: .*\n$/);
    expect(err.slice('upslope: '.length, -1)).toMatch(message);
  });

  it('one that is given twice, and a command that takes none', async () => {
    expect((await call(['mechanisms', '--extension', mine, '--extension', mine])).err).toContain(
      "the extension 'mine' is there already",
    );
    for (const command of ['lab', 'invasion']) {
      expect(await call([command, '--extension', mine])).toMatchObject({
        status: 2,
        err: `upslope: ${command} takes no extension: it is about the standard landscapes; leave out --extension\n`,
      });
    }
  });

  it('a mechanism whose step never runs in the habitat', async () => {
    const path = modules.write(
      'never.mjs',
      `${zod}export default { name: 'own', version: '1', mechanisms: [{ id: 'own', ${texts}, parameters: z.strictObject({}), beforeActing() {} }] };`,
    );
    const { status, err } = await call(['run', 'annealing', '--extension', path, '--ticks', '2', '--out', place.at('never')]);
    expect([status, err]).toEqual([
      2,
      "upslope: annealing: mechanism 'own': its step 'beforeActing' never runs in the habitat 'landscape'; list among its needs what that lacks, or use another step\n",
    ]);
  });
});

describe('a run with an extension', () => {
  it('is listed, made, named, read and made again with it, and refused without it or with another version', async () => {
    const listed = await call(['mechanisms', '--extension', mine]);
    for (const id of ['waste', 'bearing', 'wealth']) expect(listed.out).toContain(`\n  ${id}\n`);
    expect((await call(['mechanisms'])).out).not.toContain('bearing');

    const out = place.at('x');
    const made = await call(['run', scene, '--extension', mine, '--seed', '7', '--out', out, '--csv']);
    expect(made.status, made.err).toBe(0);
    expect(place.json('x', 'provenance.json')).toMatchObject({ extensions: [{ name: 'mine', version: '1.0.0' }] });
    expect(place.read('x', 'probes.csv').toString()).toContain('wealth,grazers.largest,energy');
    expect(place.read('x', 'organisms.csv').toString().split('\n')[0]).toContain('thrift');
    expect(place.read('x', 'census.csv').toString().split('\n')[0]).toContain('waste');

    const replay = ['replay', place.at('x/provenance.json')];
    const again = await call([...replay, '--extension', mine]);
    expect(again.out).toMatch(/^The replay ends as recorded/);
    const commands = [
      replay,
      ['validate', out],
      ['price', out],
      ['tree', out],
      ['export', out, '--format', 'newick', '--out', place.at('e')],
    ];
    for (const command of commands) {
      const without = await call(command);
      expect([without.status, without.out], command[0]).toEqual([2, '']);
      expect(without.err).toMatch(
        /^upslope: \S+ was made with the extension mine 1\.0\.0 \(got none\); give that one \(--extension\)\n$/,
      );
      const newer = await call([...command, '--extension', other]);
      expect([newer.status, newer.err.includes('mine 1.0.0 (got mine 1.1.0); give that one')], command[0]).toEqual([2, true]);
      expect((await call([...command, '--extension', mine])).status, command[0]).toBe(0);
    }
  });

  it('is gone on with after it was stopped, and a standard run is not made again with it', async () => {
    const io = testIo();
    const begun = call(
      ['run', scene, '--extension', mine, '--seed', '7', '--out', place.at('s'), '--ticks', '4000', '--every', '50'],
      io,
    );
    setTimeout(() => io.stop('SIGINT'), 300);
    const { status, err } = await begun;
    expect(status).toBe(130);
    expect(err).toContain(`--extension ${mine}\n`);
    const go = ['run', '--resume', '--out', place.at('s')];
    expect((await call(go)).err).toContain('was made with the extension mine 1.0.0 (got none)');
    expect((await call([...go, '--ticks', '4000', '--extension', other])).err).toContain('(got mine 1.1.0)');

    await call(['run', place.scene, '--seed', '7', '--ticks', '20', '--out', place.at('plain')]);
    expect('extensions' in place.json('plain', 'provenance.json')).toBe(false);
    const replayed = await call(['replay', place.at('plain/provenance.json'), '--extension', mine]);
    expect(replayed.err).toContain('was made without an extension (got mine 1.0.0); leave the extension out (--extension)');
  });

  it('may be in a habitat of the extension, which has the mechanisms whose needs it meets', async () => {
    const herds = modules.write(
      'herds.mjs',
      `import { standard } from 'upslope/engine';
import { z } from 'zod';
const plane = standard.habitats.find(({ kind }) => kind === 'plane');
const parameters = () => plane.parameters().extend({ kind: z.literal('steppe') });
const gives = plane.gives.filter((one) => one !== 'demes');
export default { name: 'herds', version: '1', habitats: [{ ...plane, kind: 'steppe', gives, parameters }] };`,
    );
    const grazers = { ...smallScene.populations.grazers, mechanisms: { mutation: { on: true }, learning: { on: true } } };
    const steppe = {
      ...smallScene,
      name: 'steppe',
      habitat: { ...smallScene.habitat, kind: 'steppe' },
      populations: { grazers },
    };
    writeFileSync(place.at('steppe.json'), JSON.stringify(steppe));
    expect((await call(['mechanisms', '--extension', herds])).out).toContain('\n  steppe\n');
    const run = ['run', place.at('steppe.json'), '--seed', '7', '--ticks', '40', '--extension', herds];
    const made = await call([...run, '--out', place.at('h'), '--csv']);
    expect(made.status, made.err).toBe(0);
    expect(place.read('h', 'probes.csv').toString()).toContain('census,grazers.population');
    expect((await call(['replay', place.at('h/provenance.json'), '--extension', herds])).out).toMatch(
      /^The replay ends as recorded/,
    );
    expect((await call(['replay', place.at('h/provenance.json')])).err).toContain('made with the extension herds 1 (got none)');
    expect((await call(['validate', place.at('h'), '--extension', herds])).status).toBe(0);
    const path = 'populations.grazers.mechanisms.migration.on=true';
    expect(await call([...run, '--set', path, '--out', place.at('h2')])).toMatchObject({
      status: 2,
      err: expect.stringContaining(
        "'migration' needs demes that exchange organisms only by migration (demes), which the habitat 'steppe' does not give",
      ),
    });
  });

  it('has snapshots that are restored bit for bit with it, and refused otherwise', async () => {
    const [with1, with2, standard] = await Promise.all([loadCatalogue([mine]), loadCatalogue([other]), loadCatalogue([])]);
    const simulation = with1.createSimulation(with1.parseScene(extendedScene, 'wasteful'), '7');
    simulation.step(40);
    const snapshot = simulation.snapshot();
    const restored = with1.simulationFromSnapshot(snapshot);
    expect(new Uint8Array(restored.snapshot())).toEqual(new Uint8Array(snapshot));
    simulation.step(20);
    restored.step(20);
    expect(restored.hash()).toBe(simulation.hash());
    for (const [catalogue, got] of [
      [standard, 'none'],
      [with2, 'mine 1.1.0'],
    ] as const) {
      expect(() => catalogue.simulationFromSnapshot(snapshot)).toThrow(
        `snapshot: it was made with the extension mine 1.0.0 (got ${got}); give that one`,
      );
    }
    writeFileSync(place.at('world.upslope'), new Uint8Array(snapshot));
    const assay = ['assay', place.at('world.upslope'), '--age', '20', '--horizon', '20', '--forks', '4', '--jobs', '1'];
    expect((await call(assay)).err).toContain('it was made with the extension mine 1.0.0 (got none)');
    const assayed = await call([...assay, '--extension', mine]);
    expect([assayed.status, assayed.err]).toEqual([0, expect.stringContaining('assay: grazers')]);
    simulation.dispose();
    restored.dispose();
  });

  it('is what the jobs of a cluster load too', () => {
    const job = { place: '/sweep', name: 'own', tasks: 2, threads: 1, words: ['sweep', '/sweep'] };
    const script = arrayScript(job, {}, { extensionFiles: ['/there/my extension.mjs'] });
    expect(script).toContain(`--jobs "\${SLURM_CPUS_PER_TASK:-1}" --extension '/there/my extension.mjs'\n`);
  });
});
