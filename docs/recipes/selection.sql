-- Selection, luck and long lines in a run, from the table of organisms.
--
-- For DuckDB. The variable `directory` is the directory of a run or of an export with Parquet:
--   duckdb -cmd "SET VARIABLE directory = 'EXPORT'" -f selection.sql
-- or, without DuckDB's own program: node run-sql.mjs selection.sql EXPORT

-- Selection on traits, by the time at which organisms were born: how a trait went with lifetime offspring among those that
-- have died (of the last period many still live and are missing). `differential` is Cov(W, z) / mean(W), in units of the
-- trait; `intensity` is the same in standard deviations.
WITH dead AS (
  SELECT *, birth_tick // greatest(1, (SELECT max(birth_tick) FROM read_parquet(getvariable('directory') || '/organisms.parquet')) // 5) AS period
  FROM read_parquet(getvariable('directory') || '/organisms.parquet')
  WHERE death_tick IS NOT NULL AND birth_tick > 0
),
long AS (
  UNPIVOT dead ON body_size, body_speed, diet_fruit, life_threshold, life_investment, marker_1 INTO NAME trait VALUE z
)
SELECT
  population,
  trait,
  min(birth_tick) AS born_from,
  max(birth_tick) AS born_to,
  count(*) AS n,
  round(avg(z), 4) AS mean,
  round(covar_pop(offspring_count, z) / avg(offspring_count), 5) AS differential,
  round(covar_pop(offspring_count, z) / avg(offspring_count) / nullif(stddev_pop(z), 0), 4) AS intensity
FROM long
GROUP BY population, trait, period
HAVING count(*) >= 20 AND avg(offspring_count) > 0
ORDER BY population, trait, born_from;

-- Who has offspring: how many had none, one, two ... and the opportunity for selection, Var(W) / mean(W)^2.
SELECT
  population,
  offspring_count AS offspring,
  count(*) AS organisms,
  round(count(*) / sum(count(*)) OVER (PARTITION BY population), 4) AS share,
  any_value(opportunity) AS opportunity
FROM (
  SELECT
    population,
    offspring_count,
    round(var_pop(offspring_count) OVER (PARTITION BY population) / pow(avg(offspring_count) OVER (PARTITION BY population), 2), 3) AS opportunity
  FROM read_parquet(getvariable('directory') || '/organisms.parquet')
  WHERE death_tick IS NOT NULL
)
GROUP BY population, offspring_count
ORDER BY population, offspring;

-- The longest lines: the living with the most generations behind them, how old their first parents were on average when
-- they bore the next of the line, and when the line last shared it with another one of these.
WITH RECURSIVE organisms AS (
  SELECT id, population, generation, birth_tick, death_tick, parents[1] AS parent
  FROM read_parquet(getvariable('directory') || '/organisms.parquet')
),
ends AS (
  SELECT * FROM organisms WHERE death_tick IS NULL ORDER BY generation DESC, id LIMIT 10
),
line AS (
  SELECT id AS of, id, parent, birth_tick, 0 AS steps FROM ends
  UNION ALL
  SELECT line.of, o.id, o.parent, o.birth_tick, line.steps + 1 FROM line JOIN organisms o ON o.id = line.parent
),
shared AS (
  SELECT a.of, max(a.birth_tick) AS last_shared FROM line a JOIN line b ON a.id = b.id AND a.of <> b.of GROUP BY a.of
)
SELECT
  ends.population,
  ends.id,
  max(line.steps) AS births_in_line,
  arg_max(line.id, line.steps) AS founder,
  round((max(line.birth_tick) - min(line.birth_tick)) / nullif(max(line.steps), 0), 2) AS ticks_a_generation,
  any_value(last_shared) AS last_shared_at_tick
FROM ends JOIN line ON line.of = ends.id LEFT JOIN shared ON shared.of = ends.id
GROUP BY ends.population, ends.id
ORDER BY births_in_line DESC, ends.id;
