// The strict check of PhyloXML files.

import { LabelTable } from './label-table.ts';
import { phyloxmlNamespace, propertyTypes } from './phyloxml.ts';
import { TreeColumns } from './read-tree.ts';
import type { TextSource } from './text-reader.ts';
import { type TreeTextSummary, TreeTotals, type TreeVisitor } from './validate-newick.ts';
import { XmlReader } from './xml-reader.ts';

const many = Number.POSITIVE_INFINITY;

/** Elements inside an element, in their order, each with the greatest number of it: what we write of the schema PhyloXML 1.20. */
const inside: Readonly<Record<string, readonly (readonly [name: string, most: number])[]>> = {
  phyloxml: [['phylogeny', many]],
  phylogeny: [
    ['name', 1],
    ['description', 1],
    ['clade', 1],
  ],
  clade: [
    ['name', 1],
    ['branch_length', 1],
    ['taxonomy', 1],
    ['date', 1],
    ['property', many],
    ['clade', many],
  ],
  taxonomy: [
    ['id', 1],
    ['scientific_name', 1],
    ['rank', 1],
  ],
  date: [['value', 1]],
};

/** Attributes of elements: those that must be given, then others. */
const attributesOf: Readonly<Record<string, readonly [required: readonly string[], others: readonly string[]]>> = {
  phyloxml: [['xmlns'], ['xmlns:xsi', 'xsi:schemaLocation']],
  phylogeny: [['rooted'], ['rerootable', 'branch_length_unit']],
  id: [[], ['provider']],
  date: [[], ['unit']],
  property: [['ref', 'datatype', 'applies_to'], ['unit']],
};

const reference = /^[a-zA-Z0-9_]+:[a-zA-Z0-9_.\- ]+$/;
/** Rules for the values of attributes. */
const attributeRules: Readonly<Record<string, (value: string) => boolean>> = {
  xmlns: (value) => value === phyloxmlNamespace,
  rooted: (value) => value === 'true',
  rerootable: (value) => value === 'true' || value === 'false',
  ref: (value) => reference.test(value),
  datatype: (value) => (propertyTypes as readonly string[]).includes(value),
  applies_to: (value) => ['phylogeny', 'clade', 'node', 'annotation', 'parent_branch', 'other'].includes(value),
};

const double = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** The type of dates, which has no exponents. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const isDouble = (text: string) => double.test(text) && Number.isFinite(Number(text));

/** A clade that is open. */
interface OpenClade {
  readonly node: number;
  name: string;
  date: number;
  hasLength: boolean;
  hasChildren: boolean;
}

/**
 * Checks a PhyloXML file: well-formed XML in UTF-8; elements that Upslope writes, in the order of the schema, with their attributes; a
 * length, finite and not negative, for every clade, and a name, each once in the file, for every tip; dates that follow from the
 * parent's and the length; properties with references of the schema's pattern and values of their type. Throws TreeTextError at the
 * first problem. Accepts the text whole or in chunks. A tree of one clade counts as one branch deep, as in the other formats.
 */
export function validatePhyloxml(source: TextSource, visitor?: TreeVisitor): TreeTextSummary {
  const reader = new XmlReader(source);
  const labels = new LabelTable();
  const totals = new TreeTotals();
  /** For each open element its name, and place and number of the last element inside it. */
  const stack: { readonly name: string; place: number; times: number; text: string; readonly datatype: string }[] = [];
  const clades: OpenClade[] = [];
  let columns = new TreeColumns();
  let tips = 0;

  for (let event = reader.next(); event !== 'end'; event = reader.next()) {
    const parent = stack.at(-1);
    if (event === 'open') {
      const { name } = reader;
      enter(parent, name);
      checkAttributes(name);
      stack.push({ name, place: -1, times: 0, text: '', datatype: reader.attributes.get('datatype') ?? '' });
      if (name === 'phylogeny') [columns, tips] = [new TreeColumns(), 0];
      if (name === 'clade') openClade();
    } else if (event === 'text') {
      if (parent === undefined || inside[parent.name]) reader.fail(`a text in <${parent?.name}>, which has elements only`);
      (parent as { text: string }).text += reader.text;
    } else {
      const done = stack.pop() as NonNullable<typeof parent>;
      if (done.name === 'clade') closeClade();
      else if (done.name === 'phylogeny') {
        if (columns.count === 0) reader.fail('the phylogeny has no clade');
        columns.deepest = Math.max(1, columns.deepest);
        totals.add(columns, tips);
        visitor?.tree(columns, tips);
      } else if (!inside[done.name]) takeText(done.name, stack.at(-1)?.name ?? '', done.text, done.datatype);
    }
  }
  if (totals.trees === 0) reader.fail('the file has no trees');
  return totals.summary;

  function enter(parent: (typeof stack)[number] | undefined, name: string): void {
    if (parent === undefined) {
      if (name !== 'phyloxml') reader.fail(`the first element is <${name}>, not <phyloxml>`);
      return;
    }
    const place = inside[parent.name]?.findIndex(([one]) => one === name) ?? -1;
    if (place < 0) reader.fail(`<${name}> is not one of the elements that Upslope writes in <${parent.name}>`);
    if (place < parent.place) reader.fail(`<${name}> comes after <${inside[parent.name][parent.place][0]}> in <${parent.name}>`);
    parent.times = place === parent.place ? parent.times + 1 : 1;
    parent.place = place;
    if (parent.times > inside[parent.name][place][1]) reader.fail(`<${name}> is given twice in <${parent.name}>`);
  }

  function checkAttributes(name: string): void {
    const [required, others] = attributesOf[name] ?? [[], []];
    for (const [attribute, value] of reader.attributes) {
      if (!required.includes(attribute) && !others.includes(attribute)) {
        reader.fail(`<${name}> has an attribute ${attribute} that Upslope does not write`);
      }
      const holds = name === 'property' && attribute === 'unit' ? attributeRules.ref : attributeRules[attribute];
      if (holds && !holds(value)) reader.fail(`${attribute} of <${name}> must not be ${JSON.stringify(value.slice(0, 80))}`);
    }
    const missing = required.find((attribute) => !reader.attributes.has(attribute));
    if (missing) reader.fail(`<${name}> lacks the attribute ${missing}`);
  }

  function openClade(): void {
    const above = clades.at(-1);
    if (above) {
      if (!above.hasLength) reader.fail('a clade lacks its branch_length');
      above.hasChildren = true;
    }
    const node = columns.add(above ? above.node : -1);
    columns.deepest = Math.max(columns.deepest, clades.length);
    clades.push({ node, name: '', date: Number.NaN, hasLength: false, hasChildren: false });
  }

  function closeClade(): void {
    const { node, name, hasLength, hasChildren } = clades.pop() as OpenClade;
    if (!hasLength) reader.fail('a clade lacks its branch_length');
    if (!hasChildren) {
      if (name === '') reader.fail('a tip lacks its name');
      tips++;
    }
    if (name !== '') visitor?.label(name, node, !hasChildren);
  }

  function takeText(name: string, parent: string, text: string, datatype: string): void {
    const clade = clades.at(-1);
    const shown = JSON.stringify(text.slice(0, 80));
    if (name === 'name' && parent === 'clade' && clade) {
      // LabelTable takes ASCII only.
      if (labels.add(/[^ -$&-~]/.test(text) ? encodeURIComponent(text) : text) < 0) reader.fail(`name ${shown} is listed twice`);
      if (text === '') reader.fail('a name is empty');
      clade.name = text;
    }
    if (name === 'branch_length' && clade) {
      if (!isDouble(text)) reader.fail(`branch_length ${shown} is not a number`);
      if (Number(text) < 0) reader.fail(`branch_length ${text} is negative`);
      columns.length[clade.node] = Number(text);
      clade.hasLength = true;
    }
    if (name === 'value' && clade) {
      if (!decimal.test(text)) reader.fail(`date ${shown} is not a decimal number`);
      clade.date = Number(text);
      const above = clades.at(-2);
      const expected = (above?.date ?? Number.NaN) + columns.length[clade.node];
      if (Math.abs(clade.date - expected) > 1e-9 * Math.max(1, Math.abs(expected))) {
        reader.fail(`date ${text} is not that of its parent plus branch_length, ${expected}`);
      }
    }
    if (name === 'property') {
      if (datatype === 'xsd:double' && !isDouble(text)) reader.fail(`property ${shown} is not a number`);
      if (datatype === 'xsd:integer' && !/^[+-]?\d+$/.test(text)) reader.fail(`property ${shown} is not a whole number`);
    }
    if (name === 'rank' && text !== 'species') reader.fail(`rank ${shown} is not species`);
  }
}
