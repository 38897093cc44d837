// The programs of others that read exports in the tests: R with ape, Python with dendropy, biopython and pandas.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './setup.mjs';

const packages = ['r-cran-ape', 'python3-dendropy', 'python3-biopython', 'python3-pandas'];

/** Debian's Python, which has Debian's packages; another one on the search path has not. */
const python = process.env.PYTHON_PATH ?? '/usr/bin/python3';
const rscript = process.env.RSCRIPT_PATH ?? 'Rscript';

const works = (program, args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Pythons that may have an engine for Parquet, which Debian does not package everywhere. */
const parquetPythons = [process.env.PARQUET_PYTHON_PATH, python, 'python3'].filter((path) => path !== undefined);

/**
 * Commands of the readers that are there; undefined for those that are not.
 * @returns {Record<'rscript' | 'python' | 'pandas' | 'parquet', string | undefined>}
 */
export function findReaders() {
  return {
    rscript: works(rscript, ['-e', 'library(ape)']) ? rscript : undefined,
    python: works(python, ['-c', 'import dendropy, Bio, pandas']) ? python : undefined,
    pandas: works(python, ['-c', 'import pandas']) ? python : undefined,
    parquet: parquetPythons.find((path) => works(path, ['-c', 'import pandas, pyarrow'])),
  };
}

/** Installs Debian's packages of the readers where they are missing and that may be done. */
export async function ensureReaders() {
  const found = findReaders();
  if (found.rscript && found.python) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`readers: some are missing, installing ${packages.join(', ')} with apt-get`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-qq'], options);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}
