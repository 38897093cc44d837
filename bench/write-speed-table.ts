import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { speedTable } from '../test/verify/check-documents.ts';
import { present } from '../test/verify/made-with.ts';
import { markdownTable, replaceTable } from '../test/verify/markers.ts';
import { tableRows } from './measure.ts';

/** Puts what was measured in this process into its table, with the engine that it was measured on. */
export function writeSpeedTable(): void {
  const { page, name, command } = speedTable;
  // From where this lies once all is one file: dist/bench.
  const file = fileURLToPath(new URL(`../../${page}`, import.meta.url));
  const scenes = Object.fromEntries(speedTable.scenes.map((name) => [name, present.scenes[name]]));
  const lines = markdownTable(['', 'best', 'median'], tableRows);
  writeFileSync(file, replaceTable(readFileSync(file, 'utf8'), { name, command, engine: present.engine, scenes }, lines));
  console.log(`wrote ${page}`);
}
