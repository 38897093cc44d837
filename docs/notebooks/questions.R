# Twelve questions about a run, answered with R: README.md lists them.
#
#   Rscript questions.R RUN STATS [POPULATION [LOCUS]]
#
# RUN is the folder of a run made with --csv, or of an export with the format csv; STATS that of `upslope stats RUN --csv --out`,
# for question 12. POPULATION is the first by default, LOCUS the position of the locus of question 4, 0 by default. No packages
# are needed. Prints question, item and value, tabs between.

words <- commandArgs(trailingOnly = TRUE)
if (length(words) < 1) stop("give the folder of a run with CSV tables: Rscript questions.R RUN STATS")
run <- words[1]
stats <- if (length(words) > 1) words[2] else NA
table_of <- function(name, folder = run) read.csv(file.path(folder, paste0(name, ".csv")), check.names = FALSE)
lists <- function(texts) lapply(strsplit(gsub("[][]", "", texts), ",", fixed = TRUE), as.numeric)
answer <- function(question, items, values) {
  if (length(items) > 0) cat(sprintf("%d\t%s\t%s\n", question, items, ifelse(is.na(values), "", sprintf("%.17g", values))), sep = "")
}

loci <- table_of("loci")
own <- if (length(words) > 2) words[3] else loci$population[1]
locus <- if (length(words) > 3) as.integer(words[4]) else 0
positions <- sum(loci$population == own)
document <- readLines(file.path(run, "provenance.json"), warn = FALSE)
# Base R reads no JSON; Upslope writes each value on a line of its own, indented by its depth.
number_in <- function(key) {
  found <- grep(paste0("^", key, ": [0-9.]+,?$"), document, value = TRUE)
  if (length(found) != 1) stop(sprintf("provenance.json has %d lines with%s, not one; take the file as Upslope wrote it", length(found), key))
  as.numeric(sub(".*: ([0-9.]+).*", "\\1", found))
}
end <- number_in('  "ticks"')

organisms <- table_of("organisms")
organisms <- organisms[organisms$population == own, ]
organisms <- organisms[order(organisms$id), ]
birth <- organisms$birth_tick
death <- organisms$death_tick
lives <- is.na(death)
parents <- lists(organisms$parents)
shares <- lists(organisms$parent_shares)
n_parents <- lengths(parents)
row_of <- function(id) match(id, organisms$id)
# A row for each parent of each organism, with its share of the loci.
two <- which(n_parents == 2)
descent <- data.frame(
  child = c(which(n_parents > 0), two),
  parent = row_of(c(vapply(parents[n_parents > 0], `[`, 0, 1), vapply(parents[two], `[`, 0, 2))),
  share = c(
    ifelse(n_parents[n_parents > 0] == 1, 1, vapply(shares[n_parents > 0], `[`, 0, 1)),
    1 - vapply(shares[two], `[`, 0, 1)
  )
)
sum_by_parent <- function(values) {
  sums <- numeric(nrow(organisms))
  found <- tapply(values, descent$parent, sum)
  sums[as.integer(names(found))] <- found
  sums
}
# Organisms born in the run whose lives all ended: those born before the oldest that still lives.
in_cohort <- birth > 0 & birth < min(birth[lives], Inf)
offspring <- sum_by_parent(descent$share)[in_cohort]
chance <- sum_by_parent(descent$share * (1 - descent$share))[in_cohort]

series <- table_of("trait_series")
column_of <- function(trait) gsub("^_|_$", "", gsub("[^a-z0-9]+", "_", tolower(gsub("([a-z0-9])([A-Z])", "\\1_\\2", trait))))
traits <- sort(unique(column_of(series$trait[series$population == own])))
varies <- function(z) length(z) > 0 && max(z) - min(z) > 1e-6 * abs(min(z)) + 1e-12

# 1. How many lived?
answer(
  1, c("founders", "born", "died", "living", "most generations"),
  c(sum(n_parents == 0), sum(n_parents > 0), sum(!lives), sum(lives), max(organisms$generation))
)

# 2. Which are the ancestors of the living? Those that have died, through all parents; and the last organism from which all the
# living descend along first parents.
up <- lives
parent_rows <- split(descent$parent, factor(descent$child, seq_along(lives)))
new <- which(lives)
while (length(new) > 0) {
  new <- unique(unlist(parent_rows[new], use.names = FALSE))
  new <- new[!up[new]]
  up[new] <- TRUE
}
first_parent <- row_of(vapply(parents, function(own) if (length(own) > 0) own[1] else NA_real_, 0))
below <- as.numeric(lives)
# Children have greater ids than their parents.
for (row in rev(seq_along(below))) {
  if (!is.na(first_parent[row])) below[first_parent[row]] <- below[first_parent[row]] + below[row]
}
common <- birth[below == sum(lives) & below > 0]
answer(
  2, c("dead ancestors", "founders among them", "birth of the last common one"),
  c(sum(up & !lives), sum(up & n_parents == 0), if (length(common) > 0) max(common) else NA)
)

# 3. Which lineage won? The founder from which most of the living descend along first parents.
lineages <- table(organisms$founder_id[lives])
answer(3, "lineages left", length(lineages))
if (length(lineages) > 0) {
  winner <- min(as.numeric(names(lineages))[lineages == max(lineages)])
  answer(3, c("founder", "its share of the living"), c(winner, max(lineages) / sum(lives)))
}

# 4. How did an allele fare? The frequency, at every census that kept genomes, of the value that is most common at the last one.
census <- table_of("census")
census <- census[census$population == own & !is.na(census$genome) & census$genome != "", ]
if (nrow(census) > 0) {
  genomes <- lists(census$genome)
  haplotypes <- length(genomes[[1]]) / positions
  copies <- do.call(rbind, lapply(seq_len(haplotypes) - 1, function(h) {
    data.frame(tick = census$tick, allele = vapply(genomes, `[`, 0, locus + 1 + h * positions))
  }))
  alleles <- unique(copies$allele)
  last <- copies$allele[copies$tick == max(copies$tick)]
  most <- tabulate(match(last, alleles), length(alleles))
  chosen <- min(alleles[most == max(most)])
  frequency <- tapply(copies$allele == chosen, copies$tick, mean)
  answer(4, paste("frequency at tick", names(frequency)), frequency)
}

# 5. What did they die of?
causes <- table(organisms$death_cause[!lives])
answer(5, names(causes), as.numeric(causes))

# 6. How long do they live, and when do they breed? The life table of the whole run, in 40 classes of age, deaths once a tick.
till <- ifelse(lives, end, death)
lived <- till > 0
since <- pmax(birth, 0)
width <- max(1, ceiling(max(till[lived] - birth[lived]) / 40))
class_of <- function(age) pmin(39, pmax(0, ceiling(age / width) - 1)) + 1
lower <- (0:39) * width
exposure <- vapply(0:39, function(at) {
  upper <- if (at == 39) till else pmin(till, birth + (at + 1) * width)
  sum(pmax(0, upper - pmax(since, birth + at * width))[lived])
}, 0)
dying <- which(!lives & death > 0)
deaths <- tabulate(class_of(death[dying] - birth[dying]), 40)
births <- descent[birth[descent$child] > 0, ]
age <- birth[births$child] - birth[births$parent]
found <- tapply(births$share, class_of(age), sum)
born <- numeric(40)
born[as.integer(names(found))] <- found
alive <- 1
survival <- ticks <- numeric(40)
for (at in 1:40) {
  survival[at] <- alive
  if (exposure[at] == 0) {
    alive <- 0
    next
  }
  q <- min(1, deaths[at] / exposure[at])
  left <- alive * (1 - q)^width
  ticks[at] <- if (q == 0) alive * width else (if (at == 40) alive else alive - left) / q
  alive <- left
}
answer(
  6, c("life expectancy at birth", "net reproductive rate", paste("share that reaches age", lower)),
  c(sum(ticks), sum(ifelse(exposure > 0, ticks * born / exposure, 0)), survival)
)

# 7. How large is the population for drift? Generation time, and the effective size by the variance of lifetime offspring, which
# needs organisms with offspring whose lives have ended.
mean_product <- function(a, b) mean((a - mean(a)) * (b - mean(b)))
generation <- if (nrow(births) > 0) sum(births$share * age) / sum(births$share) else NA
answer(7, "generation time", generation)
relative <- (mean_product(offspring, offspring) + mean(chance)) / mean(offspring)^2
if (length(offspring) > 0 && !is.na(relative) && relative > 0) answer(7, "effective size", sum(birth > 0) / end * generation / relative)

# 8. What was selected? The covariance of relative lifetime offspring with each trait, in standard deviations of the trait.
for (trait in traits) {
  z <- organisms[[trait]][in_cohort]
  if (length(z) > 0 && varies(z) && mean(offspring) > 0) answer(8, trait, mean_product(offspring, z) / mean(offspring) / sqrt(mean_product(z, z)))
}

# 9. What is inherited? The slope of offspring on the mean of their parents.
for (trait in traits) {
  z <- organisms[[trait]]
  theirs <- tapply(z[births$parent], births$child, mean)
  children <- z[as.integer(names(theirs))]
  if (varies(theirs)) answer(9, trait, mean_product(theirs, children) / mean_product(theirs, theirs))
}

# 10. Do places differ? Nei's F_ST of the living: of the patches, or of the two halves of a plane along x. Needs their genomes.
known <- which(lives & !is.na(organisms$genome) & organisms$genome != "")
deme <- if ("patch" %in% names(organisms)) organisms$patch else pmin(1, floor(organisms$x * 2 / number_in('      "width"')))
demes <- Filter(function(own) length(own) > 1, split(known, deme[known]))
if (length(demes) > 1) {
  genomes <- lapply(demes, function(own) do.call(rbind, lists(organisms$genome[own])))
  haplotypes <- ncol(genomes[[1]]) / positions
  within <- between <- c()
  for (place in seq_len(positions)) {
    found <- lapply(genomes, function(of) of[, place + (seq_len(haplotypes) - 1) * positions, drop = FALSE])
    for (copies in found) {
      # Pairs of copies of one organism, each with itself too, are left out.
      same <- sum(vapply(seq_len(haplotypes), function(h) sum(copies == copies[, h]), 0))
      n <- nrow(copies)
      counts <- tabulate(match(copies, unique(as.vector(copies))))
      within <- c(within, 1 - (sum(counts^2) - same) / (n * (n - 1) * haplotypes^2))
    }
    for (a in seq_along(found)) {
      for (b in seq_len(a - 1)) {
        alleles <- unique(c(found[[a]], found[[b]]))
        p <- tabulate(match(found[[a]], alleles), length(alleles)) / length(found[[a]])
        q <- tabulate(match(found[[b]], alleles), length(alleles)) / length(found[[b]])
        between <- c(between, 1 - sum(p * q))
      }
    }
  }
  d <- length(demes)
  h_t <- mean(within) / d + (1 - 1 / d) * mean(between)
  answer(10, c("F_ST", "gene diversity within"), c(1 - mean(within) / h_t, mean(within)))
}

# 11. What is the shape of the tree of species? Living species, the length of their tree, and Sackin's index above that of trees
# that branch at random, a tip.
species <- table_of("species")
species <- species[species$population == own, ]
above <- match(species$parent_id, species$id)
tips <- which(is.na(species$end_tick))
kept <- seq_along(above) %in% tips
# Parents come before their children.
for (row in rev(seq_along(above))) if (kept[row] && !is.na(above[row])) kept[above[row]] <- TRUE
origin <- species$origin_tick
leading <- which(kept & !is.na(above))
leaves <- lapply(split(origin[leading], factor(above[leading], seq_along(above))), table)
last_left <- unname(vapply(leaves, function(own) if (length(own) > 0) max(as.numeric(names(own))) else NA_real_, 0))
lives_on <- seq_along(above) %in% tips
tree_length <- sum((ifelse(is.na(species$end_tick), end, last_left) - origin)[kept])
# Ways to go on where others leave a line: these, and the line itself where it goes on.
ways <- lapply(seq_along(above), function(row) {
  at <- as.numeric(names(leaves[[row]]))
  data.frame(tick = at, n = as.numeric(leaves[[row]]) + (lives_on[row] | at < last_left[row]))
})
sackin <- 0
for (tip in tips) {
  row <- tip
  entered <- Inf
  while (!is.na(row)) {
    sackin <- sackin + sum(ways[[row]]$n > 1 & ways[[row]]$tick <= entered)
    entered <- origin[row]
    row <- above[row]
  }
}
answer(11, c("living species", "length of their tree"), c(length(tips), tree_length))
most_ways <- max(0, unlist(lapply(ways[kept], function(own) own$n)))
if (length(tips) > 2 && sum(kept & is.na(above)) == 1 && most_ways == 2) {
  answer(11, "Sackin above chance", (sackin - 2 * length(tips) * sum(1 / (2:length(tips)))) / length(tips))
}

# 12. What swept? The selection coefficients of the sweeps that `upslope stats --out` finds.
if (!is.na(stats)) {
  sweeps <- table_of("sweeps", stats)
  sweeps <- sweeps[sweeps$population == own, ]
  sweeps <- sweeps[order(-sweeps$s), ]
  answer(12, paste(sweeps$name, "since organism", sweeps$organism), sweeps$s)
}
