import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = process.cwd();

test('the public surface is the one of docs/api.md, and each of its names has one level', async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'lib']);
  const { apiReport, reportFile } = (await import(new URL('../../scripts/api-report.mjs', import.meta.url).href)) as {
    apiReport(): { text: string; untold: string[] };
    reportFile: string;
  };
  const { text, untold } = apiReport();
  expect(untold, 'names without exactly one of @public, @experimental, @internal').toEqual([]);
  const differs = 'the public surface differs from docs/api.md; run npm run build -- api and look at what changed';
  expect(text === readFileSync(reportFile, 'utf8'), differs).toBe(true);
});
