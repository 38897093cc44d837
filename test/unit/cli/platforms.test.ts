import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { parse } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Files, makeDirectory } from '../../../src/cli/files.ts';
import { outDirectory } from '../../../src/cli/flags.ts';
import { defaultDirectory } from '../../../src/cli/plan-run.ts';
import { sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { isExportFile, validateFiles } from '../../../src/export/validate/validate-files.ts';
import { call, smallScene, Workplace } from './test-io.ts';

const setup = await import(new URL('../../../scripts/setup.mjs', import.meta.url).href);
const place = new Workplace();
afterAll(() => place.remove());

const plan = (name: string, seed: string) => ({ scene: { name }, seed }) as unknown as Parameters<typeof defaultDirectory>[0];

describe('where a run goes by itself', () => {
  it('is a folder that every system makes, another one for each seed', () => {
    expect(defaultDirectory(plan('meadow', '7'))).toBe('runs/meadow-7');
    const seeds = ['a', 'A', 'a.', 'a ', 'a/b', 'a\\b', 'a_b', 'nul', 'é', 'e\u0301', 'x'.repeat(100), 'x'.repeat(101)];
    const folders = seeds.map((seed) => defaultDirectory(plan('con', seed)).toLowerCase());
    expect(new Set(folders).size).toBe(seeds.length);
    for (const folder of folders) expect(folder).toMatch(/^runs\/con-[\p{L}\p{N}._-]+$/u);
  });
});

describe('--out on Windows', () => {
  it.each(['C:\\runs\\first', 'runs\\first', '\\\\server\\share\\first', '..\\first', 'D:'])('takes %j', (path) => {
    expect(outDirectory(path, undefined, 'win32')).toBe(path);
  });

  it.each([
    ['runs\\con', "'con' is the name of a device; give a name that Windows accepts."],
    ['C:\\runs\\a?', "'a?' holds ?; give a name that Windows accepts."],
    ['runs/first.', "'first.' ends with a dot; give a name that Windows accepts."],
  ])('refuses %j in one line', (path, message) => {
    expect(() => outDirectory(path, undefined, 'win32')).toThrow(message);
    expect(outDirectory(path, undefined, 'linux')).toBe(path);
  });

  it('ends where the drive or share is not there', () => {
    const tried: string[] = [];
    const mkdirSync = (path: string) => {
      tried.push(path);
      throw Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'mkdir' });
    };
    const files = { existsSync: () => false, mkdirSync } as unknown as Files;
    expect(() => makeDirectory(files, place.at('x'))).toThrow('ENOENT');
    expect(tried).toEqual([parse(place.path).root]);
  });
});

describe('paths with backslashes', () => {
  it('have the names of files of an export', async () => {
    expect(isExportFile('C:\\exports\\a\\organisms.nwk')).toBe(true);
    expect(isExportFile('C:\\exports\\organisms.nwk\\other')).toBe(false);
    expect(isExportFile('C:\\exports\\a\\tskit\\edges.txt')).toBe(true);
    const file = sourceOfChunks([new TextEncoder().encode('(a:1,b:1):0;\n')]);
    const verdicts = [];
    for await (const verdict of validateFiles(new Map([['C:\\x\\organisms.nwk', file]]))) verdicts.push(verdict.holds);
    expect(verdicts).toEqual(['1 tree, 2 tips, 1 branch deep']);
  });
});

describe('files that editors of Windows leave', () => {
  const text = JSON.stringify(smallScene, null, 2).replaceAll('\n', '\r\n');
  const write = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(place.at(name), bytes);
    return place.at(name);
  };

  it('are scenes and plans, with carriage returns and a byte order mark', async () => {
    const scene = write('crlf.json', `\ufeff${text}`);
    const ran = await call(['run', scene, '--seed', '1', '--ticks', '5', '--out', place.at('crlf')]);
    expect([ran.status, existsSync(place.at('crlf', 'provenance.json'))]).toEqual([0, true]);
    const provenance = write('again.json', `\ufeff${place.read('crlf', 'provenance.json').toString().replaceAll('\n', '\r\n')}`);
    expect((await call(['replay', provenance])).status).toBe(0);
  });

  it('are refused in one line as UTF-16, and as tables with carriage returns or a byte order mark', async () => {
    const scene = write('utf16.json', Buffer.from(`\ufeff${text}`, 'utf16le'));
    const { status, err } = await call(['run', scene, '--out', place.at('utf16')]);
    expect([status, err]).toEqual([2, `upslope: ${scene} is text in UTF-16; save it as UTF-8\n`]);
    mkdirSync(place.at('tables'));
    const table = write('tables/pedigree.csv', 'id,ancestor_list\r\n0,[none]\r\n');
    expect((await call(['validate', table])).out).toContain('save the file with line feeds alone (LF)');
    write('tables/pedigree.csv', '\ufeffid,ancestor_list\n0,[none]\n');
    expect((await call(['validate', table])).out).toContain('begins with a byte order mark; save the file as UTF-8 without one');
  });
});

describe('npm', () => {
  it('is started by Node where it started us, by a shell on Windows, and plainly elsewhere', () => {
    const words = ['ci', '--no-audit'];
    const script = place.at('npm-cli.js');
    writeFileSync(script, '');
    expect(setup.npmCommand(words, { execPath: script, platform: 'win32' })).toEqual({
      program: process.execPath,
      args: [script, ...words],
      options: {},
    });
    for (const execPath of ['', 'C:\\missing\\npm-cli.js', 'C:\\nodejs\\npm.cmd']) {
      expect(setup.npmCommand(words, { execPath, platform: 'win32' })).toEqual({
        program: 'npm',
        args: words,
        options: { shell: true },
      });
    }
    expect(setup.npmCommand(words, { execPath: '', platform: 'darwin' })).toEqual({ program: 'npm', args: words, options: {} });
  });
});
