import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { type kinds, realExport } from './real-export.ts';

async function ask(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await (await connection.runAndReadAll(sql)).getRowsJS()) as unknown[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const numeric = /^(BIGINT|INTEGER|FLOAT|DOUBLE)$/;

describe.each(['asexual', 'haploid', 'diploid', 'transfer'] as (keyof typeof kinds)[])('DuckDB reads the %s run', (kind) => {
  it('with the same rows and sums from Parquet and CSV, in every table', async () => {
    const { out } = await realExport(kind);
    const tables = readdirSync(out).filter((name) => name.endsWith('.parquet'));
    expect(tables.length).toBeGreaterThanOrEqual(8);
    for (const name of tables) {
      const [parquet, csv] = [join(out, name), join(out, name.replace('.parquet', '.csv'))];
      const columns = await ask(`DESCRIBE SELECT * FROM read_parquet('${parquet}')`);
      const types = columns.map(([column, type]) => `'${column}': '${numeric.test(String(type)) ? type : 'VARCHAR'}'`);
      const text = `read_csv('${csv}', header = true, columns = {${types.join(', ')}})`;
      const measures = columns.map(([column, type]) => {
        if (numeric.test(String(type))) return [`sum("${column}"::DOUBLE)`, `sum("${column}"::DOUBLE)`];
        if (!String(type).endsWith('[]')) return [`count(nullif("${column}", ''))`, `count(nullif("${column}", ''))`];
        const items = `sum(list_sum("${column}"::DOUBLE[]))`;
        return [items, items];
      });
      const select = (from: string, which: number) =>
        ask(`SELECT count(*), ${measures.map((pair) => pair[which]).join(', ')} FROM ${from}`);
      const [[ofParquet], [ofCsv]] = [await select(`read_parquet('${parquet}')`, 0), await select(text, 1)];
      for (const [i, value] of ofParquet.entries()) {
        const [a, b] = [Number(value), Number(ofCsv[i])];
        expect(Math.abs(a - b), `${name}: ${i === 0 ? 'rows' : columns[i - 1][0]}`).toBeLessThanOrEqual(1e-9 * Math.abs(a));
      }
    }
  });

  it('with our own numbers: organisms, parents, ids, transfers, species', async () => {
    const { out, history } = await realExport(kind);
    const { organisms, transfers, species } = history;
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + (b === b ? b : 0), 0);
    const [row] = await ask(
      `SELECT count(*), count(DISTINCT id), sum(id), sum(birth_tick), sum(death_tick), sum(len(parents)), sum(offspring_count)
       FROM read_parquet('${join(out, 'organisms.parquet')}')`,
    );
    const parents = organisms.firstParent.filter((p) => p >= 0).length + organisms.secondParent.filter((p) => p >= 0).length;
    expect(row.map(Number)).toEqual([
      organisms.count,
      organisms.count,
      sum(organisms.id),
      sum(organisms.birthTick),
      sum(organisms.deathTick),
      parents,
      sum(organisms.offspring),
    ]);
    const ids = await ask(`SELECT id FROM read_parquet('${join(out, 'organisms.parquet')}') ORDER BY id`);
    expect(ids.map(([id]) => Number(id))).toEqual(Array.from(organisms.id));
    const [handed] = await ask(
      `SELECT count(*), coalesce(sum(other), 0) FROM read_parquet('${join(out, 'events.parquet')}') WHERE kind = 'transfer'`,
    );
    expect(handed.map(Number)).toEqual([transfers.count, sum(transfers.donorId)]);
    const [kindsOf] = await ask(`SELECT count(*), sum(origin_tick) FROM read_parquet('${join(out, 'species.parquet')}')`);
    expect(kindsOf.map(Number)).toEqual([species.count, sum(species.originTick)]);
  });

  it('with the row of the run, its genomes at the censuses, and the changes of all births', async () => {
    const { out, history } = await realExport(kind);
    const table = (name: string) => `read_parquet('${join(out, `${name}.parquet`)}')`;
    const { provenance, populations, organisms } = history;
    const changes = history.changes as NonNullable<typeof history.changes>;
    const [[id, seed, scene, schema, version], ...others] = await ask(
      `SELECT run_id, seed, scene_json, schema_version, software_version FROM ${table('runs')}`,
    );
    expect(others).toEqual([]);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect([seed, schema, version]).toEqual([provenance.seed, 1, provenance.software.version]);
    expect(JSON.parse(scene as string)).toEqual(provenance.scene);
    const { loci, ploidy } = populations[0];
    const [[rows, shortest, longest]] = await ask(`SELECT count(*), min(len(genome)), max(len(genome)) FROM ${table('census')}`);
    expect([shortest, longest].map(Number)).toEqual([ploidy * loci, ploidy * loci]);
    expect(Number(rows)).toBeGreaterThan(100);
    const [[known, count, places]] = await ask(
      `SELECT count(change_loci), sum(len(change_values)), sum(list_sum(change_loci)) FROM ${table('organisms')}`,
    );
    expect([known, count, places].map(Number)).toEqual([
      organisms.count,
      changes.values.length,
      changes.loci.reduce((sum, place) => sum + place, 0),
    ]);
  });

  it('whose parents all have rows, and with the pedigree of the ALife standard', async () => {
    const { out, history } = await realExport(kind);
    const organisms = `read_parquet('${join(out, 'organisms.parquet')}')`;
    const orphans = await ask(
      `SELECT p FROM (SELECT unnest(parents) AS p FROM ${organisms}) WHERE p NOT IN (SELECT id FROM ${organisms})`,
    );
    expect(orphans).toEqual([]);
    const [row] = await ask(
      `SELECT count(*), sum(id), sum(origin_time), count(*) FILTER (WHERE destruction_time = 'inf'),
         sum(CASE WHEN ancestor_list = '[none]' THEN 0 ELSE len(ancestor_list::BIGINT[]) END)
       FROM read_csv('${join(out, 'pedigree.csv')}', header = true, all_varchar = false,
         types = {'destruction_time': 'VARCHAR', 'ancestor_list': 'VARCHAR'})`,
    );
    const [same] = await ask(
      `SELECT count(*), sum(id), sum(birth_tick), count(*) FILTER (WHERE death_tick IS NULL), sum(len(parents)) FROM ${organisms}`,
    );
    expect(row.map(Number)).toEqual(same.map(Number));
    if (kind === 'haploid' || kind === 'diploid') expect(history.organisms.secondParent.some((parent) => parent >= 0)).toBe(true);
    if (kind === 'transfer') expect(history.transfers.count).toBeGreaterThan(50);
    expect(history.organisms.count).toBeGreaterThan(500);
  });
});
