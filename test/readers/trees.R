# Reads files of trees with ape; tells of every tree the sum of its branch lengths and the depth of every tip.
suppressMessages(library(ape))
options(digits = 15)
for (file in commandArgs(trailingOnly = TRUE)) {
  trees <- if (grepl("\\.nex$", file)) read.nexus(file) else read.tree(file)
  if (inherits(trees, "phylo")) trees <- list(trees)
  for (i in seq_along(trees)) {
    tree <- trees[[i]]
    stem <- if (is.null(tree$root.edge)) 0 else tree$root.edge
    cat(sprintf("tree %s %.9f\n", file, stem + sum(tree$edge.length)))
    depth <- node.depth.edgelength(tree) + stem
    cat(sprintf("tip %s %.9f\n", tree$tip.label, depth[seq_along(tree$tip.label)]), sep = "")
  }
}
