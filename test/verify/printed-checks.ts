// docs/checks.md: what verifications print, as they print it. Of every one at seeds at which nothing was tuned, and at its own
// seeds of those whose numbers are on no other page.
import type { MadeWith } from './made-with.ts';
import { readPage, replaceTable } from './markers.ts';
import { commandOf, fullSeeds, newSeeds, type Verification } from './verification.ts';

export const checksPage = 'docs/checks.md';

/** First seeds of what the page has of a verification. */
export const firstSeedsOf = ({ tables, found }: Verification): readonly number[] =>
  tables || found ? [newSeeds] : [1, newSeeds];

/** Name of the marker of a verification's output. */
export const checkName = (name: string, first: number) => `check-${name}-${first}`;

/** The page with the output of a verification instead of that of the same first seed, or behind all others. */
export function writeCheck(
  page: string,
  verification: Verification,
  results: readonly Record<string, number>[],
  first: number,
  present: MadeWith,
): string {
  const name = checkName(verification.name, first);
  const { lines, holds } = verification.judge(results);
  const mark = {
    name,
    command: commandOf(verification, results.length, first),
    engine: present.engine,
    scenes: Object.fromEntries(verification.scenes.map((scene) => [scene, present.scenes[scene]])),
  };
  const text = ['```', ...lines, '```', '', `**${holds ? 'Holds' : 'Does not hold'}.** ${verification.title}.`];
  const has = readPage(page).tables.some((table) => table.name === name);
  const heading = `## ${verification.name}, seeds ${first} to ${first + fullSeeds(verification) - 1}`;
  const whole = has ? page : `${page.trimEnd()}\n\n${heading}\n\n<!-- table: ${name} -->\n\n<!-- end -->\n`;
  return replaceTable(whole, mark, text);
}

/** What the page has not yet, a line each. */
export function missingChecks(page: string, verifications: readonly Verification[]): string[] {
  const names = new Set(readPage(page).tables.map(({ name }) => name));
  return verifications.flatMap((verification) =>
    firstSeedsOf(verification)
      .filter((first) => !names.has(checkName(verification.name, first)))
      .map((first) => {
        const from = first === 1 ? '' : ` --from ${first}`;
        return `${checksPage}: nothing of ${verification.name} at seeds from ${first} on. Make it: npm run verify -- ${verification.name}${from} --write`;
      }),
  );
}
