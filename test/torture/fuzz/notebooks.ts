import { hashBytes } from '../../../src/math/hash.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { SnapshotError } from '../../../src/simulation/snapshot.ts';
import { readEntry, type SavedRun, writeEntry } from '../../../src/worker/notebook/entry.ts';
import { readNotebookFile, writeNotebookFile } from '../../../src/worker/notebook/notebook-file.ts';
import { takeUp } from '../../../src/worker/notebook/take-up.ts';
import { Run } from '../../../src/worker/run.ts';
import type { CaseTarget } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import { checkFinite } from '../check-world.ts';
import { smallScenes } from '../small-scenes.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { joined, mutatePacked } from './packs.ts';
import { isSmall, orSceneError } from './run-briefly.ts';

const about = {
  id: 'one',
  kind: 'moment',
  name: 'a moment',
  title: 'Small',
  seed: '7',
  living: 0,
  playing: false,
  savedAt: 1_700_000_000_000,
} as const;

/** Runs of every scene that comes with the program, some ticks old, as entries. */
function baseEntries(): Uint8Array[] {
  return [...smallScenes().values()].map((scene) => {
    const run = Run.found(scene, '7', [
      { at: 3, path: `populations.${Object.keys(scene.populations)[0]}.mechanisms.mutation.on`, value: false },
    ]);
    try {
      for (let tick = 0; tick < 5; tick++) run.step();
      const saved: SavedRun = { scene, firstSeed: '7', began: 0, course: run.changes.course(), kept: run.keep() };
      return writeEntry({ ...about, tick: run.world.tick }, saved);
    } finally {
      run.dispose();
    }
  });
}

const frozen = [
  {
    id: 'x',
    name: 'a friend',
    savedAt: 1,
    organism: {
      organism: 7,
      population: 'Foragers',
      scene: 'Meadow',
      seed: '1',
      tick: 3,
      traits: [{ id: 'body.size', title: 'Size', unit: '', value: 1 }],
      genome: { ploidy: 1 as const, names: ['a', 'b'], values: [0.5, -1] },
    },
  },
];

/** The entry with damage inside and a check sum that holds. */
const seal = (body: Uint8Array): Uint8Array => joined([body, new Uint8Array(Uint32Array.from(hashBytes(body)).buffer)]);

/** Opens a file of the notebook as the page does, and goes on with its runs. */
function openNotebook(bytes: Uint8Array): void {
  for (const { bytes: entry } of readNotebookFile(bytes).entries) {
    const resumed = takeUp(readEntry(entry).run);
    try {
      if (!isSmall(resumed.world.scene)) continue;
      orSceneError(() => {
        for (let tick = 0; tick < 3; tick++) if (resumed.step()) checkFinite(resumed.world);
        resumed.keep();
      });
    } finally {
      resumed.dispose();
    }
  }
}

export const notebooks: CaseTarget = {
  name: 'notebooks',
  title: 'files of the notebook: the file, its entries, and the runs in them',
  extension: 'upslope-notebook',
  weight: 4,
  prepare() {
    const entries = baseEntries();
    const fileOf = (bytes: Uint8Array) => joined(writeNotebookFile({ entries: [{ name: 'a', bytes }], frozen }));
    return {
      make(random) {
        const entry = random.pick(entries);
        switch (random.below(5)) {
          case 0:
            return mutateBytes(random, fileOf(entry));
          case 1:
            return mutatePacked(random, fileOf(entry));
          case 2:
            return fileOf(mutateBytes(random, entry));
          default:
            return fileOf(seal(mutatePacked(random, entry.subarray(0, entry.length - 8))));
        }
      },
      give: (input) => orRefused([Error, SceneError, SnapshotError], () => openNotebook(input)),
    };
  },
};
