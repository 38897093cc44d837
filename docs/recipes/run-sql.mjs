// Runs a file of SQL with DuckDB and prints the table that each statement gives.
//
//   node run-sql.mjs selection.sql EXPORT
//
// Needs the package @duckdb/node-api.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [file, directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error('give a file of SQL and the directory of an export: node run-sql.mjs selection.sql EXPORT');
  process.exit(2);
}
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`SET VARIABLE directory = '${directory.replaceAll("'", "''")}'`);
const statements = await connection.extractStatements(readFileSync(file, 'utf8'));
for (let i = 0; i < statements.count; i++) {
  const prepared = await statements.prepare(i);
  const result = await prepared.runAndReadAll();
  const lines = [result.columnNames(), ...result.getRowsJS().map((row) => row.map((value) => value ?? ''))];
  process.stdout.write(`${lines.map((line) => line.join('\t')).join('\n')}\n\n`);
}
