import type { Tree } from '../../analysis/tree/tree.ts';

/** True for a label that all readers of trees accept without quotes. */
export function isLabel(text: string): boolean {
  return /^[A-Za-z0-9_.-]+$/.test(text);
}

/**
 * Labels of a tree's nodes, each checked when it is requested; ids by default. Throws RangeError for a label that readers
 * cannot read.
 */
export function labelsOf({ id }: Pick<Tree, 'id'>, label?: (node: number) => string): (node: number) => string {
  return (node) => {
    const text = label ? label(node) : String(id[node]);
    if (isLabel(text)) return text;
    throw new RangeError(`tree: label ${JSON.stringify(text)} of node ${node}: use letters, digits, '_', '.' and '-' only`);
  };
}
