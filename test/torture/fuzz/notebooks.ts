import { hashBytes } from '../../../src/math/hash.ts';
import { type Packable, pack, unpack } from '../../../src/record/pack.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import { SnapshotError } from '../../../src/simulation/snapshot.ts';
import { Run } from '../../../src/worker/live-run.ts';
import { readEntry, type SavedRun, writeEntry } from '../../../src/worker/notebook/entry.ts';
import { readNotebookFile, writeNotebookFile } from '../../../src/worker/notebook/notebook-file.ts';
import { takeUp } from '../../../src/worker/notebook/take-up.ts';
import { reportLine } from '../../../src/worker/report-line.ts';
import { reportPhylogeny } from '../../../src/worker/report-phylogeny.ts';
import type { CaseTarget } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import { checkFinite } from '../check-world.ts';
import type { Random } from '../random.ts';
import { smallScenes } from '../small-scenes.ts';
import { busyScenes } from './busy-scenes.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateState } from './mutate-state.ts';
import { frozen } from './notebook-texts.ts';
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

/** A run of a scene, some ticks old and with a fossil, as an entry. */
function entryOf(scene: Scene, ticks: number): Uint8Array {
  const run = Run.found(scene, '7', [
    { at: 3, path: `populations.${Object.keys(scene.populations)[0]}.mechanisms.mutation.on`, value: false },
  ]);
  try {
    while (run.world.tick < ticks && run.step());
    const [{ table, count }] = run.world.populations;
    if (count > 0) run.record.keepFossil(run.world, table.f64('id')[0]);
    const saved: SavedRun = { scene, firstSeed: '7', began: 0, course: run.changes.course(), kept: run.keep() };
    return writeEntry({ ...about, tick: run.world.tick }, saved);
  } finally {
    run.dispose();
  }
}

/** Runs of every scene that comes with the program, and longer ones that hold everything that a run can hold. */
const baseEntries = () => [
  ...[...smallScenes().values()].map((scene) => entryOf(scene, 5)),
  ...busyScenes.map((json) => entryOf(parseScene(json, 'busy'), 40)),
];

type Tree = Record<string, Packable>;
const kept = (state: Packable) => ((state as Tree | undefined)?.run as Tree | undefined)?.kept as Tree | undefined;

/** The state of an entry of another shape, its record taken apart and put together again. */
function reshape(random: Random, body: Uint8Array): Uint8Array {
  const state = unpack(body) as Tree;
  const whole = kept(state) as Tree;
  const record = unpack(whole.record as Uint8Array);
  const other = mutateState(random, { ...state, run: { ...(state.run as Tree), kept: { ...whole, record } } });
  const mutated = kept(other);
  if (mutated?.record === undefined || ArrayBuffer.isView(mutated.record)) return joined(pack(other));
  const run = { ...((other as Tree).run as Tree), kept: { ...mutated, record: joined(pack(mutated.record)) } };
  return joined(pack({ ...(other as Tree), run }));
}

/** The entry with damage inside and a check sum that holds. */
const seal = (body: Uint8Array): Uint8Array => joined([body, new Uint8Array(Uint32Array.from(hashBytes(body)).buffer)]);

/** Reads everything that is kept beside the world of a run. */
function lookAt({ record, recorder, world }: Run): void {
  recorder.series.read(recorder.columns.map((_, i) => i));
  recorder.landscape?.path.each(() => {});
  reportPhylogeny(record, world);
  for (const { organism } of record.fossils) reportLine(record, organism, world.initialScene);
  record.visitAncestors(() => {});
  for (const { table, count } of world.populations) record.genomesOf(table.f64('id').slice(0, count));
}

/** Opens a file of the notebook as the page does, and goes on with its runs. */
function openNotebook(bytes: Uint8Array): void {
  for (const { bytes: entry } of readNotebookFile(bytes).entries) {
    const resumed = takeUp(readEntry(entry).run);
    try {
      if (!isSmall(resumed.world.scene)) continue;
      orSceneError(() => {
        // As far as the next census of a busy scene.
        for (let tick = 0; tick < 12; tick++) if (resumed.step()) checkFinite(resumed.world);
        lookAt(resumed);
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
        switch (random.below(6)) {
          case 0:
            return mutateBytes(random, fileOf(entry));
          case 1:
            return mutatePacked(random, fileOf(entry));
          case 2:
            return fileOf(mutateBytes(random, entry));
          case 3:
            return fileOf(seal(reshape(random, entry.subarray(0, entry.length - 8))));
          default:
            return fileOf(seal(mutatePacked(random, entry.subarray(0, entry.length - 8))));
        }
      },
      give: (input) => orRefused([Error, SceneError, SnapshotError], () => openNotebook(input)),
    };
  },
};
