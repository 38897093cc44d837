"""The ancestry of every locus of a run, for tskit: how many founders have left genes, and how deep the trees of loci are.

    upslope run meadow --ticks 2000 --out runs/first
    python3 lineage_to_tskit.py runs/first

Needs upslope.py (assets/upslope.py of the package), pandas and pyarrow. Where tskit is installed, trees are counted too.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "assets"))
import upslope  # noqa: E402


def main(folder):
    run = upslope.Run(folder)
    tables = run.lineage()
    nodes, edges = tables["nodes"], tables["edges"]
    print(f"{run.scene['name']}: {len(nodes)} nodes, {len(edges)} edges, {int(nodes['is_sample'].sum())} samples")

    # From the samples back, locus 0 only: a node has at most one parent there.
    parent = edges[edges["left"] == 0].set_index("child")["parent"].to_dict()
    line = set(nodes.index[nodes["is_sample"] == 1])
    steps = 0
    while any(node in parent for node in line):
        line = {parent.get(node, node) for node in line}
        steps += 1
    print(f"locus 0: {len(line)} founders have left it, after at most {steps} generations")

    try:
        sequence = run.tree_sequence()
    except ImportError as error:
        print(f"no tree sequence: {error}")
        return
    print(f"{sequence.num_trees} trees along the genome; the first has {sequence.first().num_roots} roots")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("give the folder of a run: python3 lineage_to_tskit.py RUN")
    try:
        main(sys.argv[1])
    except (upslope.UpslopeError, ImportError) as error:
        sys.exit(str(error))
