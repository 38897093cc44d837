import { describe, expect, it } from 'vitest';
import { parseNewick } from '../../../src/export/trees/parse-newick.ts';
import type { TextSource } from '../../../src/export/trees/text-reader.ts';
import { validateExtendedNewick } from '../../../src/export/trees/validate-extended-newick.ts';
import { validateNewick } from '../../../src/export/trees/validate-newick.ts';
import { validateNexus } from '../../../src/export/trees/validate-nexus.ts';

const problem = (validate: (source: TextSource) => unknown, text: TextSource): string => {
  try {
    validate(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('a Newick file', () => {
  it.each([
    ['(A:1,B:2)R:0;\n', { trees: 1, tips: 2, nodes: 3 }],
    ['(A:1,B:2);', { trees: 1, tips: 2, nodes: 3 }],
    ['A;\nB:1e-3;\n\n(C:.5)D:2.;\r\n', { trees: 3, tips: 3, nodes: 4 }],
    [' ( A : 1 , B : 2 ) ; ', { trees: 1, tips: 2, nodes: 3 }],
  ])('%j is right', (text, summary) => {
    expect(validateNewick(text)).toMatchObject(summary);
    expect(validateNewick([...text])).toMatchObject(summary);
    expect(validateNewick(new TextEncoder().encode(text))).toMatchObject(summary);
  });

  it.each([
    ['', 'line 1, column 1: the file has no trees'],
    ['(A:1,B:2)', "line 1, column 10: expected ';', found the end of the file"],
    ['(A:1,B:2', "line 1, column 9: expected ',' or ')', found the end of the file"],
    ['(A:1,B:2;', 'line 1, column 9: the tree ends with 1 bracket open'],
    ['((A:1,B:2;', 'line 1, column 10: the tree ends with 2 brackets open'],
    ['(A:1,B:2));', "line 1, column 10: ')' closes a bracket that was not opened"],
    ['(A:1,:2);', "line 1, column 6: expected a label, found ':'"],
    ['(A:1,);', "line 1, column 6: expected a label, found ')'"],
    ['();', "line 1, column 2: expected a label, found ')'"],
    ['A:1,B:1;', "line 1, column 4: expected ';', found ','"],
    ['A:1;B:1;', "line 1, column 5: expected the end of the line, found 'B'"],
    ['A:1;\n(A:1,C:2);', 'line 2, column 2: label A is listed twice'],
    ['(A:1,B:2)A;', 'line 1, column 10: label A is listed twice'],
    ['(A:1,B);', "line 1, column 7: expected ':' and the length of the branch, found ')'"],
    ['(A:1,B:-2);', 'line 1, column 8: length -2 is negative'],
    ['(A:1,B:x);', "line 1, column 8: length 'x' is not a number"],
    ['(A:1,B:);', "line 1, column 8: length ')' is not a number"],
    ['(A:1,B:Infinity);', "line 1, column 8: length 'Infinity' is not a number"],
    ['(A:1,B:NaN);', "line 1, column 8: length 'NaN' is not a number"],
    ['(A:1,B:1e999);', 'line 1, column 8: length 1e999 is too large for a number'],
    ["(A:1,'B C':2);", "line 1, column 6: expected a label, found '''"],
    ['(A:1,B C:2);', "line 1, column 8: expected ':' and the length of the branch, found 'C'"],
    ['(A:1,[x]B:2);', "line 1, column 6: expected a label, found '['"],
    ['(A:1,\nB:2);', 'line 1, column 6: expected a label, found the end of the line'],
    ['(A:1,\u00e4:2);', 'line 1, column 6: expected a label, found byte 195'],
    ['(A#H1:1,B:2);', "line 1, column 3: expected ':' and the length of the branch, found '#'"],
  ])('%j: %s', (text, message) => {
    expect(problem(validateNewick, text)).toBe(message);
    // The same wherever the chunks are cut.
    expect(problem(validateNewick, [...text])).toBe(message);
  });

  it('has labels and lengths of 1,000 characters at most, and is read no further than that', () => {
    const most = 'x'.repeat(1000);
    expect(validateNewick(`(${most}:${'0'.repeat(1000)},B:2);`)).toMatchObject({ tips: 2 });
    const tooLong = 'a label or number has more than 1,000 characters';
    for (const [text, place] of [
      [`A;\n(A2:1,${most}x:2);`, 'line 2, column 7'],
      [`A;\n(A2:1,B:${'0'.repeat(1001)});`, 'line 2, column 9'],
    ]) {
      expect(problem(validateNewick, text)).toBe(`${place}: ${tooLong}`);
      expect(problem(validateNewick, [...text])).toBe(`${place}: ${tooLong}`);
    }
    let chunks = 0;
    const endless = (function* () {
      for (;;) {
        chunks++;
        yield 'xxxxxxxxxx';
      }
    })();
    expect(problem(validateNewick, endless)).toBe(`line 1, column 1: ${tooLong}`);
    expect(chunks).toBe(101);
  });

  it('becomes a phylogeny', () => {
    const { phylogeny, label } = parseNewick('((A:1,B:2)C:3,D:4.5):0.5;\nE;');
    expect(label).toEqual(['', 'C', 'A', 'B', 'D', 'E']);
    expect([...phylogeny.parent]).toEqual([-1, 0, 1, 1, 0, -1]);
    expect([...phylogeny.origin]).toEqual([0, 0.5, 3.5, 3.5, 0.5, 0]);
    expect([...phylogeny.end]).toEqual([0.5, 3.5, 4.5, 5.5, 5, 0]);
  });
});

describe('a NEXUS file', () => {
  const file = (taxa: string, trees: string) =>
    `#NEXUS\nBegin taxa;\nDimensions ntax=${taxa.split(' ').length};\nTaxLabels ${taxa};\nEnd;\nBegin trees;\n${trees}\nEnd;\n`;

  it('is right whatever its case and white space', () => {
    expect(validateNexus(file('A B C', 'Tree one=[&R](A:1,B:2)R:0;\ntree two = [&R] C;'))).toMatchObject({
      trees: 2,
      tips: 3,
      nodes: 4,
    });
  });

  it.each([
    ['A;', 'line 1, column 1: expected #NEXUS, found A'],
    ['#NEXUS\nBEGIN DATA;', 'line 2, column 7: expected TAXA, found DATA'],
    [file('A B', 'TREE t = [&R] (A:1,B:1);').replace('ntax=2', 'ntax=3'), 'line 3, column 17: NTAX is 3, but there are 2 labels'],
    [file('A A', 'TREE t = [&R] (A:1,B:1);'), 'line 4, column 13: taxon A is listed twice'],
    [file('A B', 'TREE t = (A:1,B:1);'), "line 7, column 10: expected '[', found '('"],
    [file('A B', 'TREE t = [&U] (A:1,B:1);'), "line 7, column 12: expected 'R', found 'U'"],
    [file('A B', 'TREE t = [&R] (A:1,C:1);'), 'line 7, column 20: tip C is not in the TAXA block'],
    [file('A B', 'TREE t = [&R] (A:1,A:1);'), 'line 7, column 20: label A is listed twice'],
    [file('A B', 'TREE t = [&R] (A:1,B:1)B;'), 'line 7, column 24: label B is listed twice'],
    [file('A B', 'TREE t = [&R] (A:1,B:1)R;\nTREE t = [&R] A;'), 'line 8, column 6: tree t is listed twice'],
    [file('A B C', 'TREE t = [&R] (A:1,B:1);'), 'line 9, column 1: the TAXA block names 3 taxa, but the trees have 2 tips'],
    [file('A B', 'TREE t = [&R] (A:1,B:1)'), "line 7, column 24: expected ';', found the end of the line"],
    [file('A B', ''), 'line 9, column 1: the TREES block has no trees'],
    [`${file('A B', 'TREE t = [&R] (A:1,B:1);')}x`, "line 9, column 1: expected the end of the file, found 'x'"],
  ])('%j: %s', (text, message) => {
    expect(problem(validateNexus, text)).toBe(message);
  });
});

describe('an extended Newick file', () => {
  it('of the paper that defines it is right', () => {
    // Cardona, Rossello & Valiente (2008), their running example, with lengths.
    const text = '((1:1,((2:1,(3:1,(4:1)Y#H1:1)g:1)e:1,(((Y#H1:1,5:1)h:1,6:1)f:1)X#H2:1)c:1)a:1,((X#H2:1,7:1)d:1,8:1)b:1)r;';
    expect(validateExtendedNewick(text)).toMatchObject({ trees: 1, tips: 8, nodes: 21, hybrids: 2 });
  });

  it.each([
    ['((A:1)#H1:1,(#H1:2,B:1):1);', 'none'],
    ['((A:1)x#H1:1,(x#H1:2,B:1):1,x#H1:0);', 'none'],
    ['((A:1)x#H1:1,B:1);', 'line 1, column 1: hybrid #H1 appears only once'],
    ['((x#H1:1,A:1):1,x#H1:1);', 'line 1, column 1: hybrid #H1 has no subtree'],
    ['((A:1)x#H1:1,(B:1)x#H1:1);', 'line 1, column 19: hybrid x#H1 has its subtree twice'],
    ['((A:1)x#H1:1,y#H1:1);', 'line 1, column 14: hybrid y#H1 has another name earlier in the file'],
    ['((A:1)x#H1:1,#H1:1);', 'line 1, column 14: hybrid #H1 has another name earlier in the file'],
    ['((A:1)x#1:1,x#1:1);', "line 1, column 7: label x#1: '#' must be followed by H and a number"],
    ['((x:1)x#H1:1,x#H1:1);', 'line 1, column 7: label x is listed twice'],
    ['((A:1)x#H1:1,(x#H1:1,x:1):1);', 'line 1, column 22: label x is listed twice'],
    ['((A:1)x#H1:1,B:1);\n(x#H1:1,C:1);', 'line 1, column 1: hybrid #H1 appears only once'],
    ['((A:1,x#H1:1)x#H1:1,B:1);', 'line 1, column 1: a node of the network descends from itself'],
    ['((A:1,#H2:1)#H1:1,(B:1,#H1:1)#H2:1);', 'line 1, column 1: a node of the network descends from itself'],
  ])('%j: %s', (text, message) => {
    expect(problem(validateExtendedNewick, text)).toBe(message);
  });
});
