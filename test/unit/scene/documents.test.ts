import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { senses } from '../../../src/habitat/plane/senses.ts';
import { standardVocabulary } from '../../../src/habitat/standard.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { traitIds } from '../../../src/population/traits.ts';
import { sceneJsonSchemaText } from '../../../src/scene/json-schema.ts';
import { referencePages } from '../../../src/scene/reference.ts';

describe('the JSON Schema of scenes', () => {
  it('stands in assets as the code says it (npm run build -- documents writes it)', () => {
    const committed = readFileSync(new URL('../../../assets/scene.schema.json', import.meta.url), 'utf8');
    expect(committed).toBe(sceneJsonSchemaText());
  });

  it('offers the known senses', () => {
    const text = sceneJsonSchemaText();
    for (const { id } of senses) expect(text).toContain(`"${id}"`);
  });
});

describe('the reference', () => {
  const probe = {
    id: 'census',
    title: 'Census',
    description: 'Counts.',
    columns: [{ name: 'n', title: 'Number | of', unit: 'organisms' }],
  };
  const pages = new Map(
    referencePages({ ...standardVocabulary, probes: [probe] }, '## organisms').map(({ file, text }) => [file, text]),
  );

  it('has a page each', () => {
    expect([...pages.keys()].sort()).toEqual([
      'acts.md',
      'exports.md',
      'landscapes.md',
      'mechanisms.md',
      'parameters.md',
      'patches.md',
      'probes.md',
      'senses.md',
      'traits.md',
    ]);
  });

  it('names everything there is', () => {
    for (const { id } of mechanisms.all()) expect(pages.get('mechanisms.md')).toContain(`(\`${id}\`)`);
    for (const { id } of senses) expect(pages.get('senses.md')).toContain(`\`${id}\``);
    for (const id of traitIds) expect(pages.get('traits.md')).toContain(`\`${id}\``);
    expect(pages.get('parameters.md')).toContain('| `life.span` | Life span.');
    expect(pages.get('probes.md')).toContain('| `n` | Number \\| of | organisms |');
  });

  it('keeps every row of a table as wide as its head', () => {
    for (const text of pages.values()) {
      for (const block of text.split('\n\n').filter((part) => part.startsWith('|'))) {
        const widths = block
          .trimEnd()
          .split('\n')
          .map((row) => row.replaceAll('\\|', '').split('|').length);
        expect(new Set(widths).size).toBe(1);
      }
    }
  });
});
