-- Twelve questions about a run, answered with SQL: README.md lists them.
--
-- For DuckDB. Variables: `directory`, the folder of a run or of an export with Parquet tables; `stats`, the folder of
-- `upslope stats RUN --out`, for question 12 alone; if wanted `population` (the first by default) and `locus` (position of the
-- locus of question 4, 0 by default).
--   duckdb -cmd "SET VARIABLE directory = 'RUN'; SET VARIABLE stats = 'STATS'" -f questions.sql
-- or, without DuckDB's own program: node ../recipes/run-sql.mjs questions.sql RUN stats=STATS
--
-- Every answer has the columns question, item and value.

CREATE TEMP TABLE loci AS FROM read_parquet(getvariable('directory') || '/loci.parquet');
SET VARIABLE own = coalesce(getvariable('population'), (SELECT arg_min(population, rowid) FROM loci));
SET VARIABLE until = (
  SELECT ticks FROM read_json(getvariable('directory') || '/provenance.json', columns = {ticks: 'BIGINT'})
);
-- In the plane there are no patches.
CREATE TEMP TABLE organisms AS
  SELECT * FROM (
    SELECT NULL::INTEGER AS patch WHERE false
    UNION ALL BY NAME
    FROM read_parquet(getvariable('directory') || '/organisms.parquet')
  ) WHERE population = getvariable('own');
CREATE TEMP TABLE species AS
  FROM read_parquet(getvariable('directory') || '/species.parquet') WHERE population = getvariable('own');
-- A row for each parent of each organism, with its share of the loci.
CREATE TEMP TABLE parentage AS
  SELECT id AS child, parents[1] AS parent, CASE WHEN len(parents) = 1 THEN 1 ELSE parent_shares[1] END AS share, birth_tick
  FROM organisms WHERE len(parents) > 0
  UNION ALL
  SELECT id, parents[2], 1 - parent_shares[1], birth_tick FROM organisms WHERE len(parents) > 1;
-- Organisms born in the run whose lives all ended: those born before the oldest that still lives. With lifetime offspring, each
-- counted by the parent's share, and what chance in gametes adds to its variance.
CREATE TEMP TABLE cohort AS
  SELECT organisms.*, coalesce(sum(share), 0) AS offspring, coalesce(sum(share * (1 - share)), 0) AS chance
  FROM organisms LEFT JOIN parentage ON parentage.parent = organisms.id
  WHERE organisms.birth_tick > 0
    AND organisms.birth_tick < coalesce((SELECT min(birth_tick) FROM organisms WHERE death_tick IS NULL), 'infinity'::DOUBLE)
  GROUP BY ALL;
-- Columns of the traits, which the series of traits names.
SET VARIABLE traits = (
  SELECT list(DISTINCT trim(
    regexp_replace(lower(regexp_replace(trait, '([a-z0-9])([A-Z])', '\1_\2', 'g')), '[^a-z0-9]+', '_', 'g'), '_'
  ))
  FROM read_parquet(getvariable('directory') || '/trait_series.parquet') WHERE population = getvariable('own')
);
CREATE TEMP TABLE trait_values AS
  UNPIVOT (SELECT id, COLUMNS(c -> list_contains(getvariable('traits'), c))::DOUBLE FROM organisms)
  ON COLUMNS(* EXCLUDE id) INTO NAME trait VALUE z;

-- 1. How many lived?
SELECT 1 AS question, 'founders' AS item, count(*) FILTER (len(parents) = 0)::DOUBLE AS value FROM organisms
UNION ALL SELECT 1, 'born', count(*) FILTER (len(parents) > 0) FROM organisms
UNION ALL SELECT 1, 'died', count(death_tick) FROM organisms
UNION ALL SELECT 1, 'living', count(*) FILTER (death_tick IS NULL) FROM organisms
UNION ALL SELECT 1, 'most generations', max(generation) FROM organisms;

-- 2. Which are the ancestors of the living? Those that have died, through all parents; and the last organism from which all the
-- living descend along first parents.
WITH RECURSIVE up AS (
  SELECT id FROM organisms WHERE death_tick IS NULL
  UNION
  SELECT parent FROM up JOIN parentage ON child = up.id
),
line AS (
  SELECT id AS living, id FROM organisms WHERE death_tick IS NULL
  UNION ALL
  SELECT living, parents[1] FROM line JOIN organisms USING (id) WHERE len(parents) > 0
),
common AS (
  SELECT id FROM line GROUP BY id HAVING count(*) = (SELECT count(*) FROM organisms WHERE death_tick IS NULL)
)
SELECT 2 AS question, 'dead ancestors' AS item, count(death_tick)::DOUBLE AS value FROM up JOIN organisms USING (id)
UNION ALL SELECT 2, 'founders among them', count(*) FILTER (len(parents) = 0) FROM up JOIN organisms USING (id)
UNION ALL SELECT 2, 'birth of the last common one', max(birth_tick) FROM common JOIN organisms USING (id);

-- 3. Which lineage won? The founder from which most of the living descend along first parents.
WITH lines AS (
  SELECT founder_id, count(*) AS living FROM organisms WHERE death_tick IS NULL GROUP BY founder_id
),
won AS (FROM lines ORDER BY living DESC, founder_id LIMIT 1)
SELECT 3 AS question, 'founder' AS item, founder_id::DOUBLE AS value FROM won
UNION ALL SELECT 3, 'its share of the living', living / (SELECT sum(living) FROM lines) FROM won
UNION ALL SELECT 3, 'lineages left', count(*) FROM lines;

-- 4. How did an allele fare? The frequency, at every census that kept genomes, of the value that is most common at the last one.
WITH copies AS (
  SELECT tick, unnest([genome[place + 1], genome[place + 1 + loci]]) AS allele
  FROM read_parquet(getvariable('directory') || '/census.parquet'),
    (SELECT coalesce(getvariable('locus')::INTEGER, 0) AS place, count(*)::INTEGER AS loci FROM loci WHERE population = getvariable('own'))
  WHERE population = getvariable('own') AND genome IS NOT NULL
),
chosen AS (
  SELECT allele FROM copies WHERE tick = (SELECT max(tick) FROM copies) AND allele IS NOT NULL
  GROUP BY allele ORDER BY count(*) DESC, allele LIMIT 1
)
SELECT 4 AS question, 'frequency at tick ' || tick AS item, avg((allele = (FROM chosen))::INTEGER) AS value
FROM copies WHERE allele IS NOT NULL GROUP BY tick ORDER BY tick;

-- 5. What did they die of?
SELECT 5 AS question, death_cause AS item, count(*)::DOUBLE AS value FROM organisms
WHERE death_tick IS NOT NULL GROUP BY death_cause ORDER BY value DESC, item;

-- 6. How long do they live, and when do they breed? The life table of the whole run: the share that reaches an age, life
-- expectancy at birth and the net reproductive rate, in 40 classes of age, deaths once a tick.
WITH lives AS (
  SELECT id, birth_tick AS birth, greatest(birth_tick, 0) AS since, coalesce(death_tick, getvariable('until')) AS till FROM organisms
),
ages AS (SELECT greatest(1, ceil(max(till - birth) / 40)) AS width FROM lives WHERE till > 0),
exposed AS (
  SELECT c, sum(greatest(0, least(till, CASE WHEN c = 39 THEN till ELSE birth + (c + 1) * width END) - greatest(since, birth + c * width))) AS exposure
  FROM lives, ages, range(40) AS classes (c) GROUP BY c
),
died AS (
  SELECT least(39, greatest(0, ceil((death_tick - birth_tick) / width) - 1)) AS c, count(*) AS deaths
  FROM organisms, ages WHERE death_tick > 0 GROUP BY c
),
bred AS (
  SELECT least(39, greatest(0, ceil((parentage.birth_tick - organisms.birth_tick) / width) - 1)) AS c, sum(share) AS births
  FROM parentage JOIN organisms ON organisms.id = parent, ages WHERE parentage.birth_tick > 0 GROUP BY c
),
rates AS (
  SELECT c, width, exposure, coalesce(births, 0) AS births,
    CASE WHEN exposure > 0 THEN least(1, coalesce(deaths, 0) / exposure) ELSE 0 END AS q
  FROM exposed LEFT JOIN died USING (c) LEFT JOIN bred USING (c), ages
),
survival AS (
  SELECT *, coalesce(
    CASE WHEN bool_or(q >= 1 OR exposure = 0) OVER before THEN 0
    ELSE exp(sum(width * ln(CASE WHEN q < 1 THEN 1 - q ELSE 1 END)) OVER before) END, 1) AS alive
  FROM rates WINDOW before AS (ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
lived AS (
  SELECT *, CASE
    WHEN exposure = 0 THEN 0
    WHEN q = 0 THEN alive * width
    WHEN c = 39 THEN alive / q
    ELSE alive * (1 - pow(1 - q, width)) / q END AS ticks
  FROM survival
)
SELECT 6 AS question, 'life expectancy at birth' AS item, sum(ticks) AS value FROM lived
UNION ALL SELECT 6, 'net reproductive rate', sum(CASE WHEN exposure > 0 THEN ticks * births / exposure ELSE 0 END) FROM lived
UNION ALL SELECT 6, 'share that reaches age ' || (c * width)::INTEGER, alive FROM lived;

-- 7. How large is the population for drift? Generation time, and the effective size by the variance of lifetime offspring, which
-- needs organisms with offspring whose lives have ended.
WITH born AS (SELECT count(*) / getvariable('until') AS a_tick FROM organisms WHERE birth_tick > 0),
aged AS (
  SELECT sum(share * (parentage.birth_tick - organisms.birth_tick)) / sum(share) AS generation
  FROM parentage JOIN organisms ON organisms.id = parent WHERE parentage.birth_tick > 0
),
left_behind AS (SELECT avg(offspring) AS mean, (var_pop(offspring) + avg(chance)) / nullif(pow(avg(offspring), 2), 0) AS relative FROM cohort)
SELECT 7 AS question, 'generation time' AS item, generation AS value FROM aged
UNION ALL SELECT 7, 'effective size', a_tick * generation / relative FROM born, aged, left_behind WHERE relative > 0;

-- 8. What was selected? The covariance of relative lifetime offspring with each trait, in standard deviations of the trait.
SELECT 8 AS question, trait AS item, covar_pop(offspring, z) / avg(offspring) / stddev_pop(z) AS value
FROM cohort JOIN trait_values USING (id)
GROUP BY trait HAVING avg(offspring) > 0 AND max(z) - min(z) > 1e-6 * abs(min(z)) + 1e-12 ORDER BY trait;

-- 9. What is inherited? The slope of offspring on the mean of their parents.
WITH pairs AS (
  SELECT own.trait, any_value(own.z) AS z, avg(theirs.z) AS parents
  FROM parentage
  JOIN trait_values AS own ON own.id = child
  JOIN trait_values AS theirs ON theirs.id = parent AND theirs.trait = own.trait
  WHERE birth_tick > 0
  GROUP BY own.trait, child
)
SELECT 9 AS question, trait AS item, regr_slope(z, parents) AS value
FROM pairs GROUP BY trait HAVING max(parents) - min(parents) > 1e-6 * abs(min(parents)) + 1e-12 ORDER BY trait;

-- 10. Do places differ? Nei's F_ST of the living: of the patches, or of the two halves of a plane along x. Needs their genomes.
WITH copies AS (
  SELECT id, deme, locus, genome[locus] AS allele, haplotypes
  FROM (
    SELECT id, coalesce(patch, least(1, floor(x * 2 / (SELECT any_value((scene_json::JSON -> '$.habitat.width')::DOUBLE)
      FROM read_parquet(getvariable('directory') || '/runs.parquet'))))::INTEGER) AS deme, genome,
      len(genome) // (SELECT count(*) FROM loci WHERE population = getvariable('own')) AS haplotypes,
      unnest(range(1, len(genome) + 1)) AS locus
    FROM organisms WHERE death_tick IS NULL AND genome IS NOT NULL
  )
),
carried AS (
  SELECT deme, locus % (SELECT count(*) FROM loci WHERE population = getvariable('own')) AS locus, allele, id, count(*) AS k
  FROM copies GROUP BY ALL
),
sizes AS (SELECT deme, count(DISTINCT id) AS n, any_value(haplotypes) AS ploidy FROM copies GROUP BY deme HAVING n > 1),
alleles AS (
  SELECT deme, locus, allele, n * ploidy AS all_copies, n * (n - 1) * ploidy * ploidy AS pairs, sum(k) AS k, sum(k * k) AS same
  FROM carried JOIN sizes USING (deme) GROUP BY ALL
),
inside AS (
  SELECT deme, locus, 1 - sum(k * k - same) / any_value(pairs) AS differ FROM alleles GROUP BY deme, locus
),
across AS (
  -- Demes may have no allele in common.
  SELECT 1 - coalesce(sum(a.k / a.all_copies * b.k / b.all_copies), 0)
    / (SELECT count(*) * (count(*) - 1) / 2 FROM sizes) / (SELECT count(*) FROM loci WHERE population = getvariable('own')) AS differ
  FROM alleles AS a JOIN alleles AS b ON a.locus = b.locus AND a.allele = b.allele AND a.deme < b.deme
),
both_kinds AS (SELECT (SELECT avg(differ) FROM inside) AS h_s, (SELECT differ FROM across) AS d_xy, (SELECT count(*) FROM sizes) AS d)
SELECT 10 AS question, 'F_ST' AS item, 1 - h_s / (h_s / d + (1 - 1 / d) * d_xy) AS value FROM both_kinds WHERE d > 1
UNION ALL SELECT 10, 'gene diversity within', h_s FROM both_kinds WHERE d > 1;

-- 11. What is the shape of the tree of species? Living species, the length of their tree, and Sackin's index above that of trees
-- that branch at random, a tip.
WITH RECURSIVE kept AS (
  SELECT id, parent_id, origin_tick, end_tick FROM species WHERE end_tick IS NULL
  UNION
  SELECT species.id, species.parent_id, species.origin_tick, species.end_tick FROM kept JOIN species ON species.id = kept.parent_id
),
leaves AS (SELECT parent_id AS id, origin_tick AS tick, count(*) AS children FROM kept WHERE parent_id IS NOT NULL GROUP BY ALL),
lasts AS (
  SELECT id, origin_tick, CASE WHEN end_tick IS NULL THEN getvariable('until') ELSE max(tick) END AS till
  FROM kept LEFT JOIN leaves USING (id) GROUP BY id, origin_tick, end_tick
),
nodes AS (
  SELECT id, tick, children + (end_tick IS NULL OR tick < max(tick) OVER (PARTITION BY id))::INTEGER AS ways
  FROM leaves JOIN kept USING (id)
),
path AS (
  SELECT id AS tip, id, 'infinity'::DOUBLE AS entered FROM kept WHERE end_tick IS NULL
  UNION ALL
  SELECT tip, parent_id, origin_tick FROM path JOIN kept USING (id) WHERE parent_id IS NOT NULL
),
totals AS (
  SELECT (SELECT count(*) FROM kept WHERE end_tick IS NULL) AS tips,
    (SELECT count(*) FROM path JOIN nodes USING (id) WHERE tick <= entered AND ways > 1) AS sackin,
    (SELECT count(*) FROM kept WHERE parent_id IS NULL) AS roots,
    (SELECT coalesce(max(ways), 0) FROM nodes) AS most_ways
)
SELECT 11 AS question, 'living species' AS item, tips::DOUBLE AS value FROM totals
UNION ALL SELECT 11, 'length of their tree', coalesce(sum(till - origin_tick), 0) FROM lasts
UNION ALL SELECT 11, 'Sackin above chance', (sackin - 2 * tips * (SELECT sum(1 / j) FROM range(2, tips + 1) AS r (j))) / tips
FROM totals WHERE tips > 2 AND roots = 1 AND most_ways = 2;

-- 12. What swept? The selection coefficients of the sweeps that `upslope stats` finds: the origin of every copy takes more than SQL.
SELECT 12 AS question, name || ' since organism ' || organism AS item, s AS value
FROM read_parquet(getvariable('stats') || '/sweeps.parquet') WHERE population = getvariable('own') ORDER BY s DESC, item;
