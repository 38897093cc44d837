import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { speedTable } from '../test/verify/check-documents.ts';
import { present } from '../test/verify/made-with.ts';
import { markdownTable, replaceTable } from '../test/verify/markers.ts';
import { tableRows } from './measure.ts';

/** Puts what was measured in this process into the table of README, with the engine that it was measured on. */
export function writeSpeedTable(): void {
  // From where this lies once all is one file: dist/bench.
  const file = fileURLToPath(new URL('../../README.md', import.meta.url));
  const scenes = Object.fromEntries(speedTable.scenes.map((name) => [name, present.scenes[name]]));
  const { name, command } = speedTable;
  const lines = markdownTable(['', 'best', 'median'], tableRows);
  writeFileSync(file, replaceTable(readFileSync(file, 'utf8'), { name, command, engine: present.engine, scenes }, lines));
  console.log('wrote README.md');
}
