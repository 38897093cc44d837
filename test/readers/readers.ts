import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

const scripts = await import(new URL('../../scripts/readers.mjs', import.meta.url).href);

/** Commands of the programs that are there. */
export const { rscript, python, pandas, parquet }: Record<'rscript' | 'python' | 'pandas' | 'parquet', string | undefined> =
  scripts.findReaders();

/** A test that needs a program of others: where there is none it is skipped, and its name says so. */
export function testWith(program: string | undefined, install: string, title: string, work: () => void | Promise<void>): void {
  test.skipIf(!program)(program ? title : `${title} (not found: install ${install})`, work);
}

export const withR = (title: string, work: () => void | Promise<void>) => testWith(rscript, 'r-cran-ape', title, work);
export const withPython = (title: string, work: () => void | Promise<void>) =>
  testWith(python, 'python3-dendropy, python3-biopython and python3-pandas', title, work);

/** Output of a program. */
export function output(program: string | undefined, args: readonly string[]): string {
  return execFileSync(program as string, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
}
