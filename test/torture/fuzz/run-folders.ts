import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tinyScene } from '../../unit/experiment/small-plan.ts';
import type { CaseTarget } from '../cases/target.ts';
import { callUpslope } from './call-upslope.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateText } from './mutate-text.ts';

/** What is done with a damaged folder, beside checking it. */
const commands: readonly (readonly string[])[] = [
  [],
  ['tree'],
  ['price'],
  ['export', '--format', 'newick,nexus,extended-newick,alife'],
  ['export', '--format', 'tskit'],
  ['analyse'],
];

/** A damaged file of a folder, and what is done with the folder: a line of JSON, then the bytes. */
interface Damage {
  readonly file: string;
  /** Whether the manifest lies beside it, which finds every damage; without it the readers have to. */
  readonly signed: boolean;
  readonly command: number;
}

function readDamage(input: Uint8Array): { damage: Damage; bytes: Uint8Array } {
  const end = input.indexOf(10);
  return { damage: JSON.parse(new TextDecoder().decode(input.subarray(0, end))) as Damage, bytes: input.subarray(end + 1) };
}

export const runFolders: CaseTarget = {
  name: 'run-folders',
  title: 'tables of finished runs and exports, read by every command that reads them',
  extension: 'damage',
  weight: 1,
  async prepare(place) {
    const [scene, run, exported, work] = ['scene.json', 'run', 'export', 'work'].map((name) => join(place, name));
    const record = { census: { every: 5 }, fossils: { every: 5, sample: 2 } };
    writeFileSync(scene, JSON.stringify({ ...tinyScene, record }));
    for (const args of [
      ['run', scene, '--seed', '7', '--ticks', '30', '--every', '10', '--csv', '--genomes', 'kept', '--out', run],
      ['export', run, '--format', 'all', '--out', exported],
    ]) {
      const made = await callUpslope(args);
      if ('refused' in made) throw new Error(made.refused);
    }
    const files = [run, exported].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder.slice(place.length + 1), name)),
    );
    const sources = new Map(
      files.filter((name) => statSync(join(place, name)).isFile()).map((name) => [name, readFileSync(join(place, name))]),
    );
    const names = [...sources.keys()].sort();
    return {
      make(random) {
        const file = random.pick(names);
        const bytes = new Uint8Array(sources.get(file) as Uint8Array);
        const isText = !file.endsWith('.parquet') && random.chance(0.7);
        let damaged: Uint8Array;
        if (isText) damaged = new TextEncoder().encode(mutateText(random, new TextDecoder().decode(bytes)));
        else if (random.chance(0.5)) damaged = mutateBytes(random, bytes);
        else {
          // The description of a table lies at its end.
          const cut = Math.max(0, bytes.length - 64 - random.upTo(4096));
          const tail = mutateBytes(random, bytes.slice(cut));
          damaged = new Uint8Array([...bytes.subarray(0, cut), ...tail]);
        }
        const head = `${JSON.stringify({ file, signed: random.chance(0.2), command: random.below(commands.length) } satisfies Damage)}\n`;
        return new Uint8Array([...new TextEncoder().encode(head), ...damaged]);
      },
      async give(input) {
        const { damage, bytes } = readDamage(input);
        const [folder] = damage.file.split('/');
        const path = join(place, damage.file);
        const manifest = `${folder}/manifest.json`;
        writeFileSync(path, bytes);
        if (!damage.signed) rmSync(join(place, manifest), { force: true });
        rmSync(work, { recursive: true, force: true });
        try {
          const checked = await callUpslope(['validate', join(place, folder)]);
          const [command, ...flags] = commands[damage.command];
          if (command === undefined || folder !== 'run') return checked;
          const out = command === 'export' || command === 'analyse' ? ['--out', work] : [];
          const done = await callUpslope([command, run, ...flags, ...out]);
          return 'refused' in checked ? checked : done;
        } finally {
          for (const name of [damage.file, manifest]) {
            const source = sources.get(name);
            if (source) writeFileSync(join(place, name), source);
          }
        }
      },
    };
  },
};
