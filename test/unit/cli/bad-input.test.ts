import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, smallScene, testIo, Workplace } from './test-io.ts';

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterAll(() => place.remove());

const oneLine = /^upslope: [^\n\u0000-\u001f]+\n$/;

async function refuse(args: readonly string[], ...words: (string | RegExp)[]): Promise<void> {
  const { status, out, err } = await call(args);
  expect(status, `${args.join(' ')}: ${err}`).toBe(2);
  expect(err).toMatch(oneLine);
  expect(out).toBe('');
  for (const word of words) expect(err).toMatch(word);
}

describe('one line that says what, where and what to do', () => {
  const run = (...flags: string[]) => ['run', place.scene, '--out', place.at('new'), ...flags];

  test('flags', async () => {
    await refuse(run('--frobnicate'), '--frobnicate', '--help');
    await refuse(run('--tick', '5'), '--ticks');
    await refuse(run('--ticks', 'many'), '--ticks', 'many', 'whole number from 1');
    await refuse(run('--ticks', '-5'), '--ticks');
    await refuse(run('--ticks', '0'), 'from 1');
    await refuse(run('--ticks', '1e99'), 'whole number');
    await refuse(run('--ticks', '999999999999'), 'whole number');
    await refuse(run('--ticks'), '--ticks');
    await refuse(run('--every', '0'), '--every');
    await refuse(run('--seed', ''), '--seed', 'empty');
    await refuse(run('--seed', 'x'.repeat(201)), '201 characters');
    await refuse(run('--seed', '--csv'), 'value is missing');
    await refuse(run('--genomes', 'dead'), 'living');
    await refuse(run('--set', 'x'), 'path=value');
    await refuse(run('--set', '=5'), 'path=value');
    await refuse(run('--set', 'habitat.gras.regrowth=1'), 'habitat.grass.regrowth');
    await refuse(run('--set', 'habitat.grass.regrowth=much'), 'habitat.grass.regrowth', 'much');
    await refuse(run('--set', 'habitat.grass.regrowth=7'), 'from 0 to 1');
    await refuse(run('--set', 'populations.grazers.senses=["smell"]'), 'smell');
    await refuse(run('--set', '__proto__.x=1'), '__proto__');
    await refuse(run('--at', 'habitat.grass.regrowth=1'), 'tick:path=value');
    await refuse(run('--at', '5:habitat.width=128'), 'habitat.width', 'fixed');
    await refuse(
      run('--ticks', '20', '--at', '20:habitat.grass.regrowth=0.1'),
      'regrowth at tick 20',
      'ends at tick 20',
      '--ticks',
    );
    await refuse(run('--at', '5000:habitat.grass.regrowth=0.1'), 'at tick 5000', 'ends at tick 300');
    await refuse(run('--at', '-1:habitat.grass.regrowth=0.1'), 'tick:path=value');
    await refuse(run('extra', 'words'), 'too many arguments');
    await refuse(['walk'], 'walk');
    await refuse(['replay'], 'provenance.json');
    await refuse(['run'], 'scene');
    await refuse(['run', '--resume'], '--out');
    await refuse(['run', 'medow'], "'meadow'");
    await refuse(['scenes', '--loud'], '--loud');
  });

  test('scenes', async () => {
    const scene = async (content: string | Uint8Array, ...words: string[]) => {
      const path = place.at('bad.json');
      writeFileSync(path, content);
      await refuse(['run', path, '--out', place.at('new')], path, ...words);
    };
    await scene('', 'empty');
    await scene(JSON.stringify(smallScene).slice(0, 100), 'cut off');
    await scene('{"a": }', 'JSON');
    await scene('[]');
    await scene(
      Uint8Array.from({ length: 300 }, (_, i) => i),
      'JSON',
    );
    await scene('['.repeat(100_000), 'nested');
    await scene('[['.repeat(10), 'cut off');
    await scene(' '.repeat(17_000_000), 'more than 16000000 bytes');
    await scene(JSON.stringify({ ...smallScene, ticks: '5' }), 'ticks');
    await scene(JSON.stringify({ ...smallScene, tikcs: 5 }), 'tikcs');
    await scene(
      JSON.stringify({ ...smallScene, view: { plots: ['census/grazers.populaton'] } }),
      'view.plots[0]',
      "did you mean 'census/grazers.population'",
    );
    await refuse(['run', place.at('missing.json')], 'missing.json', 'does not exist');
    await refuse(['run', place.path], 'is a directory');
    await refuse(['run', `${place.scene}/x.json`], 'not a directory');
    await refuse(['run', 'a\0b.json'], 'zero character');
    await refuse(['run', 'x'.repeat(3999)], 'x…');
  });

  test('directories', async () => {
    writeFileSync(place.at('file'), '');
    await refuse(['run', place.scene, '--out', place.at('file')], 'not a directory');
    await refuse(['run', place.scene, '--out', place.at('file', 'deeper')], 'not a directory');
    await refuse(['run', place.scene, '--out', `${place.at('n')}${'x'.repeat(300)}`], 'too long');
    await refuse(['run', place.scene, '--out', '/proc/upslope-cannot-be'], /does not exist|permission denied|read-only/);
    await refuse(['run', place.scene, '--out', place.at('a\0b')], 'zero character');
  });

  test('provenances', async () => {
    const replay = async (content: string, ...words: string[]) => {
      writeFileSync(place.at('p.json'), content);
      await refuse(['replay', place.at('p.json')], ...words);
    };
    await replay('', 'empty; give the provenance.json of a run');
    await replay('{"schema_version": 1', 'middle of the provenance', 'cut off');
    await refuse(['replay', '/dev/null'], 'empty; give the provenance.json of a run');
    await refuse(['replay', '/dev/zero'], 'more than 16000000 bytes');
    await replay('{}', 'schema_version');
    await replay('null');
    await replay('{"schema_version": 2}', 'schema_version');
    const good = {
      schema_version: 1,
      software: { name: 'upslope', version: '0' },
      scene: smallScene,
      seed: '7',
      seed_generated: false,
      ticks: 5,
      changes: [],
      record: { every: 100, genomes: 'living', csv: false },
      hash: '0123456789abcdef',
      environment: {},
    };
    await replay(JSON.stringify({ ...good, hash: 'x' }), 'hash');
    await replay(JSON.stringify({ ...good, changes: [{ tick: 3, parameter: 'x', value: 1 }] }).replace('"0"', '"0.1.0"'), 'x');
    await replay(JSON.stringify({ ...good, scene: { ...smallScene, version: 2 } }).replace('"0"', '"0.1.0"'), 'version');
    await refuse(['replay', place.at('missing')], 'does not exist');
    writeFileSync(place.at('p.json'), JSON.stringify(good));
    mkdirSync(place.at('full'));
    writeFileSync(place.at('full', 'x'), '');
    const differs = await call(['replay', place.at('p.json')]);
    expect(differs.status).toBe(1);
    expect(differs.err).toMatch(/^note: .*\nupslope: the replay differs: .*0123456789abcdef\n$/);
    const refused = await call(['replay', place.at('p.json'), '--out', place.at('full')]);
    expect(refused).toMatchObject({ status: 2, err: expect.stringContaining('not empty') });
    const again = await call(['replay', place.at('p.json'), '--out', place.at('again')]);
    expect(again.status).toBe(1);
    expect(place.names('again')).toContain('organisms.parquet');
  });
});

describe('no memory', () => {
  const without = (error: Error) =>
    testIo({
      randomBytes: () => {
        throw error;
      },
    });
  const args = () => ['run', place.scene, '--out', place.at('none')];

  test.each([
    ['a buffer', () => new ArrayBuffer(2 ** 53 - 1)],
    ['an array', () => new Float64Array(2 ** 53 - 1)],
    ['a text', () => 'x'.repeat(2 ** 30)],
    ["WebAssembly's memory", () => new RangeError('WebAssembly.Memory(): could not allocate memory')],
  ])('for %s is one line', async (_, allocate) => {
    let error = new Error();
    try {
      error = allocate() as Error;
    } catch (thrown) {
      error = thrown as Error;
    }
    expect(error).toBeInstanceOf(RangeError);
    const { status, err } = await call(args(), without(error));
    expect({ status, err }).toEqual({ status: 2, err: expect.stringMatching(oneLine) });
    expect(err).toMatch(/^upslope: not enough memory for .*; lower the capacity/);
  });

  test('other faults keep their trace', async () => {
    await expect(call(args(), without(new RangeError('Maximum call stack size exceeded')))).rejects.toThrow('stack');
  });
});

test('whatever the flags are, the program ends with a status of its own and touches nothing', async () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      'run',
      'replay',
      'scenes',
      'help',
      '--help',
      '--version',
      '--',
      '-',
      '',
      '--out',
      '--set',
      '--at',
      '--ticks',
      '-h',
    ),
    fc.constantFrom(
      'constructor=1',
      '__proto__=1',
      'populations.grazers=null',
      'a=[[[',
      '5:a',
      '0:=',
      '9e9:a=b',
      'ticks=1e400',
      'x=\u0000',
    ),
    fc
      .tuple(fc.constantFrom('--set=', '--at=3:', '--ticks=', '--every=', '--seed=', '--genomes='), fc.string({ maxLength: 20 }))
      .map((pair) => pair.join('')),
  );
  const flags = fc.array(nasty, { maxLength: 6 });
  await fc.assert(
    // The directory is one that cannot be used, so that flags that happen to be right run nothing.
    fc.asyncProperty(fc.boolean(), flags, async (withRun, words) => {
      const args = withRun
        ? ['run', place.scene, ...words, '--out', `${place.scene}/no`]
        : [...words, '--out', `${place.scene}/no`];
      const { status, err } = await call(args);
      expect([0, 2]).toContain(status);
      if (status === 2 && err.startsWith('upslope: ')) expect(err.split('\n').length).toBe(2);
    }),
    { numRuns: 300 },
  );
  expect(place.read('small.json').toString()).toBe(JSON.stringify(smallScene));
});

describe('lists', () => {
  test('scenes and what they ask', async () => {
    const { status, out } = await call(['scenes']);
    expect(status).toBe(0);
    for (const name of ['meadow', 'arms-race', 'bloom']) expect(out).toContain(name);
    expect(out).toContain('Do foragers improve');
  });

  test('mechanisms with their parameters, senses, patterns and probes', async () => {
    const { status, out } = await call(['mechanisms']);
    expect(status).toBe(0);
    for (const word of ['mutation', 'deviation=0.1', 'from 0 to 5', 'neighbours', 'patches', 'census', 'Kimura'])
      expect(out).toContain(word);
  });

  test('version and help', async () => {
    expect(await call(['--version'])).toMatchObject({ status: 0, out: 'upslope 0.2.0\n' });
    const help = await call(['run', '--help']);
    expect(help.status).toBe(0);
    for (const flag of [
      '--seed',
      '--ticks',
      '--out',
      '--set',
      '--at',
      '--every',
      '--csv',
      '--genomes',
      '--checkpoint',
      '--resume',
    ]) {
      expect(help.out).toContain(flag);
    }
    expect(await call([])).toMatchObject({ status: 2, err: expect.stringContaining('Usage: upslope') });
  });
});
