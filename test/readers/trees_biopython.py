"""Reads files of trees with biopython; tells of every tree the sum of its branch lengths and the depth of every tip."""

import sys

from Bio import Phylo

sys.setrecursionlimit(100_000)
for file in sys.argv[1:]:
    formats = {"nex": "nexus", "nwk": "newick", "phyloxml": "phyloxml"}
    for tree in Phylo.parse(file, formats[file.rsplit(".", 1)[1]]):
        print("tree", file, "%.9f" % sum(clade.branch_length or 0 for clade in tree.find_clades()))
        for clade, depth in tree.depths().items():
            if clade.is_terminal():
                print("tip", clade.name, "%.9f" % depth)
