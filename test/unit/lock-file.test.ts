import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

// A registry that withholds packages of other systems makes npm leave them out of the lock file without a word; `npm ci`
// then refuses the file on every machine.
it('the lock file has an entry for the packages of every system', () => {
  const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).filter(
      (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
    ),
  );
  expect(missing).toEqual([]);
});

it('the packages that the project asks for are asked for in one exact version', () => {
  const asked = Object.values({ ...packages[''].dependencies, ...packages[''].devDependencies });
  expect(asked.length).toBeGreaterThan(0);
  for (const version of asked) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});
