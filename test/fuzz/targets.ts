import { hashBytes } from '../../src/math/hash.ts';
import { type Packable, pack, unpack } from '../../src/record/pack.ts';
import { SceneError } from '../../src/scene/error.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { checkSchedule } from '../../src/scene/set-path.ts';
import { decodeShare } from '../../src/scene/share.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { readEntry, writeEntry } from '../../src/worker/notebook/entry.ts';
import { type EntryText, readText } from '../../src/worker/notebook/entry-text.ts';
import { readFrozen } from '../../src/worker/notebook/frozen-entry.ts';
import { readNotebookFile, writeNotebookFile } from '../../src/worker/notebook/notebook-file.ts';
import { takeUp } from '../../src/worker/notebook/take-up.ts';
import { packLink, unpackLink } from '../../src/worker/pack-link.ts';
import { reportLine } from '../../src/worker/report-line.ts';
import { reportPhylogeny } from '../../src/worker/report-phylogeny.ts';
import { Run } from '../../src/worker/run.ts';
import { mutate, mutateBytes, seededRandom } from './mutate.ts';
import { fuzzScenes } from './scenes.ts';

/** What became of one mutated input: why it was refused, or undefined where it was taken. */
export type Outcome = string | undefined;

/** A reader of what strangers may send: each seed is one mutated input. It throws where the reader does what it must not do. */
export type FuzzTarget = (seed: number) => Outcome;

const join = (chunks: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(chunks));
const bytesOf = (state: Packable) => join(pack(state));
type Tree = Record<string, Packable>;

const isOfEngine = (error: unknown): boolean =>
  [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);

/** One plain line, from an error that was meant: never one of the engine's own. */
function refusal(error: unknown): string {
  if (!(error instanceof Error) || isOfEngine(error) || isOfEngine(error.cause)) throw error;
  const lines = error instanceof SceneError ? error.message.split('\n') : [error.message];
  for (const line of lines) {
    if (line.trim() === '' || line.length > 1200 || /[\n\r]/.test(line))
      throw new Error(`not a plain line: ${JSON.stringify(line)}`);
  }
  return error.message;
}

function outcome(read: () => void): Outcome {
  try {
    read();
    return undefined;
  } catch (error) {
    return refusal(error);
  }
}

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const text: Omit<EntryText, 'bytes'> = {
  kind: 'moment',
  ...{ id: 'one', name: 'a moment', title: 'Tiny', seed: 'seed' },
  ...{ tick: 40, living: 0, playing: false, savedAt: 1_700_000_000_000 },
};
const genome = { ploidy: 1, names: ['a', 'b'], values: [0.5, -1] } as const;
const trait = { id: 'body.size', title: 'Size', unit: '', value: 1 };
const frozen = {
  ...{ id: 'x', name: 'a friend', savedAt: 1 },
  organism: { organism: 7, population: 'Foragers', scene: 'Meadow', seed: '1', tick: 3, traits: [trait], genome },
};

/** Entries of runs with and without sex, transfers, species, fossils, on a landscape and in the plane: packed, and taken apart. */
const entries = once(() =>
  fuzzScenes.map((scene) => {
    const run = Run.found(parseScene(scene, 'fuzz'), 'seed', []);
    while (run.world.tick < 40 && run.step());
    run.record.keepFossil(run.world, run.world.populations[0].table.f64('id')[0]);
    const kept = run.keep();
    const bytes = writeEntry(text, { scene, firstSeed: 'seed', began: 0, course: run.changes.course(), kept });
    run.dispose();
    const state = unpack(bytes.subarray(0, bytes.length - 8)) as Tree;
    const parts = state.run as Tree;
    const whole = parts.kept as Tree;
    return { bytes, state: { ...state, run: { ...parts, kept: { ...whole, record: unpack(whole.record as Uint8Array) } } } };
  }),
);

/** Puts an entry together again, with a checksum that fits. */
function seal(state: Packable): Uint8Array {
  const run = (state as Tree | undefined)?.run as Tree | undefined;
  const kept = run?.kept as Tree | undefined;
  const record = kept?.record;
  const whole =
    record === undefined || ArrayBuffer.isView(record)
      ? state
      : { ...(state as Tree), run: { ...run, kept: { ...kept, record: bytesOf(record) } } };
  const body = bytesOf(whole);
  return join([body, new Uint8Array(Uint32Array.from(hashBytes(body)).buffer)]);
}

/** Reads an entry, goes on with its run for some ticks, and looks at everything that is kept beside it. */
function goOn(bytes: Uint8Array): void {
  const { run: saved } = readEntry(bytes);
  const run = takeUp(saved);
  try {
    for (let left = 12; left > 0; left--) if (!run.step()) break;
    const { record, recorder, world } = run;
    recorder.series.read(recorder.columns.map((_, i) => i));
    recorder.landscape?.path.each(() => {});
    reportPhylogeny(record, world.tick);
    for (const { organism } of record.fossils) reportLine(record, organism, undefined);
    record.visitAncestors(() => {});
    for (const { table, count } of world.populations) record.genomesOf(table.f64('id').slice(0, count));
    run.keep();
  } finally {
    run.dispose();
  }
}

const scene = fuzzScenes[0];
const shared = { v: 1, s: scene, r: '7', t: 30, c: [[10, 'populations.grazers.mechanisms.mutation.rate', 0.3]] };

/** Reads a link as the page does: its scene, then its changes, then the founding of its world. */
function follow(packed: string): void {
  const { parsed, changes, seed } = decodeShare(unpackLink(packed));
  if (!parsed || parsed.populations.grazers?.founders > 500) return;
  const problems = checkSchedule(parsed, [...changes]);
  if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
  createSimulation(parsed, seed).dispose();
}

export const fuzzTargets = {
  /** Anything that `unpack` reads. */
  pack(seed) {
    const random = seededRandom(seed);
    const { bytes } = entries()[seed % entries().length];
    return outcome(() => void unpack(mutateBytes(bytes.subarray(0, bytes.length - 8), random)));
  },
  /** Entries of the notebook of another shape, with checksums that fit. */
  notebook(seed) {
    const random = seededRandom(seed);
    const state = mutate(entries()[seed % entries().length].state as Packable, random);
    return outcome(() => goOn(seal(state)));
  },
  /** Files of the notebook, and what its store says of entries and of organisms of the freezer. */
  notebookFile(seed) {
    const random = seededRandom(seed);
    const small = entries()[0].bytes.subarray(0, 64);
    const file = unpack(join(writeNotebookFile({ entries: [{ name: 'one', bytes: small }], frozen: [frozen] }))) as Tree;
    const organisms = mutate([frozen], random);
    readText(mutate({ ...text, bytes: 10 }, random));
    readFrozen((organisms as readonly Packable[] | undefined)?.[0]);
    return outcome(() => {
      const changed = seed % 2 === 0 ? mutate(file, random) : { ...file, frozen: JSON.stringify(organisms, noBigints) };
      for (const { bytes } of readNotebookFile(bytesOf(changed)).entries) outcome(() => void readEntry(bytes));
    });
  },
  /** Links: their text, and what it says. */
  link(seed) {
    const random = seededRandom(seed);
    if (seed % 4 === 0) {
      const packed = new TextEncoder().encode(packLink(JSON.stringify(shared)));
      return outcome(() => follow(new TextDecoder('latin1').decode(mutateBytes(packed, random))));
    }
    return outcome(() => follow(packLink(JSON.stringify(mutate(shared as unknown as Packable, random), noBigints) ?? '')));
  },
} satisfies Record<string, FuzzTarget>;

const noBigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
