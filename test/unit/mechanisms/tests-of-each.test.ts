import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mechanisms } from '../../../src/mechanisms/index.ts';

it.each(mechanisms.all().map(({ id }) => id))(
  'the tests of %s are in a file of its name, here or among those of theory',
  (id) => {
    expect(['test/unit/mechanisms', 'test/theory'].some((folder) => existsSync(`${folder}/${id}.test.ts`))).toBe(true);
  },
);
