// Writes what is generated from the code: the JSON Schema of scenes, which is kept, and the reference, which is not.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from '../src/export/format-list.ts';
import { formatsReference } from '../src/export/formats-reference.ts';
import { exportTables, tablesReference } from '../src/export/index.ts';
import { inheritedMechanisms } from '../src/mechanisms/index.ts';
import { traits } from '../src/population/traits.ts';
import { sceneJsonSchemaText } from '../src/scene/json-schema.ts';
import { referencePages } from '../src/scene/reference.ts';
import { allProbes } from '../src/simulation/probes.ts';

const root = process.cwd();
const schemaFile = join(root, 'assets/scene.schema.json');
const folder = join(root, 'docs/reference');

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const schema = sceneJsonSchemaText();
if (read(schemaFile) !== schema) {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(schemaFile, schema);
  console.log('documents: assets/scene.schema.json has changed');
}
const exports = `${formatsReference(formats)}\n${tablesReference(exportTables(traits, inheritedMechanisms()))}`;
const pages = referencePages(allProbes(), exports);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { file, text } of pages) writeFileSync(join(folder, file), text);
const list = pages.map(({ file, title }) => `- [${title}](${file})`).join('\n');
writeFileSync(
  join(folder, 'README.md'),
  `# Reference\n\nWritten by \`npm run build\` from what the code says about itself.\n\n${list}\n`,
);
console.log(`documents: ${pages.length} pages in docs/reference`);
