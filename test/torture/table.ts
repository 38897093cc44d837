import type { Row } from './campaign.ts';

const titles = ['target', 'cases', 'refused', 'accepted', 'failures', 'seconds', 'slowest case', ''] as const;

const cells = ({ target, cases, refused, accepted, failures, seconds, slowest, note = '' }: Row): string[] => [
  target,
  String(cases),
  refused === undefined ? '-' : String(refused),
  String(accepted),
  String(failures),
  seconds.toFixed(1),
  cases > 0 ? `${slowest.milliseconds.toFixed(slowest.milliseconds < 10 ? 1 : 0)} ms (${slowest.index})` : '-',
  note,
];

/** The table at the end of a campaign, a line a target, with a sum where there are several. */
export function tabulate(rows: readonly Row[]): string[] {
  const lines = [titles as readonly string[], ...rows.map(cells)];
  if (rows.length > 1) lines.push(cells(sumOf(rows)));
  const widths = titles.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  // Names and notes read from the left, numbers from the right.
  const align = (text: string, i: number) => (i === 0 || i === 7 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return lines.map((line) => line.map(align).join('  ').trimEnd());
}

function sumOf(rows: readonly Row[]): Row {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const longest = rows.reduce((a, b) => (b.slowest.milliseconds > a.slowest.milliseconds ? b : a));
  return {
    target: 'all',
    cases: sum(({ cases }) => cases),
    refused: rows.every(({ refused }) => refused === undefined) ? undefined : sum(({ refused }) => refused ?? 0),
    accepted: sum(({ accepted }) => accepted),
    failures: sum(({ failures }) => failures),
    seconds: sum(({ seconds }) => seconds),
    slowest: longest.slowest,
    note: longest.target,
  };
}
