"""Tells of every species of an export how long it lasted, what it left, and how much history it alone carries.

    python3 lineages.py EXPORT

Needs dendropy and pandas (Debian: python3-dendropy, python3-pandas). Reads phylogeny.csv, species.nwk and
provenance.json.
"""

import json
import sys
from pathlib import Path

import dendropy
import pandas


def main(directory: Path) -> None:
    species = pandas.read_csv(directory / "phylogeny.csv", index_col="taxon_label")
    trees = dendropy.TreeList.get(
        path=directory / "species.nwk", schema="newick", preserve_underscores=True, suppress_internal_node_taxa=True
    )

    # Fair proportion (Redding 2003): each branch is shared evenly by the tips above which it stands.
    alone = {}
    for tree in trees:
        tips = {}
        for node in tree.postorder_node_iter():
            tips[node] = 1 if node.is_leaf() else sum(tips[child] for child in node.child_nodes())
        carried = {}
        for node in tree.preorder_node_iter():
            above = carried[node.parent_node] if node.parent_node else 0
            carried[node] = above + (node.edge_length or 0) / tips[node]
            if node.is_leaf():
                alone[node.taxon.label] = carried[node]

    end = json.loads((directory / "provenance.json").read_text())["ticks"]
    parent = species["ancestor_list"].str.strip("[]")
    table = pandas.DataFrame(
        {
            "population": species["population"],
            "fate": species["fate"],
            "from": species["origin_time"],
            "to": species["destruction_time"].map(lambda tick: "" if tick == float("inf") else f"{tick:.0f}"),
            "lasted": species["destruction_time"].clip(upper=end) - species["origin_time"],
            "peak": species["peak_count"],
            "daughters": species["id"].astype(str).map(parent.value_counts()).fillna(0).astype(int),
            "own_history": pandas.Series(alone).round(1),
        }
    ).sort_values(["own_history", "lasted"], ascending=False)
    print(table.to_string())

    print()
    print(table.groupby("fate").agg(species=("lasted", "size"), mean_ticks=("lasted", "mean"), most_members=("peak", "max")))
    print()
    print(f"{len(trees)} tree(s), {len(alone)} tips, total branch length {sum(tree.length() for tree in trees):.1f} ticks")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("give the directory of an export: python3 lineages.py EXPORT")
    main(Path(sys.argv[1]))
