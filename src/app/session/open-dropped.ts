// Opens what a person drops on the page or chooses from files: the folder of a run, its archive, a state, a scene, a notebook.
import { transfer } from 'comlink';
import {
  checkLeftSize,
  checkpointMagic,
  fileOfRun,
  isLeftFile,
  type LeftFile,
  mostOfScene,
  mostOfState,
} from '../../experiment/left-files.ts';
import type { App } from '../app.svelte.ts';
import { messageOf, whole } from '../ui/words.ts';
import type { Dropped } from './dropped.ts';
import { makeAgain, openState } from './open-left.ts';
import { usualSeed } from './show-address.ts';

/** Entries of a folder that are looked at: a folder of that many is not that of a run. */
const mostEntries = 5_000;
/** Folders inside a folder, at most. */
const deepest = 2;
/** Largest archive or notebook that is read into memory, bytes. */
const largest = 2 ** 29;

/** Makes what is being opened the request that counts, once it is known to be a world; says whether none has been made since. */
type Claim = () => () => boolean;
type LeftRun = Awaited<ReturnType<App['worker']['run']['readLeft']>>;
/** Files by path, each opened where it is needed. */
type Files = ReadonlyMap<string, () => File | Promise<File>>;

/** Opens what was dropped. The present world stays where that cannot be read, which one line says. */
export async function openDropped(app: App, { entries, files }: Dropped): Promise<void> {
  const folder = entries.find((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  const name = folder?.name ?? files[0]?.name;
  if (name === undefined) return;
  const claim = app.worlds.reserve();
  try {
    if (folder) {
      if (entries.length > 1) throw new Error(`${entries.length - 1} more were dropped with it; drop the folder of one run`);
      await openLeft(app, name, await leftFilesIn(folder), claim);
    } else if (files.length > 1) {
      await openLeft(
        app,
        name,
        new Map(files.filter((file) => isLeftFile(file.name)).map((file) => [file.name, () => file])),
        claim,
      );
    } else await openFile(app, files[0], claim);
  } catch (error) {
    app.notices.say({ text: `${name}: ${messageOf(error)}`, kind: 'trouble' });
  }
}

async function openFile(app: App, file: File, claim: Claim): Promise<void> {
  const name = file.name.toLowerCase();
  const isNotebook = name.endsWith('.upslope-notebook');
  const isArchive = name.endsWith('.zip');
  if ((isNotebook || isArchive) && file.size > largest) {
    throw new Error(
      `more than ${largest / 2 ** 20} MB, which is too much for the page; ${isArchive ? 'unpack it and drop its folder' : 'save fewer runs in it'}`,
    );
  }
  if (isNotebook) return await app.notebook.openFile(file);
  const first = await file.slice(0, 64).text();
  if (isArchive) {
    if (!first.startsWith('PK')) throw new Error('not a ZIP archive; use another copy');
    const bytes = await file.arrayBuffer();
    return await openRun(app, file.name, await app.worker.run.readArchive(transfer(bytes, [bytes])), claim);
  }
  if (isLeftFile(name)) return await openLeft(app, file.name, new Map([[file.name, () => file]]), claim);
  // A checkpoint under another name.
  if (first.startsWith(checkpointMagic)) return await openLeftFile(app, file.name, 'checkpoint', file, claim);
  if (!name.endsWith('.json')) return await openSaved(app, file, first, claim);
  await openJson(app, file, first, claim);
}

async function openSaved(app: App, file: File, first: string, claim: Claim): Promise<void> {
  if (!first.startsWith('UPSLOPE')) throw new Error('neither a saved world, nor a scene, a notebook or an archive of a run');
  if (file.size > mostOfState) throw new Error(`more than ${mostOfState / 2 ** 20} MB, which is too much for the page`);
  const bytes = await file.arrayBuffer();
  if (!claim()()) return;
  const opened = await app.worlds.openBytes(bytes, file.name);
  if (!opened) return;
  app.notices.say({ text: `${file.name} is open at tick ${whole(opened.tick)}. Plots begin there.`, kind: 'plain' });
}

/** Opens a scene, or a provenance under another name. */
async function openJson(app: App, file: File, first: string, claim: Claim): Promise<void> {
  if (file.size > mostOfScene) throw new Error(`more than ${mostOfScene / 2 ** 20} MB, more than the page reads of a scene`);
  if (!/^\uFEFF?\s*(\{|$)/.test(first)) throw new Error('not JSON of a scene, which begins with {; correct the file');
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch (error) {
    throw new Error(`not JSON (${messageOf(error)}); correct the file`);
  }
  if (typeof (json as { hash?: unknown })?.hash === 'string')
    return await openLeftFile(app, file.name, 'provenance', file, claim);
  const isLast = claim();
  if (isLast() && (await app.worlds.load({ json, file: file.name }, usualSeed, [], '', isLast))) await app.transport.play();
}

/** Opens the run that some files have left, of which one is read. */
async function openLeft(app: App, name: string, files: Files, claim: Claim): Promise<void> {
  const { path, from } = fileOfRun([...files.keys()]);
  const file = await files.get(path)?.();
  if (file) await openLeftFile(app, name, from, file, claim);
}

async function openLeftFile(app: App, name: string, from: LeftFile['from'], file: File, claim: Claim): Promise<void> {
  checkLeftSize(from, file.size);
  const bytes = await file.arrayBuffer();
  await openRun(app, name, await app.worker.run.readLeft(from, transfer(bytes, [bytes])), claim);
}

async function openRun(app: App, name: string, left: LeftRun, claim: Claim): Promise<void> {
  const isLast = claim();
  if (!isLast()) return;
  if (left.from === 'provenance') await makeAgain(app, name, left.recorded, '', isLast);
  else await openState(app, name, left.from, left.state, '');
}

/** The files of a folder by which a run is opened, by path in it. @throws {Error} one line for a folder that is too large */
async function leftFilesIn(folder: FileSystemDirectoryEntry): Promise<Files> {
  const files = new Map<string, () => Promise<File>>();
  const folders: { readonly entry: FileSystemDirectoryEntry; readonly path: string; readonly depth: number }[] = [
    { entry: folder, path: '', depth: 0 },
  ];
  let seen = 0;
  for (let next = folders.shift(); next; next = folders.shift()) {
    const { entry, path, depth } = next;
    const reader = entry.createReader();
    for (;;) {
      // A reader gives a hundred entries at a time.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) break;
      seen += some.length;
      if (seen > mostEntries) throw new Error(`more than ${mostEntries} files; take the folder of one run`);
      for (const one of some) {
        if (one.isDirectory) {
          if (depth < deepest)
            folders.push({ entry: one as FileSystemDirectoryEntry, path: `${path}${one.name}/`, depth: depth + 1 });
        } else if (isLeftFile(one.name)) {
          files.set(
            `${path}${one.name}`,
            () => new Promise((resolve, reject) => (one as FileSystemFileEntry).file(resolve, reject)),
          );
        }
      }
    }
    // What lies deeper in the folder of a run is not another run.
    if (files.size > 0 && path === '') break;
  }
  return files;
}
