// The pages of docs/reference, from what the code says about itself. scripts/documents.ts writes them; a test compares them.

import { builtInLessons } from '../src/cli/lessons.ts';
import { labReference } from '../src/experiment/lab-reference.ts';
import { formats } from '../src/export/format-list.ts';
import { formatsReference } from '../src/export/formats-reference.ts';
import { exportTables, tablesReference } from '../src/export/index.ts';
import { coordinateName } from '../src/genome/lay-loci.ts';
import { landscapeTraitsToCarry } from '../src/habitat/landscape/carried-traits.ts';
import { landscapeHabitat } from '../src/habitat/landscape/landscape-habitat.ts';
import { shownCoordinates } from '../src/habitat/landscape/landscape-population.ts';
import { planeHabitat } from '../src/habitat/plane/plane-habitat.ts';
import { traits } from '../src/population/traits.ts';
import { sheetsMarkdown } from '../src/scene/lesson/lesson-sheet.ts';
import { readLessonText } from '../src/scene/lesson/parse-lesson.ts';
import { referencePages } from '../src/scene/reference.ts';
import { standard } from '../src/simulation/catalogue.ts';

/** Texts of all pages of the reference by the name of their file, the list of them (README.md) last. */
export function writeReference(): ReadonlyMap<string, string> {
  const onLandscapes =
    `The columns of traits, and of what mechanisms changed in them, are here those of the plane. On a landscape the traits are the first ` +
    `${shownCoordinates} coordinates, \`${coordinateName(0)}\` to \`${coordinateName(shownCoordinates - 1)}\` where there are that many, ` +
    `and those that genomes carry (\`populations.NAME.genome.carries\`: ${landscapeTraitsToCarry(
      standard.mechanisms.of(landscapeHabitat.gives),
    )
      .map(({ id }) => id)
      .map((id) => `\`${id}\``)
      .join(', ')}).`;
  const tables = tablesReference(exportTables(traits, standard.mechanisms.of(planeHabitat.gives).inherited()));
  const onPlaces = standard.habitats
    .flatMap(({ kind, places = [] }) => places.map(({ name, description }) => ({ kind, name, description })))
    .map(
      ({ kind, name, description }) =>
        `Where a run has x and y, it has in the habitat \`${kind}\` a column \`${name}\` too (INT32; \`birth_${name}\` beside birth_x and birth_y): ${description.toLowerCase()}.`,
    )
    .join(' ');
  const exports = `${formatsReference(formats)}\n${onLandscapes} ${onPlaces}\n\n${tables}`;
  const lab = { file: 'lab.md', title: 'Questions of the lab', text: labReference() };
  const lessons = [...builtInLessons].map(([name, text]) => readLessonText(text, `assets/lessons/${name}.json`));
  const sheets = { file: 'lessons.md', title: 'Lessons, for teachers', text: sheetsMarkdown(lessons) };
  const pages = [...referencePages(standard, exports), lab, sheets];
  const list = pages.map(({ file, title }) => `- [${title}](${file})`).join('\n');
  const readme = `# Reference\n\nWritten by \`npm run build\` from what the code says about itself.\n\n${list}\n`;
  return new Map([...pages.map(({ file, text }) => [file, text] as const), ['README.md', readme]]);
}
