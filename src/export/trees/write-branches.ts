import type { Branches } from './branches.ts';
import { childChains } from './child-chains.ts';
import type { TextSink } from './text-sink.ts';

/**
 * Writes every tree of a forest as Newick text: `before` a tree's text, then the tree, `;` and a line break. Not recursive:
 * lines of 100,000 single descendants are normal. A tree of one node is written as `(a:6):0;`, with a root of its own: ape and
 * Biopython do not read `a:6;`, and would refuse the whole forest.
 */
export function writeBranches(
  { count, parent, length }: Pick<Branches, 'count' | 'parent' | 'length'>,
  label: (node: number) => string,
  out: TextSink,
  before: (tree: number) => string = () => '',
): void {
  const { first, next } = childChains({ count, parent });
  let trees = 0;
  for (let root = 0; root < count; root++) {
    if (parent[root] >= 0) continue;
    out.write(before(trees++));
    if (first[root] < 0) {
      out.write(`(${label(root)}:${length[root]}):0;\n`);
      continue;
    }
    let node = root;
    for (;;) {
      while (first[node] >= 0) {
        out.write('(');
        node = first[node];
      }
      out.write(`${label(node)}:${length[node]}`);
      while (node !== root && next[node] < 0) {
        node = parent[node];
        out.write(`)${label(node)}:${length[node]}`);
      }
      if (node === root) break;
      out.write(',');
      node = next[node];
    }
    out.write(';\n');
  }
}
