// Opens what a person drops on the page or chooses from files: the folder of a run, its archive, a state, a scene, a notebook.
import { transfer } from 'comlink';
import { isLeftFile } from '../../experiment/left-files.ts';
import type { App } from '../app.svelte.ts';
import { messageOf } from '../ui/words.ts';
import type { Dropped } from './dropped.ts';
import { makeAgain, openState } from './open-left.ts';
import { usualSeed } from './show-address.ts';

/** Entries of a folder that are looked at: a folder of that many is not that of a run. */
const mostEntries = 5_000;
/** Folders inside a folder, at most. */
const deepest = 2;
/** Largest archive that is read into memory. */
const largestArchive = 2 ** 30;

/** Opens what was dropped. The present world stays where that cannot be read, which one line says. */
export async function openDropped(app: App, { entries, files }: Dropped): Promise<void> {
  const folder = entries.find((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  const name = folder?.name ?? files[0]?.name;
  if (name === undefined) return;
  const isLast = app.worlds.wish();
  try {
    if (folder) await openFiles(app, name, await leftFilesIn(folder), isLast);
    else if (files.length > 1) {
      await openFiles(app, name, new Map(files.filter((file) => isLeftFile(file.name)).map((file) => [file.name, file])), isLast);
    } else await openFile(app, files[0], isLast);
  } catch (error) {
    app.notices.say({ text: `${name}: ${messageOf(error)}`, kind: 'trouble' });
  }
}

async function openFile(app: App, file: File, isLast: () => boolean): Promise<void> {
  if (file.name.endsWith('.upslope-notebook')) return await app.notebook.openFile(file);
  if (file.name.endsWith('.zip')) {
    if (file.size > largestArchive) throw new Error('more than 1 GB; unpack it and drop its folder');
    const bytes = await file.arrayBuffer();
    await openRun(app, file.name, await app.worker.run.readArchive(transfer(bytes, [bytes])), isLast);
    return;
  }
  if (isLeftFile(file.name)) return await openFiles(app, file.name, new Map([[file.name, file]]), isLast);
  if (!file.name.endsWith('.json')) return await app.worlds.openFile(file);
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch (error) {
    throw new Error(`not JSON (${messageOf(error)}); correct the file`);
  }
  // A provenance under another name.
  if (typeof (json as { hash?: unknown })?.hash === 'string')
    return await openFiles(app, file.name, new Map([['provenance.json', file]]), isLast);
  if (await app.worlds.load({ json, file: file.name }, usualSeed, [], '', isLast)) await app.transport.play();
}

/** Opens the run that some files, by path, have left. */
async function openFiles(app: App, name: string, files: ReadonlyMap<string, File>, isLast: () => boolean): Promise<void> {
  const read = await Promise.all([...files].map(async ([path, file]) => [path, await file.arrayBuffer()] as const));
  const buffers = read.map(([, bytes]) => bytes);
  await openRun(app, name, await app.worker.run.readFiles(transfer(read, buffers)), isLast);
}

async function openRun(
  app: App,
  name: string,
  left: Awaited<ReturnType<App['worker']['run']['readFiles']>>,
  isLast: () => boolean,
): Promise<void> {
  if (!isLast()) return;
  if (left.from === 'provenance') await makeAgain(app, name, left.recorded, '', isLast);
  else await openState(app, name, left.from, left.state, '');
}

/** The files of a folder by which a run is opened, by path in it. @throws {Error} one line for a folder that is too large */
async function leftFilesIn(folder: FileSystemDirectoryEntry): Promise<ReadonlyMap<string, File>> {
  const files = new Map<string, File>();
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
          const file = await new Promise<File>((resolve, reject) => (one as FileSystemFileEntry).file(resolve, reject));
          files.set(`${path}${one.name}`, file);
        }
      }
    }
    // What lies deeper in the folder of a run is not another run.
    if (files.size > 0 && path === '') break;
  }
  return files;
}
