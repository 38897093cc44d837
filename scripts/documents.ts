// Writes what is generated from the code: the JSON Schema of scenes, which is kept, and the reference, which is not.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from '../src/export/format-list.ts';
import { formatsReference } from '../src/export/formats-reference.ts';
import { exportTables, tablesReference } from '../src/export/index.ts';
import { coordinateName } from '../src/genome/lay-loci.ts';
import { carriedTraitIds } from '../src/habitat/landscape/carried-traits.ts';
import { shownCoordinates } from '../src/habitat/landscape/landscape-population.ts';
import { inheritedMechanisms } from '../src/mechanisms/index.ts';
import { traits } from '../src/population/traits.ts';
import { labReference } from '../src/runs/lab-reference.ts';
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
const onLandscapes =
  `The columns of traits, and of what mechanisms changed in them, are here those of the plane. On a landscape the traits are the first ` +
  `${shownCoordinates} coordinates, \`${coordinateName(0)}\` to \`${coordinateName(shownCoordinates - 1)}\` where there are so many, ` +
  `and those that genomes carry (\`populations.NAME.genome.carries\`: ${carriedTraitIds.map((id) => `\`${id}\``).join(', ')}).`;
const tables = tablesReference(exportTables(traits, inheritedMechanisms('plane')));
const exports = `${formatsReference(formats)}\n${onLandscapes}\n\n${tables}`;
const lab = { file: 'lab.md', title: 'Questions of the lab', text: labReference() };
const pages = [...referencePages(allProbes(), exports), lab];
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { file, text } of pages) writeFileSync(join(folder, file), text);
const list = pages.map(({ file, title }) => `- [${title}](${file})`).join('\n');
writeFileSync(
  join(folder, 'README.md'),
  `# Reference\n\nWritten by \`npm run build\` from what the code says about itself.\n\n${list}\n`,
);
console.log(`documents: ${pages.length} pages in docs/reference`);
