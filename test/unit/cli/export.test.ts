import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Files, nodeFiles } from '../../../src/cli/files.ts';
import { writeManifest } from '../../../src/cli/manifest.ts';
import { randomHistory } from '../formats/random-history.ts';
import { writeRun } from '../formats/write-run.ts';
import { call, testIo, Workplace } from './test-io.ts';

const place = new Workplace();
const history = randomHistory({ organisms: 800, sexual: 0.5, transfers: 0.5, speciation: 0.02 });

function makeRun(name: string, of = history): string {
  mkdirSync(place.at(name));
  const opened: number[] = [];
  writeRun(of, (file) => {
    const descriptor = openSync(place.at(name, file), 'w');
    opened.push(descriptor);
    return (chunk) => void writeSync(descriptor, chunk);
  });
  for (const descriptor of opened) closeSync(descriptor);
  writeManifest(nodeFiles, place.at(name), { kind: 'run' }, place.names(name));
  return place.at(name);
}

let run = '';
beforeAll(() => {
  run = makeRun('run');
});
afterAll(() => place.remove());

const everything = [
  'events.csv',
  'events.parquet',
  'history.trees',
  'loci.csv',
  'loci.parquet',
  'manifest.json',
  'organisms.csv',
  'organisms.enwk',
  'organisms.nex',
  'organisms.nwk',
  'organisms.parquet',
  'organisms.phyloxml',
  'pedigree.csv',
  'phylogeny.csv',
  'provenance.json',
  'species.csv',
  'species.enwk',
  'species.nex',
  'species.nwk',
  'species.parquet',
  'species.phyloxml',
  'tskit',
];

describe('upslope export', () => {
  it('writes every format, checks it, and says what each file holds', async () => {
    const { status, out, err } = await call(['export', run, '--format', 'all', '--out', place.at('all')]);
    expect([status, err]).toEqual([0, '']);
    expect(place.names('all')).toEqual(everything);
    expect(out).toContain('organisms.parquet: Parquet, 800 rows\n');
    expect(out).toContain('pedigree.csv: ALife pedigree, 800 taxa\n');
    expect(out).toContain('organisms.nwk: Newick, 100 trees, 800 tips, 20 branches deep\n');
    expect(place.read('all', 'organisms.parquet')).toEqual(readFileSync(`${run}/organisms.parquet`));
  });

  it('writes only what is asked for, provenance always, and the trees of one kind', async () => {
    const { status } = await call(['export', run, '--format', 'newick,tskit', '--of', 'organisms', '--out', place.at('some')]);
    expect(status).toBe(0);
    expect(place.names('some')).toEqual(['manifest.json', 'organisms.nwk', 'provenance.json', 'tskit']);
  });

  it('takes a sample, another way to draw trees, and joins lines', async () => {
    const { status, out } = await call(
      ['export', run, '--format', 'newick,alife,tskit', '--of', 'organisms', '--out', place.at('sample')].concat([
        '--sample',
        '7',
        '--branching',
        'origin',
        '--collapse',
      ]),
    );
    expect(status).toBe(0);
    expect(/organisms\.nwk: Newick, \d+ trees?, (\d+) tips/.exec(out)?.[1]).toBe('7');
    const again = await call([
      'export',
      run,
      '--format',
      'newick',
      '--of',
      'organisms',
      '--sample',
      '7',
      '--out',
      place.at('again'),
    ]);
    expect(again.status).toBe(0);
    const tips = (text: Buffer) => new Set(Array.from(text.toString().matchAll(/[(,](o\d+):/g), (match) => match[1]));
    const alike = [...tips(place.read('sample', 'organisms.nwk'))].filter((tip) =>
      tips(place.read('again', 'organisms.nwk')).has(tip),
    );
    expect(alike.length).toBeGreaterThan(0);
  });

  it('joins single-child nodes of a sample unless told to keep them, and says what ape makes of those', async () => {
    const args = ['export', run, '--format', 'newick,nexus', '--of', 'organisms', '--sample', '1', '--out'];
    const joined = await call([...args, place.at('one')]);
    expect([joined.status, joined.err]).toEqual([0, '']);
    expect(place.read('one', 'organisms.nwk').toString()).toMatch(/^\(o\d+:\d+\):0;\n$/);
    const kept = await call([...args, place.at('chain'), '--no-collapse']);
    expect(kept.status).toBe(0);
    expect(kept.err).toContain(
      'note: organisms.nwk: 1 tree has one tip at the end of a chain of nodes, where ape 5.7 reads no lengths',
    );
    expect(place.read('chain', 'organisms.nwk').toString()).toMatch(/^\(\(+o\d+:/);
  });

  it('cuts trees into subtrees with one table for all formats, which validate checks against them', async () => {
    const { status, out } = await call([
      ...['export', run, '--format', 'newick,nexus,phyloxml', '--subtree-depth', '3', '--out', place.at('cut')],
    ]);
    expect(status).toBe(0);
    const names = ['organisms', 'species'].flatMap((of) =>
      ['csv', 'nex', 'nwk', 'phyloxml'].map((end) => `${of}.subtrees.${end}`),
    );
    expect(place.names('cut')).toEqual([...names, 'manifest.json', 'provenance.json'].sort());
    expect(out).toMatch(/organisms\.subtrees\.csv: table of subtrees, \d+ subtrees\n/);
    const table = place.at('cut', 'organisms.subtrees.csv');
    const again = await call(['validate', table]);
    expect([again.status, again.out.split('\n').length]).toEqual([0, 5]);
    // The manifest would find it first.
    rmSync(place.at('cut', 'manifest.json'));
    writeFileSync(
      table,
      place
        .read('cut', 'organisms.subtrees.csv')
        .toString()
        .replace(/,(\d+),\d+\n/, ',$1,99\n'),
    );
    const wrong = await call(['validate', place.at('cut')]);
    expect([wrong.status, wrong.out]).toEqual([1, expect.stringContaining('(not valid table of subtrees)')]);
    for (const end of ['nwk', 'nex', 'phyloxml']) rmSync(place.at('cut', `species.subtrees.${end}`));
    const alone = await call(['validate', place.at('cut', 'species.subtrees.csv')]);
    expect([alone.status, alone.out]).toEqual([1, expect.stringContaining('lacks the file of its subtrees beside it')]);
  });

  it('goes over what a killed export left', async () => {
    mkdirSync(place.at('killed', 'tskit'), { recursive: true });
    writeFileSync(place.at('killed', 'organisms.nwk.partial'), 'x'.repeat(1_000_000));
    writeFileSync(place.at('killed', 'tskit', 'nodes.txt.partial'), 'x');
    const { status } = await call(['export', run, '--format', 'newick,tskit', '--out', place.at('killed')]);
    expect(status).toBe(0);
    expect(place.names('killed')).toEqual(['manifest.json', 'organisms.nwk', 'provenance.json', 'species.nwk', 'tskit']);
  });

  it.each([
    [['export', 'RUN', '--format', 'newik', '--out', 'x'], "unknown format 'newik'; did you mean 'newick'?"],
    [['export', 'RUN', '--out', 'x'], "required option '--format <names>' not specified"],
    [['export', 'RUN', '--format', 'csv'], "required option '--out <directory>' not specified"],
    [['export', 'RUN', '--format', 'csv', '--sample', '0', '--out', 'x'], "give all, living, or a number of organisms, not '0'"],
    [
      ['export', 'NOWHERE', '--format', 'csv', '--out', 'x'],
      'NOWHERE does not hold a finished run; give the directory of a finished run',
    ],
    [['export', 'RUN', '--format', 'csv', '--out', 'RUN'], 'RUN holds a finished run; choose another directory with --out'],
    [
      ['export', 'TABLE', '--format', 'all', '--out', 'x'],
      'organisms.parquet: a part of the path is not a directory; give the directory of a finished run',
    ],
  ])('says in one line what is wrong with %j', async (words, message) => {
    const places: Record<string, string> = {
      RUN: run,
      TABLE: `${run}/organisms.parquet`,
      NOWHERE: place.at('NOWHERE'),
      x: place.at('x'),
    };
    const args = words.map((word) => places[word] ?? word);
    const { status, err } = await call(args);
    expect(status).toBe(2);
    expect(err).toContain(message.replace('RUN', run).replace('NOWHERE', place.at('NOWHERE')));
    expect(err.trim().split('\n').length).toBe(1);
  });

  it('says in its help which formats heed the options of trees', async () => {
    const help = (await call(['export', '--help'])).out.replaceAll(/\s+/g, ' ');
    expect(help).toContain('trees of species or of organisms, in newick, nexus, phyloxml and extended-newick (');
    expect(help).toContain('at the parent’s origin; in newick, nexus and phyloxml only (');
    expect(help).toContain('to that child; in newick, nexus and phyloxml only');
  });

  it('says that a run has no species', async () => {
    const plain = makeRun('plain', randomHistory({ organisms: 50 }));
    const { status, err } = await call(['export', plain, '--format', 'newick', '--of', 'species', '--out', place.at('none')]);
    expect([status, err]).toEqual([
      2,
      `upslope: ${plain} has no species; leave out --of species, or make the run again with this version\n`,
    ]);
  });

  it('leaves nothing behind when the disk is full', async () => {
    let left = 100_000;
    const writeOver = ((descriptor: number, bytes: Uint8Array, at: number, length: number) => {
      left -= length;
      if (left < 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
      return writeSync(descriptor, bytes, at, length);
    }) as Files['writeSync'];
    const io = testIo({ files: { ...nodeFiles, writeSync: writeOver } });
    const { status, err } = await call(['export', run, '--format', 'all', '--out', place.at('full')], io);
    expect(status).toBe(2);
    expect(err).toMatch(/^upslope: cannot write \S+\.partial: the disk is full; correct this and give the same command again\n$/);
    expect(existsSync(place.at('full'))).toBe(false);
  });

  it('refuses a run whose tables are damaged, and says which', async () => {
    cpSync(run, place.at('damaged'), { recursive: true });
    writeFileSync(place.at('damaged', 'organisms.parquet'), 'PAR1 nothing PAR1');
    rmSync(place.at('damaged', 'manifest.json'));
    const { status, err } = await call(['export', place.at('damaged'), '--format', 'csv', '--out', place.at('of-damaged')]);
    expect(status).toBe(2);
    expect(err).toMatch(
      /organisms\.parquet: damaged Parquet \(its footer .*\); use another copy; for details: upslope validate \S+\n$/,
    );
  });
});

describe('upslope validate', () => {
  it('tells of each file of a run and of an export', async () => {
    await call(['export', run, '--format', 'all', '--out', place.at('whole')]);
    const { status, out } = await call(['validate', run, place.at('whole')]);
    expect(status).toBe(0);
    expect(out.trim().split('\n').length).toBe(2 + 5 + everything.length - 1);
    expect(out).toContain(`${place.at('whole')}/tskit/*.txt: valid tskit, `);
    const one = await call(['validate', place.at('whole', 'tskit', 'edges.txt')]);
    expect([one.status, one.out.startsWith(`${place.at('whole')}/tskit/*.txt: valid tskit, `)]).toEqual([0, true]);
  });

  it('ends with 1 and names file, line and fault of what is not valid', async () => {
    cpSync(place.at('whole'), place.at('faulty'), { recursive: true });
    appendFileSync(place.at('faulty', 'pedigree.csv'), 'x\n');
    appendFileSync(place.at('faulty', 'organisms.nwk'), '((a:1);\n');
    rmSync(place.at('faulty', 'tskit', 'sites.txt'));
    // As a folder of an earlier version, which has no manifest.
    rmSync(place.at('faulty', 'manifest.json'));
    const { status, out } = await call(['validate', place.at('faulty')]);
    expect(status).toBe(1);
    const faulty = out.split('\n').filter((line) => line.includes('not valid'));
    expect(faulty).toEqual([
      `${place.at('faulty', 'organisms.nwk')}, line 101, column 7: expected ':' and the length of the branch, found ';' (not valid Newick)`,
      `${place.at('faulty', 'pedigree.csv')}, line 802: has 1 fields, but the header has 11 (not valid ALife pedigree)`,
      `${place.at('faulty', 'tskit', 'sites.txt')}: is missing; put it beside the other tables of tskit (not valid tskit)`,
    ]);
  });

  it('opens no pipe and no device: the one would wait for ever, the other seem empty', async () => {
    mkdirSync(place.at('odd'));
    execFileSync('mkfifo', [place.at('odd', 'organisms.nwk')]);
    symlinkSync('/dev/zero', place.at('odd', 'species.nwk'));
    mkdirSync(place.at('odd', 'species.nex'));
    const openSync = () => {
      throw new Error('was opened');
    };
    for (const name of ['organisms.nwk', 'species.nwk']) {
      const path = place.at('odd', name);
      const { status, err } = await call(['validate', path], testIo({ files: { ...nodeFiles, openSync } }));
      expect([status, err]).toEqual([
        2,
        `upslope: ${path} is a directory, a pipe or a device; put its content into a regular file and give that\n`,
      ]);
    }
    for (const name of ['organisms.nwk', 'species.nwk']) rmSync(place.at('odd', name));
    const directory = await call(['validate', place.at('odd')]);
    expect([directory.status, directory.err]).toEqual([
      2,
      expect.stringContaining('species.nex is a directory, a pipe or a device'),
    ]);
  });

  it.each([
    [['validate'], "missing required argument 'file'"],
    [['validate', 'NOWHERE.parquet'], 'NOWHERE.parquet: it does not exist; give a file or a directory'],
    [['validate', 'SCENE'], 'does not have the name of a file that upslope writes; give such a file, or its directory'],
    [['validate', 'EMPTY'], 'does not hold a file that upslope writes; give the directory of a run or an export'],
  ])('ends with 2 for what cannot be looked at: %j', async ([name, file], message) => {
    mkdirSync(place.at('EMPTY'), { recursive: true });
    const path = file === 'SCENE' ? place.scene : file && place.at(file);
    const { status, err } = await call(path === undefined ? [name] : [name, path]);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n').length).toBe(1);
  });
});
