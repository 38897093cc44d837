import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../../src/cli/files.ts';
import { writeManifest } from '../../../src/cli/manifest.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { call, finishedFiles, smallScene, Workplace } from './test-io.ts';

const place = new Workplace();

async function makeRun(name: string, seed: string): Promise<string> {
  const made = await call(['run', place.scene, '--seed', seed, '--ticks', '40', '--every', '20', '--out', place.at(name)]);
  expect(made.status, made.err).toBe(0);
  return place.at(name);
}

beforeAll(async () => {
  const grazers = { ...smallScene.populations.grazers, founders: 20 };
  writeFileSync(place.scene, JSON.stringify({ ...smallScene, populations: { grazers }, record: { census: { every: 20 } } }));
  await makeRun('one', '1');
  await makeRun('other', '2');
});
afterAll(() => place.remove());

let copies = 0;
/** A copy of a run to be damaged. */
function copyOf(name: string): string {
  const copy = place.at(`copy-${copies++}`);
  cpSync(place.at(name), copy, { recursive: true });
  return copy;
}

const lines = (text: string) => text.trimEnd().split('\n');
/** Lines of `upslope validate` that find fault, wherever they were printed. */
async function faults(directory: string): Promise<{ status: number; found: string[] }> {
  const { status, out, err } = await call(['validate', directory]);
  return { status, found: [...lines(out), ...lines(err)].filter((line) => line !== '' && !/: (valid|whole)\b/.test(line)) };
}

describe('the manifest of a run', () => {
  it('lists every file, and its own SHA-256 signs for all', async () => {
    const { status, out } = await call(['validate', place.at('one')]);
    expect(status).toBe(0);
    expect(lines(out)[0]).toMatch(/: whole, 11 files as they were written; manifest\.json has SHA-256 [0-9a-f]{64}$/);
    const { files, kind, run } = place.json('one', 'manifest.json') as { files: { name: string }[]; kind: string; run: string };
    expect(files.map(({ name }) => name)).toEqual(finishedFiles.filter((name) => name !== 'manifest.json'));
    expect([kind, run]).toEqual(['run', expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('finds every one of 200 flipped bits, in one line that names the file', async () => {
    const stream = namedStream('200 bits', 'test');
    const names = readdirSync(place.at('one'));
    const sizes = names.map((name) => statSync(place.at('one', name)).size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const copy = copyOf('one');
    for (let k = 0; k < 200; k++) {
      let at = stream.integer(total);
      const f = sizes.findIndex((size) => (at < size ? true : ((at -= size), false)));
      const path = join(copy, names[f]);
      const bytes = readFileSync(path);
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 1 << stream.integer(8);
      writeFileSync(path, damaged);
      const { status, found } = await faults(copy);
      expect([status, found.length, found[0]], `${names[f]}, byte ${at}`).toEqual([2, 1, expect.stringContaining(path)]);
      writeFileSync(path, bytes);
    }
    expect((await faults(copy)).status).toBe(0);
  }, 60_000);

  it.each<[what: string, damage: (copy: string) => void, fault: RegExp]>([
    [
      'a table of another run',
      (copy) => cpSync(place.at('other', 'census.parquet'), join(copy, 'census.parquet')),
      /census\.parquet: altered: /,
    ],
    [
      'a file that is cut off',
      (copy) => truncateSync(join(copy, 'census.parquet'), 100),
      /census\.parquet: altered: it has 100 bytes, and manifest\.json lists \d+$/,
    ],
    ['an empty file', (copy) => truncateSync(join(copy, 'census.parquet')), /census\.parquet: altered: it has 0 bytes/],
    ['a missing file', (copy) => rmSync(join(copy, 'census.parquet')), /census\.parquet: missing; manifest\.json lists it$/],
    [
      'a symbolic link in place of a file',
      (copy) => {
        renameSync(join(copy, 'census.parquet'), `${copy}.parquet`);
        symlinkSync(`${copy}.parquet`, join(copy, 'census.parquet'));
      },
      /census\.parquet: a symbolic link in place of the file/,
    ],
    [
      'another seed in its provenance',
      (copy) => {
        const path = join(copy, 'provenance.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"seed": "1"', '"seed": "2"'));
      },
      /provenance\.json: altered: its SHA-256 is /,
    ],
    [
      'a manifest with another line',
      (copy) => appendFileSync(join(copy, 'manifest.json'), '\n'),
      /manifest\.json: altered since it was written/,
    ],
  ])('finds %s, and the commands that need it end with one line and 2', async (what, damage, fault) => {
    const copy = copyOf('one');
    damage(copy);
    const { status, found } = await faults(copy);
    expect([status, found]).toEqual([2, [expect.stringMatching(fault)]]);
    for (const words of [
      ['price', copy],
      ['analyse', copy, '--out', place.at('x')],
      ['export', copy, '--format', 'csv', '--out', place.at('x')],
    ]) {
      const { status: refused, err } = await call(words);
      expect([refused, lines(err).length, err], what).toEqual([
        2,
        1,
        expect.stringMatching(/^upslope: .*use another copy of the folder\n$/),
      ]);
    }
    expect(place.names('.')).not.toContain('x');
  });

  it('asks a command for the tables that it reads, and no others', async () => {
    const copy = copyOf('one');
    truncateSync(join(copy, 'census.parquet'));
    expect((await call(['tree', copy])).status).toBe(0);
    expect((await call(['replay', join(copy, 'provenance.json')])).status).toBe(0);
    truncateSync(join(copy, 'provenance.json'), 200);
    expect((await call(['tree', copy])).err).toMatch(/provenance\.json: altered: it has 200 bytes/);
    expect((await call(['replay', join(copy, 'provenance.json')])).err).toMatch(/provenance\.json: altered: it has 200 bytes/);
  });

  it('may have files beside it, which are named', async () => {
    const copy = copyOf('one');
    writeFileSync(join(copy, 'notes.txt'), 'mine');
    expect(await faults(copy)).toEqual({ status: 0, found: [`${copy}/notes.txt: not listed in manifest.json`] });
  });

  it('does not make a table of another run pass when it is written again by hand', async () => {
    const copy = copyOf('one');
    cpSync(place.at('other', 'census.parquet'), join(copy, 'census.parquet'));
    const { run } = place.json('one', 'manifest.json') as { run: string };
    const names = readdirSync(copy).filter((name) => name !== 'manifest.json');
    writeManifest(nodeFiles, copy, { kind: 'run', run }, names);
    const belongs = "census.parquet: belongs to another run: its seed is '2', not '1'";
    expect(await faults(copy)).toEqual({ status: 1, found: [`${copy}/${belongs} (not valid Parquet)`] });
    expect((await call(['price', copy])).err).toContain(belongs);
  });

  it('is asked of no folder of an earlier version, which gets a line of warning', async () => {
    const copy = copyOf('one');
    rmSync(join(copy, 'manifest.json'));
    const { status, out, err } = await call(['validate', copy]);
    expect([status, lines(err)]).toEqual([
      0,
      [expect.stringMatching(/^note: \S+ has no manifest\.json, like folders of earlier versions/)],
    ]);
    expect(out).toContain('organisms.parquet: valid Parquet');
    expect((await call(['tree', copy])).status).toBe(0);
  });
});

describe('the manifests of other folders', () => {
  it('sign for an export, which names its run', async () => {
    const out = place.at('exported');
    expect((await call(['export', place.at('one'), '--format', 'all', '--out', out])).status).toBe(0);
    expect(place.json('exported', 'manifest.json')).toMatchObject({
      kind: 'export',
      run: place.json('one', 'manifest.json').run,
    });
    writeFileSync(join(out, 'tskit', 'nodes.txt'), '');
    expect(await faults(out)).toEqual({
      status: 2,
      found: [expect.stringMatching(/tskit\/nodes\.txt: altered: it has 0 bytes/)],
    });
  });

  it('take in what several commands write, and leave that of a run as it is', async () => {
    const out = place.at('results');
    const price = ['price', place.at('one'), '--out'];
    expect((await call([...price, out])).status).toBe(0);
    expect((await call(['invasion', 'competition', '--points', '9', '--out', out])).status).toBe(0);
    const { files } = place.json('results', 'manifest.json') as { files: { name: string }[] };
    expect(files.map(({ name }) => name)).toEqual(['invasion.parquet', 'invasion.svg', 'price.parquet', 'singular.parquet']);
    const copy = copyOf('one');
    const before = readFileSync(join(copy, 'manifest.json'), 'utf8');
    expect((await call(['price', copy, '--out', copy])).status).toBe(0);
    expect(readFileSync(join(copy, 'manifest.json'), 'utf8')).toBe(before);
    expect((await faults(copy)).found).toEqual([`${copy}/price.parquet: not listed in manifest.json`]);
  });
});
