"""Reads trees of any depth from subtrees, in DendroPy or Biopython, and puts dates and lengths together.

    upslope export RUN --format newick --subtree-depth 150 --out EXPORT
    python3 deep-trees.py EXPORT [organisms or species] [dendropy or biopython]

Both libraries recurse and end with RecursionError on trees some hundred nodes deep. Here each tree is read by itself: a
tip `subtree7` stands for the seventh tree of the file, and the table says at which tick each tree starts. Prints a line for
each tip: its label, the tick at which it lies, and the length from the start of its whole tree. Needs DendroPy or
Biopython (Debian: python3-dendropy, python3-biopython).
"""

import csv
import sys
from pathlib import Path


def subtrees_of_dendropy(path):
    """Of each tree: lengths from the start of the root's branch to every tip, and the sum of all lengths."""
    import dendropy

    for tree in dendropy.Tree.yield_from_files([str(path)], "newick", preserve_underscores=True, suppress_internal_node_taxa=True):
        from_start, tips = {}, {}
        for node in tree.preorder_node_iter():
            above = from_start[node.parent_node] if node.parent_node else 0
            from_start[node] = above + (node.edge_length or 0)
            if node.is_leaf():
                tips[node.taxon.label] = from_start[node]
        yield tips, tree.length()


def subtrees_of_biopython(path):
    """The same with Biopython."""
    from Bio import Phylo

    for tree in Phylo.parse(str(path), "newick"):
        depths = tree.depths()
        yield {tip.name: depths[tip] for tip in tree.get_terminals()}, tree.total_branch_length()


def main(directory, subject="organisms", library="dendropy"):
    read = {"dendropy": subtrees_of_dendropy, "biopython": subtrees_of_biopython}[library]
    with open(directory / f"{subject}.subtrees.csv", newline="") as file:
        table = list(csv.DictReader(file))
    start_of_whole = {row["tree"]: float(row["start_tick"]) for row in table if row["parent"] == ""}
    length = dict.fromkeys(start_of_whole, 0.0)
    # The file has the trees in the order of the table's rows.
    for row, (tips, own_length) in zip(table, read(directory / f"{subject}.subtrees.nwk"), strict=True):
        length[row["tree"]] += own_length
        for label, from_start in tips.items():
            if label.startswith("subtree"):
                continue
            tick = float(row["start_tick"]) + from_start
            print(f"tip {label} {tick:.9f} {tick - start_of_whole[row['tree']]:.9f}")
    print(f"{len(length)} tree(s) from {len(table)} subtrees, total branch length {sum(length.values()):.1f} ticks")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        sys.exit("give the directory of an export: python3 deep-trees.py EXPORT [organisms or species] [dendropy or biopython]")
    main(Path(sys.argv[1]), *sys.argv[2:])
