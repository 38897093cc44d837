// Writes what is generated from the code: the JSON Schemas of scenes and lessons, the tables of instruments and mechanisms, and the reference.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { instruments } from '../src/app/instruments/list.ts';
import { statisticsPage } from '../src/experiment/stats/statistics-page.ts';
import { mechanisms } from '../src/mechanisms/index.ts';
import { lessonJsonSchemaText, sceneJsonSchemaText } from '../src/scene/json-schema.ts';
import { standard } from '../src/simulation/catalogue.ts';
import { writeReference } from './reference-pages.ts';
import { putInstrumentTable, putMechanismTable, putTwinTable } from './written-tables.ts';

const root = process.cwd();
const folder = join(root, 'docs/reference');

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Writes a file of the project unless it has that text already. */
function update(path: string, text: string): void {
  const file = join(root, path);
  if (read(file) === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`documents: ${path} has changed`);
}

update('assets/scene.schema.json', sceneJsonSchemaText());
update('docs/statistics.md', statisticsPage());
update('dist/lesson.schema.json', lessonJsonSchemaText());
update('README.md', putInstrumentTable(read(join(root, 'README.md')), instruments));
update('docs/mechanisms.md', putMechanismTable(read(join(root, 'docs/mechanisms.md')), mechanisms.all(), standard.habitats));
update('docs/twins.md', putTwinTable(read(join(root, 'docs/twins.md'))));
const pages = writeReference();
for (const [file, text] of pages) update(`docs/reference/${file}`, text);
for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file));
