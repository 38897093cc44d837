import { hashBytes } from '../../../src/math/hash.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { NonFiniteStateError } from '../../../src/simulation/non-finite.ts';
import {
  combineDigests,
  readSnapshot,
  SnapshotError,
  type SnapshotText,
  writeSnapshot,
} from '../../../src/simulation/snapshot.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import type { CaseTarget, ReadyTarget } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import type { Random } from '../random.ts';
import { smallScenes } from '../small-scenes.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { type Json, mutateTree, writeJson } from './mutate-json.ts';
import { isSmall, orSceneError, stepAndCheck } from './run-briefly.ts';

/** A snapshot, and what it is made of. */
interface Parts {
  readonly bytes: Uint8Array;
  readonly text: SnapshotText;
  readonly columns: readonly Uint8Array[];
  /** Type of each column's values. */
  readonly types: readonly string[];
}

const widths: Readonly<Record<string, number>> = { f32: 4, f64: 8, i32: 4, u32: 4 };

/** Takes a good snapshot apart: the habitat's block, where there is one, then the columns that its text names. */
export function partsOf(snapshot: ArrayBuffer): Parts {
  const { text, body } = readSnapshot(snapshot);
  const types: string[] = [];
  const lengths: number[] = [];
  for (const [p, names] of text.columns.entries()) {
    for (const name of names) {
      const [, type, width] = name.split(' ');
      types.push(type);
      lengths.push(widths[type] * Number(width) * text.counts[p]);
    }
  }
  const pad = (bytes: number) => Math.ceil(bytes / 8) * 8;
  const habitat = body.length - lengths.reduce((sum, length) => sum + pad(length), 0);
  if (habitat > 0) {
    types.unshift('f32');
    lengths.unshift(habitat);
  }
  let at = 0;
  const columns = lengths.map((length) => {
    const column = body.slice(at, at + length);
    at += pad(length);
    return column;
  });
  return { bytes: new Uint8Array(snapshot), text, columns, types };
}

/** Worlds of every scene that comes with the program, some ticks old, as snapshots. */
export function baseSnapshots(): readonly Parts[] {
  return [...smallScenes().values()].map((scene) => {
    const world = createSimulation(scene, 'fuzz');
    try {
      world.step(6);
      return partsOf(world.snapshot());
    } finally {
      world.dispose();
    }
  });
}

const wrongFloats = [
  0,
  -0,
  1,
  -1,
  1e-45,
  1e-20,
  3,
  63.999,
  64,
  1e4,
  1e20,
  -1e20,
  3.4e38,
  -3.4e38,
  Number.POSITIVE_INFINITY,
  Number.NaN,
];
const wrongWords = [0, 1, 2, 3, 7, 0x7fffffff, 0x80000000, 0xffffffff, 1000];
const wrongDoubles = [0, -1, -2, 1, 0.5, 1e9, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, Number.POSITIVE_INFINITY, Number.NaN];

/** Changes a few values of a column to what they should not be, or to one another's. */
function damageColumn(random: Random, column: Uint8Array, type: string): Uint8Array {
  const copy = column.slice();
  const view = new DataView(copy.buffer);
  const size = widths[type];
  const count = Math.floor(copy.length / size);
  if (count === 0) return copy;
  for (let i = random.upTo(6); i > 0; i--) {
    const at = size * random.below(count);
    if (random.chance(0.2)) copy.copyWithin(at, size * random.below(count), size * random.below(count) + size);
    else if (type === 'f32') view.setFloat32(at, random.pick(wrongFloats), true);
    else if (type === 'f64') view.setFloat64(at, random.pick(wrongDoubles), true);
    else view.setUint32(at, random.pick(wrongWords), true);
  }
  return copy;
}

/** A snapshot whose check sums hold, of parts of which some were damaged. */
export function sealDamaged(random: Random, { text, columns, types }: Parts): Uint8Array {
  const kind = random.below(10);
  const words = kind < 6 ? mutateTree(random, structuredClone(text) as unknown as Json) : text;
  const damaged = columns.map((column, c) =>
    kind >= 5 && random.chance(2 / columns.length) ? damageColumn(random, column, types[c]) : column,
  );
  if (kind === 9) {
    const c = random.below(damaged.length);
    damaged[c] = mutateBytes(random, damaged[c]);
  }
  // What JSON cannot say goes in as text.
  return sealSnapshot(JSON.parse(writeJson(words as Json)) as SnapshotText, damaged);
}

/** A snapshot of these parts, whatever they say, with check sums that hold. */
export const sealSnapshot = (text: SnapshotText, columns: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(writeSnapshot(text, columns, (words, all) => combineDigests([words, ...all].map((bytes) => hashBytes(bytes)))));

function saysNotFinite(world: Simulation): boolean {
  try {
    world.assertFinite();
    return false;
  } catch (error) {
    if (error instanceof NonFiniteStateError) return true;
    throw error;
  }
}

/** Opens a snapshot as every reader does, and goes on with it. */
export function openSnapshot(bytes: Uint8Array): void {
  const buffer = bytes.slice().buffer as ArrayBuffer;
  const world = simulationFromSnapshot(buffer);
  try {
    if (!isSmall(world.scene)) return;
    try {
      orSceneError(() => stepAndCheck(world));
    } catch (error) {
      // Numbers that are finite but larger than any that a world makes may overflow later: then the engine must say so itself, in a line.
      if (!saysNotFinite(world)) throw error;
    }
  } finally {
    world.dispose();
  }
}

const prepare = (make: (random: Random, base: Parts, bases: readonly Parts[]) => Uint8Array) => (): ReadyTarget => {
  const bases = baseSnapshots();
  return {
    make: (random) => make(random, random.pick(bases), bases),
    give: (input) => orRefused([SnapshotError, SceneError], () => openSnapshot(input)),
  };
};

export const snapshots: CaseTarget = {
  name: 'snapshots',
  title: 'snapshots, damaged as files are',
  extension: 'upslope',
  weight: 30,
  prepare: prepare((random, { bytes }, bases) => {
    // Most of a snapshot is columns: half of the damage goes to its beginning.
    if (random.chance(0.1)) {
      const other = random.pick(bases).bytes;
      const cut = 32 + random.below(bytes.length - 32);
      return Uint8Array.from([...bytes.subarray(0, cut), ...other.subarray(Math.min(cut, other.length))]);
    }
    if (random.chance(0.5)) return mutateBytes(random, bytes);
    const head = 64 + random.upTo(4096);
    const damaged = mutateBytes(random, bytes.slice(0, head));
    const whole = new Uint8Array(damaged.length + Math.max(0, bytes.length - head));
    whole.set(damaged);
    whole.set(bytes.subarray(head), damaged.length);
    return whole;
  }),
};

export const sealedSnapshots: CaseTarget = {
  name: 'sealed-snapshots',
  title: 'snapshots with damage inside and check sums that hold',
  extension: 'upslope',
  weight: 8,
  prepare: prepare((random, base) => sealDamaged(random, base)),
};
