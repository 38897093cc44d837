import { describe, expect, it } from 'vitest';
import { writePedigree } from '../../../src/export/alife/pedigree.ts';
import { writePhylogeny } from '../../../src/export/alife/phylogeny.ts';
import { validateAlife } from '../../../src/export/alife/validate-alife.ts';
import type { Sink } from '../../../src/export/export-table.ts';
import { sampleHistory } from '../../../src/export/sample-history.ts';
import { csvRecords } from '../../../src/export/validate/csv-records.ts';
import { randomHistory } from './random-history.ts';

function text(write: (sink: Sink) => void): string {
  const chunks: Uint8Array[] = [];
  write((chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks).toString();
}

const check = (of: string, oneAncestor = false) => validateAlife('a.csv', [new TextEncoder().encode(of)], { oneAncestor });

describe('ALife pedigree and phylogeny', () => {
  const history = randomHistory({ organisms: 3000, sexual: 0.5, transfers: 0.5, speciation: 0.01, populations: 2 });
  const pedigree = text((sink) => writePedigree(history, sink));
  const phylogeny = text((sink) => writePhylogeny(history, sink));

  it('are valid, and hold everybody', () => {
    expect(check(pedigree)).toBe(3000);
    expect(check(phylogeny, true)).toBe(history.species.count);
    expect(history.species.count).toBeGreaterThan(10);
  });

  it('write parents without spaces, quoted where there are two, and donors in a column of their own', () => {
    const { organisms, transfers } = history;
    const lines = pedigree.split('\n').slice(1);
    const both = organisms.secondParent.findIndex((parent) => parent >= 0);
    const [mother, father] = [organisms.firstParent[both], organisms.secondParent[both]];
    expect(lines[both].startsWith(`${both},"[${mother},${father}]",${organisms.birthTick[both]},`)).toBe(true);
    expect(lines[0]).toMatch(/^0,\[none\],-?\d+,(\d+|inf),o0,grazers,0,0,\d+,1,/);
    const donors = Array.from(transfers.donorId).filter((_, k) => transfers.recipient[k] === transfers.recipient[0]);
    const list = donors.length === 1 ? `[${donors[0]}]` : `"[${donors.join()}]"`;
    expect(lines[transfers.recipient[0]].endsWith(`,${list}`)).toBe(true);
  });

  it('keep a merged species, with what it went into', () => {
    const { species } = history;
    const merged = species.fate.indexOf('merged');
    expect(merged).toBeGreaterThan(-1);
    const line = phylogeny.split('\n')[merged + 1].split(',');
    expect(line.slice(6, 8)).toEqual(['merged', String(species.id[species.mergedInto[merged]])]);
  });

  it('stay valid for a sample', () => {
    const { history: part } = sampleHistory(history, 10);
    expect(check(text((sink) => writePedigree(part, sink)))).toBe(part.organisms.count);
    expect(part.organisms.count).toBeLessThan(3000);
  });
});

describe('validateAlife', () => {
  const head = 'id,ancestor_list,origin_time,destruction_time\n';
  it.each([
    ['', 'a.csv: is empty'],
    ['id,ancestor_list,origin_time\n', 'a.csv, line 1: the column destruction_time is missing'],
    [`${head}1,[none],0,inf`, 'a.csv, line 2: the last line has no line feed'],
    [`${head}1,[none],0,inf\r\n`, 'a.csv, line 2: ends with a carriage return'],
    [`${head}1,[none],0\n`, 'a.csv, line 2: has 3 fields, but the header has 4'],
    [`${head}-1,[none],0,inf\n`, "a.csv, line 2: id is '-1', not a whole number from 0"],
    [`${head}1,[none],0,inf\n1,[none],0,inf\n`, 'a.csv, line 3: id 1 is listed twice'],
    [`${head}1,[none],x,inf\n`, "a.csv, line 2: origin_time is 'x', not a number"],
    [`${head}1,[none],5,4\n`, 'a.csv, line 2: destruction_time 4 is before origin_time 5'],
    [`${head}1,[],0,inf\n`, "a.csv, line 2: ancestor_list is '[]', not [none] or ids without spaces"],
    [`${head}1,[none],0,inf\n2,"[1, 1]",0,inf\n`, "a.csv, line 3: ancestor_list is '[1, 1]', not [none] or ids without spaces"],
    [`${head}1,[2],0,inf\n2,[none],0,inf\n`, 'a.csv, line 2: the ancestor 2 does not come before it'],
    [`${head}1,[none],7,inf\n2,[1],3,inf\n`, 'a.csv, line 3: the ancestor 1 has the later origin_time 7'],
    [`${head}1,[none],7,inf\n2,"[1,1]",8,inf\n`, 'a.csv, line 3: the ancestor 1 is listed twice'],
    [`${head}1,"[none],7,inf\n`, 'a.csv, line 2: a quote is not closed'],
    ['id,ancestor_list,origin_time,destruction_time,ancestor_id\n', 'a.csv, line 1: the column ancestor_id allows one ancestor'],
  ])('refuses %j', (of, message) => {
    expect(() => check(of)).toThrow(message);
  });

  it('refuses two ancestors in a phylogeny', () => {
    const of = `${head}1,[none],0,inf\n2,[none],0,inf\n3,"[1,2]",1,inf\n`;
    expect(check(of)).toBe(3);
    expect(() => check(of, true)).toThrow('a.csv, line 4: has 2 ancestors; a phylogeny allows one');
  });
});

it('a line or a quoted field without end is refused early, not read to its end', () => {
  const endless = (piece: string) => {
    let read = 0;
    const chunks = function* () {
      for (;;) {
        read++;
        yield new TextEncoder().encode(piece.repeat(100_000));
      }
    };
    return { chunks: chunks(), count: () => read };
  };
  const long = endless('abcdefghij');
  expect(() => [...csvRecords('x.csv', long.chunks)]).toThrow('x.csv, line 1: has more than 4 million characters');
  expect(long.count()).toBeLessThan(10);
  const quoted = endless('a\n');
  const opened = function* () {
    yield new TextEncoder().encode('"');
    yield* quoted.chunks;
  };
  expect(() => [...csvRecords('x.csv', opened())]).toThrow('x.csv, line 1: ');
});
