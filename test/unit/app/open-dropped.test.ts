// What is dropped on the page: which file is read, how much of it, and which of two drops is shown.
import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { App } from '../../../src/app/app.svelte.ts';
import { openDropped } from '../../../src/app/session/open-dropped.ts';
import { Worlds } from '../../../src/app/session/worlds.ts';
import { readArchivedRun, readLeftRun } from '../../../src/worker/read-left-run.ts';

/** A page that keeps what is said and what is opened. */
function page() {
  const [said, opened]: [string[], string[]] = [[], []];
  const worlds = new Worlds(undefined as never);
  worlds.load = async ({ file }) => opened.push(file) > 0;
  worlds.openBytes = async (_, file) => ({ tick: opened.push(file) }) as never;
  const app = {
    worlds,
    notices: { say: ({ text }: { text: string }) => said.push(text) },
    transport: { play: async () => {}, runTo: async () => false },
    world: {},
    worker: {
      run: {
        readLeft: async (from: 'branch', bytes: ArrayBuffer) => readLeftRun(from, new Uint8Array(bytes)),
        readArchive: async (bytes: ArrayBuffer) => readArchivedRun(new Uint8Array(bytes)),
      },
    },
  } as unknown as App;
  return { app, said, opened, drop: (...files: File[]) => openDropped(app, { entries: files.map(() => null), files }) };
}

/** A file that counts the bytes that are read of it. */
function file(name: string, text: string, more: { size?: number; wait?: Promise<void> } = {}) {
  const made = new File([text], name);
  const read = { whole: 0 };
  if (more.size !== undefined) Object.defineProperty(made, 'size', { value: more.size });
  for (const method of ['text', 'arrayBuffer'] as const) {
    const plain = made[method].bind(made);
    Object.defineProperty(made, method, {
      value: async () => {
        read.whole++;
        await more.wait;
        return plain();
      },
    });
  }
  return { made, read };
}

const entry = (of: File) => ({ isDirectory: false, name: of.name, file: (take: (file: File) => void) => take(of) });
function folder(name: string, inside: unknown[]) {
  return {
    isDirectory: true,
    name,
    createReader: () => {
      let left = [inside, []];
      return {
        readEntries: (take: (some: unknown) => void) => {
          const [some] = left;
          left = left.slice(1);
          take(some);
        },
      };
    },
  } as unknown as FileSystemEntry;
}

it('of a folder one file is read, and none where it holds several runs', async () => {
  const state = file('branch.upslope', 'UPSLOPE1');
  const other = file('provenance.json', '{}');
  const { app, opened, said } = page();
  await openDropped(app, { entries: [folder('run', [entry(state.made), entry(other.made)])], files: [] });
  expect([opened, state.read.whole, other.read.whole]).toEqual([['run'], 1, 0]);
  const more = file('provenance.json', '{}');
  const runs = ['a', 'b'].map((name) => folder(name, [entry(more.made)]));
  await openDropped(app, { entries: [folder('runs', runs)], files: [] });
  await openDropped(app, { entries: runs, files: [] });
  expect(said.slice(1)).toEqual([
    'runs: it holds 2 runs; take the folder of one',
    'a: 1 more were dropped with it; drop the folder of one run',
  ]);
  expect([opened.length, more.read.whole]).toEqual([1, 0]);
});

it('files that are too large, or not what their names say, are not read', async () => {
  const { drop, said, opened } = page();
  const files = [
    file('provenance.json', '{', { size: 2 ** 24 }),
    file('scene.JSON', '{', { size: 2 ** 24 }),
    file('run.ZIP', 'PK', { size: 2 ** 30 }),
    file('run.zip', 'no archive'),
    file('picture.png', 'PNG'),
    file('scene.json', '[1]'),
    file('world.upslope', 'UPSLOPE1', { size: 2 ** 29 }),
    file('runs.upslope-notebook', '', { size: 2 ** 30 }),
  ];
  for (const { made } of files) await drop(made);
  expect(said).toEqual([
    'provenance.json: its provenance has more than 8 MB; open it with: upslope serve RUN',
    'scene.JSON: more than 8 MB, more than the page reads of a scene',
    'run.ZIP: more than 512 MB, which is too much for the page; unpack it and drop its folder',
    'run.zip: not a ZIP archive; use another copy',
    'picture.png: neither a saved world, nor a scene, a notebook or an archive of a run',
    'scene.json: not JSON of a scene, which begins with {; correct the file',
    'world.upslope: more than 256 MB, which is too much for the page',
    'runs.upslope-notebook: more than 512 MB, which is too much for the page; save fewer runs in it',
  ]);
  expect([opened, files.map(({ read }) => read.whole)]).toEqual([[], files.map(() => 0)]);
});

it('the later of two drops is shown, unless it cannot be read', async () => {
  const slow = () => {
    let go = () => {};
    const wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    return { go, ...file('slow.json', '{}', { wait }) };
  };
  const { app, drop, opened } = page();
  const first = slow();
  const dropped = drop(first.made);
  await drop(file('quick.json', '{}').made);
  first.go();
  await dropped;
  expect(opened).toEqual(['quick.json']);

  const second = slow();
  const again = drop(second.made);
  await drop(file('picture.png', 'PNG').made);
  second.go();
  await again;
  expect(opened).toEqual(['quick.json', 'slow.json']);

  // A world that was chosen meanwhile.
  const third = slow();
  const last = drop(third.made);
  app.worlds.wish();
  third.go();
  await last;
  expect(opened).toHaveLength(2);
});

it('a drop that cannot be read stops no request', async () => {
  const { app, drop } = page();
  const isLast = app.worlds.wish();
  await drop(new File([new Uint8Array(zipSync({ a: new Uint8Array(1) }))], 'no-run.zip'));
  expect(isLast()).toBe(true);
  await drop(file('scene.json', '{}').made);
  expect(isLast()).toBe(false);
});
