// PhyloXML: what is written, that any text survives it, and what the strict check refuses.
import { describe, expect, it } from 'vitest';
import { decimal, type PhyloxmlOptions, writePhyloxml } from '../../../src/export/trees/phyloxml.ts';
import { validatePhyloxml } from '../../../src/export/trees/validate-phyloxml.ts';
import { XmlReader } from '../../../src/export/trees/xml-reader.ts';
import { xmlText } from '../../../src/export/xml-text.ts';
import { caterpillar, makeTree, written } from './make-tree.ts';

const alive = Infinity;
/** a bears b at 2; b ends at 9; c is alone. */
const family = makeTree([
  [-1, 0, alive],
  [0, 2, 9],
  [-1, 1, 7],
]);
const phyloxml = (options: Partial<PhyloxmlOptions> = {}, tree = family) =>
  written((sink) =>
    writePhyloxml(tree, { present: 10, label: (node) => 'abc'[node], title: 'Species of meadow', ...options }, sink),
  );
const clades = (text: string) => text.split('\n').filter((line) => line.startsWith('<clade>'));

/** Texts that break careless writers of XML. */
const hostile = [
  'A & B < C > "D" \'E\'',
  ']]> <!-- x --> <?x?> &amp; &#65;',
  ' two  spaces, tab\tline\nreturn\r',
  'astral \u{1F9EC}\u{10FFFD}, accents é ß, 漢字',
];
/** Texts with characters that XML cannot hold, and what is written instead. */
const impossible = [
  ['bell \u0007 null \u0000 escape \u001b', 'bell \ufffd null \ufffd escape \ufffd'],
  ['half \ud83e of a pair, other half \udd91', 'half \ufffd of a pair, other half \ufffd'],
  ['not characters \ufffe \uffff', 'not characters \ufffd \ufffd'],
] as const;

/** Names of clades in a file, read again. */
function namesIn(text: string): string[] {
  const names: string[] = [];
  validatePhyloxml(text, { label: (label) => names.push(label), tree: () => undefined });
  return names;
}

describe('PhyloXML', () => {
  it('has a rooted phylogeny for each tree, with lengths and dates in ticks', () => {
    expect(phyloxml()).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<phyloxml xmlns="http://www.phyloxml.org" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.phyloxml.org http://www.phyloxml.org/1.20/phyloxml.xsd">',
        '<phylogeny rooted="true" rerootable="false" branch_length_unit="tick">',
        '<name>tree1</name><description>Species of meadow</description>',
        '<clade><branch_length>2</branch_length><date unit="tick"><value>2</value></date>',
        '<clade><name>a</name><branch_length>8</branch_length><date unit="tick"><value>10</value></date></clade>',
        '<clade><name>b</name><branch_length>7</branch_length><date unit="tick"><value>9</value></date></clade>',
        '</clade>',
        '</phylogeny>',
        '<phylogeny rooted="true" rerootable="false" branch_length_unit="tick">',
        '<name>tree2</name><description>Species of meadow</description>',
        '<clade><name>c</name><branch_length>6</branch_length><date unit="tick"><value>7</value></date></clade>',
        '</phylogeny>',
        '</phyloxml>',
        '',
      ].join('\n'),
    );
    expect(validatePhyloxml(phyloxml())).toEqual({ trees: 2, tips: 3, nodes: 4, deepest: 1, chains: 0 });
  });

  it('says of a line what is known: species, facts and traits; without numbers that are not finite', () => {
    const text = phyloxml({
      describe: (node) => ({
        species: { id: node, name: node === 1 ? 'Lanaro' : undefined },
        properties: [
          { name: 'body_size', type: 'xsd:double', unit: 'length', value: 1.5 },
          { name: 'drag', type: 'xsd:double', unit: '1/tick', value: -1e-7 },
          { name: 'unknown', type: 'xsd:double', value: Number.NaN },
          { name: 'fate', type: 'xsd:string', value: 'a < b' },
        ],
      }),
    });
    expect(clades(text)[2]).toBe(
      '<clade><name>b</name><branch_length>7</branch_length><taxonomy><id provider="upslope">1</id><scientific_name>Lanaro</scientific_name><rank>species</rank></taxonomy><date unit="tick"><value>9</value></date>' +
        '<property ref="upslope:body_size" unit="upslope:length" datatype="xsd:double" applies_to="clade">1.5</property>' +
        '<property ref="upslope:drag" datatype="xsd:double" applies_to="clade">-1e-7</property>' +
        '<property ref="upslope:fate" datatype="xsd:string" applies_to="clade">a &lt; b</property></clade>',
    );
    // The stem of a and b is neither of them.
    expect(clades(text)[0]).not.toContain('property');
    expect(validatePhyloxml(text).tips).toBe(3);
  });

  it.each(hostile)('%j is read again as it was, as a name, a title and a value', (name) => {
    const text = phyloxml({
      label: (node) => `${node} ${name}`,
      title: name,
      describe: () => ({ properties: [{ name: 'x', type: 'xsd:string', value: name }] }),
    });
    expect(namesIn(text)).toEqual([0, 1, 2].map((node) => `${node} ${name}`));
    const texts: string[] = [];
    const reader = new XmlReader(text);
    for (let event = reader.next(); event !== 'end'; event = reader.next()) if (event === 'text') texts.push(reader.text);
    expect(texts.filter((one) => one === name)).toHaveLength(2 + 3);
  });

  it.each(impossible)('%j becomes %j', (name, shown) => {
    const text = phyloxml({ label: (node) => `${node} ${name}` });
    expect(namesIn(text)).toEqual([0, 1, 2].map((node) => `${node} ${shown}`));
  });

  it('an attribute keeps tabs and line ends', () => {
    const reader = new XmlReader(`<a b="${xmlText('1\t2\r\n3')}"/>`);
    expect(reader.next()).toBe('open');
    expect(reader.attributes.get('b')).toBe('1\t2\r\n3');
    expect([reader.next(), reader.next()]).toEqual(['close', 'end']);
  });

  it('20,000 lines, each a child of the one before, whole and in subtrees', () => {
    const deep = caterpillar(20_000);
    const options = { present: 20_000, label: (node: number) => `o${node}` };
    expect(validatePhyloxml(phyloxml(options, deep))).toMatchObject({ trees: 1, tips: 20_000, nodes: 39_999 });
    const cut = validatePhyloxml(phyloxml({ ...options, subtreeDepth: 150 }, deep));
    expect(cut.deepest).toBe(150);
    expect(cut.tips).toBe(20_000 + cut.trees - 1);
  });

  it('writes dates without exponents, which their type does not have', () => {
    expect([0, 7, -2.5, 1e-7, -1e-7, 1e21].map(decimal)).toEqual([
      '0',
      '7',
      '-2.5',
      expect.stringMatching(/^0\.0000000(99999999999|1$)\d*$/),
      expect.stringMatching(/^-0\.0000000(99999999999|1$)\d*$/),
      '1000000000000000000000',
    ]);
    expect(Number(decimal(1e-7))).toBe(1e-7);
  });

  it('refuses no tree, and a property that PhyloXML cannot name', () => {
    expect(() => phyloxml({}, makeTree([]))).toThrow('PhyloXML: no tree to write');
    const describe = () => ({ properties: [{ name: 'body size', type: 'xsd:double', value: 1 } as const] });
    expect(() => phyloxml({ describe })).toThrow('property "body size": use letters');
  });
});

describe('the check of PhyloXML', () => {
  const file = (inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<phyloxml xmlns="http://www.phyloxml.org">${inner}</phyloxml>`;
  const tree = (inner: string) => file(`<phylogeny rooted="true">${inner}</phylogeny>`);
  const tip = '<clade><name>a</name><branch_length>1</branch_length></clade>';
  const clade = (inner: string) => tree(`<clade><name>a</name><branch_length>1</branch_length>${inner}</clade>`);

  it.each([
    [tree(tip), undefined],
    [tree(`<!-- a comment -->${tip}`), undefined],
    ['', "line 1, column 1: expected '<?xml', found the end of the file"],
    [`\ufeff${tree(tip)}`, "line 1, column 1: expected '<?xml', found byte 239"],
    ['<?xml version="1.1"?>', 'the XML declaration must be'],
    ['<?xml version="1.0"?>', 'the file has no element'],
    ['<!DOCTYPE x [<!ENTITY a "b">]>', 'document types and CDATA sections are not read'],
    [clade('<![CDATA[x]]>'), 'document types and CDATA sections are not read'],
    [tree('<?php x ?>'), 'processing instructions are not read'],
    [tree('<!-- a -- b -->'), "'--' must not occur in a comment"],
    [`${tree(tip)}<b/>`, 'a second element outside of all others'],
    [`${tree(tip)} x`, 'a text outside of all elements'],
    [tree(tip).slice(0, -11), '<phyloxml> is not closed'],
    [tree(tip).replace('</name>', '</nme>'), '</nme> where <name> is open'],
    ['<nexml/>', 'the first element is <nexml>, not <phyloxml>'],
    [file(''), 'the file has no trees'],
    [file('<phylogeny rooted="true"/>'), 'the phylogeny has no clade'],
    [file(`<phylogeny rooted="false">${tip}</phylogeny>`), 'rooted of <phylogeny> must not be "false"'],
    [file(`<phylogeny>${tip}</phylogeny>`), '<phylogeny> lacks the attribute rooted'],
    [tree(tip).replace('www.phyloxml.org', 'example.org'), 'xmlns of <phyloxml> must not be'],
    [tree(`${tip}${tip}`), '<clade> is given twice in <phylogeny>'],
    [tree(`${tip}<name>x</name>`), '<name> comes after <clade> in <phylogeny>'],
    [tree('<clade><branch_length>1</branch_length></clade>'), 'a tip lacks its name'],
    [tree('<clade><name>a</name></clade>'), 'a clade lacks its branch_length'],
    [tree('<clade><name></name><branch_length>1</branch_length></clade>'), 'a name is empty'],
    [clade(tip), 'name "a" is listed twice'],
    [clade('<sequence/>'), '<sequence> is not one of the elements that Upslope writes in <clade>'],
    [clade('text'), 'a text in <clade>, which has elements only'],
    [tree(tip).replace('>1<', '>-1<'), 'branch_length -1 is negative'],
    [tree(tip).replace('>1<', '>1e999<'), 'branch_length "1e999" is not a number'],
    [tree(tip).replace('>1<', '>0x1<'), 'branch_length "0x1" is not a number'],
    [clade('<date><value>x</value></date>'), 'date "x" is not a decimal number'],
    [clade('<date><value>1e3</value></date>'), 'date "1e3" is not a decimal number'],
    [
      clade(
        '<date><value>5</value></date><clade><name>b</name><branch_length>2</branch_length><date><value>8</value></date></clade>',
      ),
      'date 8 is not that of its parent plus branch_length, 7',
    ],
    [clade('<property ref="x" datatype="xsd:double" applies_to="clade">1</property>'), 'ref of <property> must not be "x"'],
    [clade('<property ref="u:x" datatype="xsd:float" applies_to="clade">1</property>'), 'datatype of <property> must not be'],
    [clade('<property ref="u:x" datatype="xsd:double" applies_to="clade">one</property>'), 'property "one" is not a number'],
    [clade('<property ref="u:x" datatype="xsd:integer" applies_to="clade">1.5</property>'), 'is not a whole number'],
    [clade('<property ref="u:x" ref="u:y"/>'), 'attribute ref of <property> is given twice'],
    [tree(tip).replace('>a<', '>a&nbsp;<'), '"&nbsp;" is not a reference that XML defines'],
    [tree(tip).replace('>a<', '>a & b<'), 'is not a reference that XML defines'],
    [tree(tip).replace('>a<', '>&#0;<'), '"&#0;" is not a reference that XML defines'],
    [tree(tip).replace('>a<', '>\u0001<'), 'character 1 must not occur in XML'],
    [tree(tip).replace('>a<', '>a]]>b<'), "']]>' must not occur in a text"],
    [tree(tip).replace('"true"', '"<"'), "'<' must not occur in an attribute"],
  ])('%s', (text, problem) => {
    if (problem === undefined) expect(validatePhyloxml(text).trees).toBe(1);
    else expect(() => validatePhyloxml(text)).toThrow(problem);
  });

  it('refuses bytes that are not UTF-8, wherever a chunk ends', () => {
    const encoded = new TextEncoder().encode(tree(tip));
    const wrong = encoded.slice();
    wrong[new TextDecoder().decode(encoded).indexOf('>a<') + 1] = 0xff;
    expect(() => validatePhyloxml(wrong)).toThrow('bytes that are not UTF-8');
    const parts = Array.from(encoded, (_, i) => encoded.subarray(i, i + 1));
    expect(validatePhyloxml(parts).tips).toBe(1);
  });
});
