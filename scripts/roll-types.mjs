// Rolls the declarations of the library up: one file an entry, and what entries share in files beside them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './setup.mjs';

/** Reads the tree in dist/types and writes dist/lib. Names of types that entries share and do not export stay private. */
export async function rollTypes() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = Object.values(exports).flatMap(({ types }) => types?.replace('./dist/lib/', '').replace(/\.d\.ts$/, '') ?? []);
  const rolled = await rollup({
    input: Object.fromEntries(names.map((name) => [name, join(root, 'dist/types', `${name}.d.ts`)])),
    external: ['zod'],
    plugins: [dts()],
    onwarn(warning, warn) {
      if (warning.code !== 'PLUGIN_WARNING') warn(warning);
    },
  });
  await rolled.write({
    dir: join(root, 'dist/lib'),
    format: 'es',
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'shared/types-[hash].d.ts',
  });
  await rolled.close();
}
