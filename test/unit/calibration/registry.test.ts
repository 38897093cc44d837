import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alignmentTable, gradientTable } from '../../../src/cli/analysis/assay-files.ts';
import { priceTable } from '../../../src/cli/analysis/price.ts';
import { collectedMeans, collectedProbes, collectedSummary } from '../../../src/experiment/collected-tables.ts';
import { climbTable, fisherTable } from '../../../src/experiment/describe-climb.ts';
import { invasionTable, singularTable } from '../../../src/experiment/describe-invasion.ts';
import { tournamentTable } from '../../../src/experiment/describe-tournament.ts';
import { transplantContestTable, transplantTable } from '../../../src/experiment/describe-transplant.ts';
import { differencesTable } from '../../../src/experiment/differences.ts';
import { assaysTable, gainsTable, stepsTable } from '../../../src/experiment/gains-tables.ts';
import { ratesTable, rivalContestsTable, rivalLociTable, worthTable } from '../../../src/experiment/rivals-tables.ts';
import { statsTable, sweepsTable } from '../../../src/experiment/stats/statistic-rows.ts';
import type { ExportTable } from '../../../src/export/export-table.ts';
import { calibrations, columns, sources } from '../../theory/calibration/registry.ts';
import { type Coverage, judge } from '../../theory/calibration/row.ts';
import { smallPlan, sweepOf } from '../experiment/small-plan.ts';

const root = fileURLToPath(new URL('../../../src/', import.meta.url));

/** What makes an interval, a percentile or a p-value. */
const makers =
  /studentQuantile|studentTail|holmCorrection|percentileOf|standardError|middle95|poissonBounds|neutralComponents|jackknife|bootstrap|resampl|confidenceSequence|meanSequence|0\.975|\bdraws = \d/i;

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** Names and exports of others are no makers; texts that people read are not either. */
const withoutTexts = (text: string) =>
  text
    .replace(/^export .* from .*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/>[^<>{}]*</g, '><');

function makersIn(text: string): boolean {
  return makers.test(withoutTexts(withoutComments(text)));
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.(ts|svelte)$/.test(name) && !name.startsWith('kernel/generated/'));

describe('every interval is calibrated', () => {
  it('in each source that makes one', () => {
    const found = files.filter((name) => makersIn(readFileSync(join(root, name), 'utf8'))).sort();
    expect(found, 'name its rows in test/theory/calibration/registry.ts').toEqual(Object.keys(sources).sort());
  });

  it('in each column of a table that holds one', () => {
    const sweep = sweepOf(smallPlan);
    const tables: readonly ExportTable[] = [
      ...[collectedMeans(sweep), collectedProbes(sweep), collectedSummary(sweep)].map(({ table }) => table),
      ...[
        differencesTable,
        climbTable,
        fisherTable,
        gainsTable,
        assaysTable,
        stepsTable,
        ratesTable,
        worthTable,
        rivalLociTable,
        rivalContestsTable,
        tournamentTable,
        transplantTable,
        transplantContestTable,
        invasionTable,
        singularTable,
        priceTable,
        statsTable,
        sweepsTable,
      ],
      ...[gradientTable, alignmentTable],
    ];
    const found = tables.flatMap(({ name, columns: all }) =>
      all
        .filter((column) => /(^|_)(low|high|error|percentile|p|holm)($|_)/.test(column.name))
        .map((column) => `${name}.${column.name}`),
    );
    expect(found.sort()).toEqual(Object.keys(columns).sort());
  });

  it('by rows that there are, each used', () => {
    const used = new Set(
      [...Object.values(sources), ...Object.values(columns)].flatMap((rows) => (typeof rows === 'string' ? [] : rows)),
    );
    expect(new Set(calibrations)).toEqual(used);
    expect(new Set(calibrations.map(({ name }) => name)).size).toBe(calibrations.length);
  });

  it('and a source or a row that falls short is noticed', () => {
    expect(makersIn('const bounds = bootstrap(values);')).toBe(true);
    expect(makersIn('const low = mean - studentQuantile(p, n) * error;')).toBe(true);
    expect(makersIn("// a bootstrap\nconst text = 'standard error';")).toBe(false);
    const [row] = calibrations;
    const of = (held: number, made: number): Coverage => ({ trials: made, made, held, squares: [made, held, held] });
    expect(judge(row, of(895, 1000)).holds).toBe(false);
    expect(judge(row, of(950, 1000)).holds).toBe(true);
    expect(judge(row, of(1000, 1000)).holds).toBe(false);
    expect(judge({ ...row, over: true }, of(1000, 1000)).holds).toBe(true);
  });
});
