// PhyloXML: trees with species, dates and traits, for programs that draw them.
import type { Tree } from '../../analysis/tree/tree.ts';
import type { Sink } from '../export-table.ts';
import { xmlText } from '../xml-text.ts';
import { branchesOf, branchLabels, subtreeLabel, type TreeOptions } from './branches.ts';
import { childChains } from './child-chains.ts';
import { TextSink } from './text-sink.ts';

/** Namespace of all elements. */
export const phyloxmlNamespace = 'http://www.phyloxml.org';

/** Types of the values of properties. */
export const propertyTypes = ['xsd:double', 'xsd:integer', 'xsd:string'] as const;

/** A measure or a fact of an organism or species. */
export interface CladeProperty {
  /** Letters, digits, `_`, `.` and `-`. */
  readonly name: string;
  readonly type: (typeof propertyTypes)[number];
  /** Left out where it has other signs than names have. */
  readonly unit?: string;
  /** A number that is not finite is left out. */
  readonly value: number | string;
}

/** What a file says of an organism or species, besides its name, branch and date. */
export interface CladeText {
  readonly species?: { readonly id: number; readonly name: string | undefined };
  readonly properties: readonly CladeProperty[];
}

export interface PhyloxmlOptions extends TreeOptions {
  /** What the trees are of, for people: any text. */
  readonly title: string;
  /** What is said of a node of the tree, at the branch that has its label. */
  readonly describe?: (node: number) => CladeText;
}

/** A finite number without an exponent, as dates are. */
export function decimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(100).replace(/0+$/, '') : String(BigInt(value));
}

const nameSigns = /^[A-Za-z0-9_.-]+$/;

/**
 * Writes a forest as PhyloXML 1.20 (Han & Zmasek 2009, BMC Bioinformatics 10: 356): a `phylogeny` for each tree, rooted, with branch
 * lengths and dates in ticks. A clade has the label of its line as `name`, any text, escaped; the tick at which its branch ends as
 * `date`; its species as `taxonomy`; the rest as `property` with references `upslope:NAME`. There are no confidences: the trees are
 * recorded, not inferred. With `subtreeDepth` a tip `subtree2` represents the second phylogeny. Not recursive. Throws RangeError for a
 * forest without trees and for a name of a property that PhyloXML cannot hold.
 */
export function writePhyloxml(tree: Tree, options: PhyloxmlOptions, sink: Sink): void {
  if (tree.count === 0) throw new RangeError('PhyloXML: no tree to write');
  const branches = branchesOf(tree, options);
  const { count, parent, length, line, start, subtree } = branches;
  const { first, next } = childChains(branches);
  const label = branchLabels(branches, options.label ?? ((node) => String(tree.id[node])));
  const out = new TextSink(sink);
  const schema = `${phyloxmlNamespace} ${phyloxmlNamespace}/1.20/phyloxml.xsd`;
  out.write(
    `<?xml version="1.0" encoding="UTF-8"?>\n<phyloxml xmlns="${phyloxmlNamespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${schema}">\n`,
  );
  const title = xmlText(options.title);
  const open = (node: number) => {
    const name = label(node);
    const named = name === '' ? '' : `<name>${xmlText(name)}</name>`;
    const text = line[node] < 0 || subtree[node] >= 0 ? undefined : options.describe?.(line[node]);
    out.write(
      `<clade>${named}<branch_length>${length[node]}</branch_length>${taxonomy(text)}<date unit="tick"><value>${decimal(start[node] + length[node])}</value></date>${(text?.properties ?? []).map(property).join('')}`,
    );
  };
  let trees = 0;
  for (let root = 0; root < count; root++) {
    if (parent[root] >= 0) continue;
    const name = options.subtreeDepth === undefined ? `tree${trees + 1}` : subtreeLabel(trees);
    trees++;
    out.write(
      `<phylogeny rooted="true" rerootable="false" branch_length_unit="tick">\n<name>${name}</name><description>${title}</description>\n`,
    );
    let node = root;
    for (;;) {
      open(node);
      if (first[node] >= 0) {
        out.write('\n');
        node = first[node];
        continue;
      }
      out.write('</clade>\n');
      while (node !== root && next[node] < 0) {
        node = parent[node];
        out.write('</clade>\n');
      }
      if (node === root) break;
      node = next[node];
    }
    out.write('</phylogeny>\n');
  }
  out.write('</phyloxml>\n');
  out.flush();
}

function taxonomy(text: CladeText | undefined): string {
  if (text?.species === undefined) return '';
  const { id, name } = text.species;
  const named = name === undefined ? '' : `<scientific_name>${xmlText(name)}</scientific_name>`;
  return `<taxonomy><id provider="upslope">${id}</id>${named}<rank>species</rank></taxonomy>`;
}

function property({ name, type, unit, value }: CladeProperty): string {
  if (!nameSigns.test(name)) {
    throw new RangeError(`PhyloXML: property ${JSON.stringify(name)}: use letters, digits, '_', '.' and '-' only`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return '';
  const measured = unit !== undefined && nameSigns.test(unit) ? ` unit="upslope:${unit}"` : '';
  const text = typeof value === 'number' ? String(value) : xmlText(value);
  return `<property ref="upslope:${name}"${measured} datatype="${type}" applies_to="clade">${text}</property>`;
}
