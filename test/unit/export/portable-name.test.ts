import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distinctName,
  fileNameOf,
  folderOf,
  NamesOfFolder,
  nameProblem,
  portableName,
  windowsPathProblem,
} from '../../../src/export/portable-name.ts';

const fold = (name: string) => name.normalize('NFC').toUpperCase().toLowerCase();

describe('nameProblem', () => {
  it.each([
    ['con', 'is the name of a device'],
    ['NUL.csv', 'is the name of a device'],
    ['Com1.tar.gz', 'is the name of a device'],
    ['lpt9', 'is the name of a device'],
    ['aux .txt', 'is the name of a device'],
    ['a:b', 'holds :'],
    ['a\\b', 'holds \\'],
    ['what?', 'holds ?'],
    ['a\tb', 'holds a control character'],
    ['a.', 'ends with a dot'],
    ['a ', 'ends with a space'],
    ['é'.repeat(128), 'is longer than 255 bytes'],
  ])('says of %j that it %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });

  it.each(['meadow-7', 'console', 'com', 'com10', 'a.con', 'Wiese 7.csv', '.hidden', 'é'])('lets %j be', (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });
});

describe('portableName', () => {
  it.each([
    ['meadow-7-1000.upslope', 'meadow-7-1000.upslope'],
    ['a/b:c*d', 'a_b_c_d'],
    ['con.json', 'con_.json'],
    ['LPT1', 'LPT1_'],
    ['..', '_'],
    ['', '_'],
    ['../../etc/passwd', '__.._etc_passwd'],
    ['ends. . ', 'ends_'],
    ['Wiese, später', 'Wiese_später'],
    ['e\u0301', 'é'],
    ['\ud800x', '_x'],
  ])('of %j is %j', (text, name) => {
    expect(portableName(text)).toBe(name);
  });

  it('is fine everywhere, short, and its own name, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('con', 'nul.', 'aux.x.y ')), (text) => {
        const name = portableName(text);
        expect(nameProblem(name)).toBeUndefined();
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(120);
        expect(fileNameOf(name)).toBe(name);
        expect(portableName(name)).toBe(name);
      }),
    );
  });

  it('keeps the ending of a long name', () => {
    expect(portableName(`${'ä'.repeat(200)}.upslope-notebook`)).toMatch(/^ä+\.upslope-notebook$/);
  });
});

describe('distinctName', () => {
  it('leaves plain names, and tells those apart that a folder may take for one', () => {
    expect(distinctName('meadow-7')).toBe('meadow-7');
    const alike = ['meadow-a', 'meadow-A', 'meadow-a.', 'meadow-a ', 'meadow-é', 'meadow-e\u0301', 'meadow-É', 'con', 'CON'];
    expect(new Set(alike.map((text) => fold(distinctName(text)))).size).toBe(alike.length);
    expect(distinctName('meadow-A')).toMatch(/^meadow-A-[0-9a-f]{8}$/);
  });

  it('never gives two texts one name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }), (a, b) => {
        fc.pre(a !== b);
        expect(fold(distinctName(a))).not.toBe(fold(distinctName(b)));
        expect(nameProblem(distinctName(a))).toBeUndefined();
        expect(new TextEncoder().encode(distinctName(a)).length).toBeLessThanOrEqual(120);
      }),
    );
  });
});

describe('NamesOfFolder', () => {
  it('gives a hash only to the second of two names that are one in some folders', () => {
    const names = new NamesOfFolder();
    expect(names.nameOf('census-Size.svg')).toBe('census-Size.svg');
    expect(names.nameOf('census-size.svg')).toMatch(/^census-size-[0-9a-f]{8}\.svg$/);
    expect(names.nameOf('census-Size.svg')).toBe('census-Size.svg');
    expect(names.nameOf('census-size.svg')).toBe(names.nameOf('census-size.svg'));
  });
});

describe('paths of any system', () => {
  it('have a folder and a name', () => {
    for (const [folder, name] of [
      ['C:\\runs\\a\\', 'organisms.nwk'],
      ['runs/a/', 'organisms.nwk'],
      ['\\\\server\\share\\', 'x'],
      ['', 'x.csv'],
    ]) {
      expect([folderOf(folder + name), fileNameOf(folder + name)]).toEqual([folder, name]);
    }
  });

  it.each(['C:\\runs\\a', 'C:runs', '\\\\server\\share\\runs', '\\\\?\\C:\\runs\\a', '..\\runs', './runs/', 'runs/a b'])(
    '%j is one of Windows',
    (path) => {
      expect(windowsPathProblem(path)).toBeUndefined();
    },
  );

  it.each([
    ['runs\\aux\\a', "'aux' is the name of a device"],
    ['C:\\runs\\a:b', "'a:b' holds :"],
    ['runs/a.', "'a.' ends with a dot"],
    ['runs/what?', "'what?' holds ?"],
  ])('%j is not', (path, problem) => {
    expect(windowsPathProblem(path)).toBe(problem);
  });
});
