// Tables of pages for people that are written from what the code says about itself. scripts/documents.ts puts them there; tests compare them.
import type { Instrument } from '../src/app/instruments/instrument.ts';
import { pieceTicks } from '../src/experiment/twins/twin-replicates.ts';
import type { Habitat } from '../src/habitat/habitat.ts';
import { type Mechanism, mechanismGroups } from '../src/mechanisms/mechanism.ts';
import { countsOfWidths, widthsOfTwins } from './twin-widths.ts';

/** A page with rows put between the lines that mark a table's place. @throws {Error} if it has no place for one */
function putTable(
  text: string,
  page: string,
  name: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const [before, after] = [`<!-- table: ${name} | npm run build -- documents -->\n\n`, '\n\n<!-- end -->'];
  const from = text.indexOf(before) + before.length;
  const to = text.indexOf(after, from);
  if (from < before.length || to < 0) {
    throw new Error(`${page}: no place for the table of ${name}; give it ${before.trim()} and ${after.trim()}`);
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
  return text.slice(0, from) + table + text.slice(to);
}

/** The README with the table of these instruments. @throws {Error} if it has no place for one */
export function putInstrumentTable(readme: string, instruments: readonly Instrument[]): string {
  const rows = instruments.map(({ title, keys, summary }) => [title, keys.map((key) => `\`${key}\``).join(' '), summary]);
  return putTable(readme, 'README.md', 'instruments', ['instrument', 'key', 'what it shows'], rows);
}

/**
 * docs/mechanisms.md with the table of these mechanisms, group by group, and which of these habitats give what each needs.
 * @throws {Error} if it has no place for one
 */
export function putMechanismTable(
  page: string,
  mechanisms: readonly Mechanism[],
  habitats: readonly Pick<Habitat, 'kind' | 'gives'>[],
): string {
  const where = ({ needs = [] }: Mechanism) => {
    const kinds = habitats.filter(({ gives }) => needs.every((need) => gives.includes(need))).map(({ kind }) => kind);
    return kinds.length === habitats.length ? 'all' : kinds.join(', ');
  };
  const rows = Object.entries(mechanismGroups).flatMap(([key, group]) =>
    mechanisms
      .filter((one) => (one.group ?? 'life') === key)
      .map((one) => [group.toLowerCase(), `\`${one.id}\``, one.summary, where(one)]),
  );
  return putTable(
    page,
    'docs/mechanisms.md',
    'mechanisms',
    ['about', 'mechanism', 'what happens when it is on', 'in habitats'],
    rows,
  );
}

/** docs/twins.md with the table of replicates and widths. @throws {Error} if it has no place for one */
export function putTwinTable(page: string): string {
  const heads = [
    'ticks after the parting',
    'fewest',
    'width at the fewest',
    ...countsOfWidths.map((count) => `at ${count}`),
    '1 s.d. found at',
    '2 s.d. found at',
  ];
  const rows = widthsOfTwins().map(({ fewest, widths, found }, window) => {
    const [from, to] = [window === 0 ? 0 : pieceTicks * 2 ** (window - 1), pieceTicks * 2 ** window];
    return [
      `${from} to ${to}`,
      String(fewest),
      ...widths.map((width) => width.toFixed(1)),
      ...found.map((count) => (Number.isFinite(count) ? String(count) : 'more')),
    ];
  });
  return putTable(page, 'docs/twins.md', 'replicates of twins', heads, rows);
}
