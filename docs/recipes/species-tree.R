# Draws the dated tree of species of an export, and the number of lines through time.
#
#   Rscript species-tree.R EXPORT [picture.pdf or picture.png]
#
# Needs ape (Debian: r-cran-ape). Reads species.nwk and phylogeny.csv; writes species-tree.pdf into EXPORT unless told.
suppressMessages(library(ape))

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 1) stop("give the directory of an export: Rscript species-tree.R EXPORT [picture]")
directory <- arguments[1]
picture <- if (length(arguments) > 1) arguments[2] else file.path(directory, "species-tree.pdf")

# Of several first species (one a population) the tree with the most tips is drawn.
trees <- read.tree(file.path(directory, "species.nwk"), keep.multi = TRUE)
tree <- trees[[which.max(sapply(trees, Ntip))]]
species <- read.csv(file.path(directory, "phylogeny.csv"))
species <- species[match(tree$tip.label, species$taxon_label), ]
stem <- if (is.null(tree$root.edge)) 0 else tree$root.edge
start <- min(species$origin_time)
end <- start + stem + max(if (Ntip(tree) > 1) node.depth.edgelength(tree) else sum(tree$edge.length))

# Lines that live at each tick at which one begins or ends.
ticks <- sort(unique(c(species$origin_time, species$destruction_time[is.finite(species$destruction_time)], end)))
lines <- sapply(ticks, function(tick) sum(species$origin_time <= tick & species$destruction_time > tick))

cat(sprintf("%d species, %d of them living, %d extinct, %d merged\n", nrow(species), sum(species$fate == "living"),
  sum(species$fate == "extinct"), sum(species$fate == "merged")))
cat(sprintf("most at a time: %d, at tick %d\n", max(lines), ticks[which.max(lines)]))
print(data.frame(tick = ticks, species = lines), row.names = FALSE)

if (grepl("\\.png$", picture)) png(picture, width = 1400, height = 900, res = 130, type = "cairo") else pdf(picture, width = 11, height = 7)
layout(matrix(1:2, ncol = 1), heights = c(3, 2))
colours <- c(living = "#1b6e3c", extinct = "#8a8a8a", merged = "#b35c00")
par(mar = c(4, 4, 2, 8), xpd = NA)
if (Ntip(tree) > 1) {
  plot(tree, root.edge = TRUE, tip.color = colours[species$fate], cex = min(1, 40 / Ntip(tree)), label.offset = (end - start) / 200)
  at <- pretty(c(start, end))
  at <- at[at >= start & at <= end]
  axis(1, at = at - start, labels = at)
  legend("topright", inset = c(-0.12, 0), names(colours), text.col = colours, bty = "n")
} else {
  plot.new()
  text(0.5, 0.5, "one species, no tree")
}
title("Species", xlab = "tick")
par(mar = c(4, 4, 1, 8))
plot(ticks, lines, type = "s", xlim = c(start, end), ylim = c(0, max(lines)), xlab = "tick", ylab = "species", bty = "l")
invisible(dev.off())
cat("drawn into", picture, "\n")
