import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScene } from '../../../src/scene/parse.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import { smallScenes } from '../small-scenes.ts';
import { callUpslope } from './call-upslope.ts';
import { type Json, mutateTree, writeJson } from './mutate-json.ts';
import { mutateText } from './mutate-text.ts';
import { isSmall } from './run-briefly.ts';

/** Whether it is clear before a replay that it is short; what cannot be read at all is. */
function isShort(text: string): boolean {
  try {
    const { scene, ticks } = JSON.parse(text) as { scene: unknown; ticks: number };
    return !(ticks > 20) && isSmall(parseScene(scene, 'scene'));
  } catch {
    return true;
  }
}

export const provenance: CaseTarget = {
  name: 'provenance',
  title: 'provenance files, checked and replayed',
  extension: 'json',
  weight: 4,
  async prepare(place) {
    const path = join(place, 'provenance.json');
    const bases: string[] = [];
    for (const [name, scene] of smallScenes()) {
      const file = join(place, `${name}.json`);
      writeFileSync(file, JSON.stringify(scene));
      const made = await callUpslope([
        'run',
        file,
        '--seed',
        '7',
        '--ticks',
        '6',
        '--at',
        `3:populations.${Object.keys(scene.populations)[0]}.mechanisms.mutation.on=false`,
        '--out',
        join(place, name),
      ]);
      if ('refused' in made) throw new Error(made.refused);
      bases.push(readFileSync(join(place, name, 'provenance.json'), 'utf8'));
    }
    return {
      make(random) {
        const text = random.pick(bases);
        const kind = random.below(10);
        if (kind === 9) return bytesOf(mutateText(random, text));
        const tree = JSON.parse(text) as { [key: string]: Json };
        // The scene is most of it.
        if (kind < 5) {
          const { scene, ...rest } = tree;
          return bytesOf(writeJson({ ...(mutateTree(random, rest) as { [key: string]: Json }), scene }));
        }
        return bytesOf(writeJson(mutateTree(random, tree, [JSON.parse(random.pick(bases)).scene as Json])));
      },
      async give(input) {
        writeFileSync(path, input);
        const checked = await callUpslope(['validate', path]);
        return isShort(textOf(input)) ? await callUpslope(['replay', path]) : checked;
      },
    };
  },
};
