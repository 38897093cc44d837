// Runs a file of SQL with DuckDB and prints the table that each statement gives.
//
//   node run-sql.mjs selection.sql EXPORT
//   node run-sql.mjs ../notebooks/questions.sql RUN stats=STATS
//
// Further words set variables of the SQL.
// Needs the package @duckdb/node-api.
import { readFileSync } from 'node:fs';
import { DuckDBInstance, StatementType } from '@duckdb/node-api';

const [file, directory, ...words] = process.argv.slice(2);
if (directory === undefined) {
  console.error('give a file of SQL and the directory of an export: node run-sql.mjs selection.sql EXPORT');
  process.exit(2);
}
const connection = await (await DuckDBInstance.create(':memory:')).connect();
for (const word of [`directory=${directory}`, ...words]) {
  const [, name, value] = /^([a-z_]+)=(.*)$/s.exec(word) ?? [];
  if (name === undefined) {
    console.error(`'${word}' does not set a variable; give name=value, for example stats=STATS`);
    process.exit(2);
  }
  await connection.run(`SET VARIABLE ${name} = '${value.replaceAll("'", "''")}'`);
}
const statements = await connection.extractStatements(readFileSync(file, 'utf8'));
for (let i = 0; i < statements.count; i++) {
  const prepared = await statements.prepare(i);
  const result = await prepared.runAndReadAll();
  if (prepared.statementType !== StatementType.SELECT) continue;
  const lines = [result.columnNames(), ...result.getRowsJS().map((row) => row.map((value) => value ?? ''))];
  process.stdout.write(`${lines.map((line) => line.join('\t')).join('\n')}\n\n`);
}
