import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const isComment = (line: string | undefined) => line !== undefined && /^\s*(\/\*\*|\/\/|\*)/.test(line);

/** Lines of a file that begin a statement or a comment, without imports. */
function statementsOf(text: string): string[] {
  return text
    .replace(/^\s*import\s[^;]*;$/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Whether the first lines say what a module is for: a comment before all else, or one for the first thing that it exports. */
function saysWhatFor(text: string): boolean {
  const lines = statementsOf(text);
  const first = lines.findIndex((line) => /^export (?!.* from )/.test(line));
  return isComment(lines[0]) || (first > 0 && isComment(lines[first - 1]));
}

/** The same of a component: a comment before all else, or one for its properties or for the page that it asks for. */
function componentSaysWhatFor(text: string): boolean {
  const [, script = ''] = /<script[\s\S]*?>\n([\s\S]*?)<\/script>/.exec(text) ?? [];
  const lines = statementsOf(script);
  const first = lines.findIndex((line) => /\$props\(\)|^ {2}const \{?[^=]*= (\$props|instrumentContext)\(/.test(line));
  return text.startsWith('<!--') || isComment(lines[0]) || (first > 0 && isComment(lines[first - 1]));
}

it('the first lines of every source say what it is for', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    // An instrument says it by its title and summary; what is generated is not read.
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('/instrument.ts') && !name.includes('generated/'));
  expect(files.length).toBeGreaterThan(1000);
  const silent = files.filter((name) => {
    const text = readFileSync(join('src', name), 'utf8');
    return name.endsWith('.svelte') ? !componentSaysWhatFor(text) : !saysWhatFor(text);
  });
  expect(silent).toEqual([]);
});
