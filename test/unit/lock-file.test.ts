import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Packages of a lock file: those of the project, and those of the site of its documents. */
const packagesOf = (path: string) =>
  (JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as { packages: Readonly<Record<string, Locked>> })
    .packages;

const files = ['package-lock.json', 'docs/package-lock.json'];

// A registry that withholds packages of other systems makes npm leave them out of the lock file without a word; `npm ci`
// then refuses the file on every machine.
it.each(files)('%s has an entry for the packages of every system', (file) => {
  const packages = packagesOf(file);
  const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).filter(
      (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
    ),
  );
  expect(missing).toEqual([]);
});

it.each(files)('the packages that %s asks for are asked for in one exact version', (file) => {
  const packages = packagesOf(file);
  const asked = Object.values({ ...packages[''].dependencies, ...packages[''].devDependencies });
  expect(asked.length).toBeGreaterThan(0);
  for (const version of asked) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});
