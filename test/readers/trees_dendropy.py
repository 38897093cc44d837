"""Reads files of trees with dendropy; tells of every tree the sum of its branch lengths and the depth of every tip."""

import sys

import dendropy

sys.setrecursionlimit(100_000)
for file in sys.argv[1:]:
    schema = "nexus" if file.endswith(".nex") else "newick"
    for tree in dendropy.TreeList.get(path=file, schema=schema, preserve_underscores=True, suppress_internal_node_taxa=True):
        print("tree", file, "%.9f" % sum(node.edge_length or 0 for node in tree))
        depth = {}
        for node in tree.preorder_node_iter():
            depth[node] = (depth[node.parent_node] if node.parent_node else 0) + (node.edge_length or 0)
            if node.is_leaf():
                print("tip", node.taxon.label, "%.9f" % depth[node])
