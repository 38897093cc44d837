import { proxy } from 'comlink';
import { joinArchives } from '../../worker/join-archives.ts';
import type { ExportProgress, ZippedRun } from '../../worker/zip-run.ts';
import type { Twins } from './twins.svelte.ts';

/**
 * The records of a world and its twin at one tick in one archive, each in a folder of its own with its provenance. Pauses both.
 * @throws {Error} one line if a file does not pass its check
 */
export async function exportTwins(
  { world, worker }: Twins,
  formats: readonly string[],
  progress: (progress: ExportProgress) => void,
): Promise<ZippedRun> {
  await world.page.transport.pause();
  const { tick } = await world.worker.run.address();
  await worker.twins.reached(tick);
  const half = (from: number) =>
    proxy(({ file, done, of, bytes }: ExportProgress) => progress({ file, done: from * of + done, of: 2 * of, bytes }));
  const own = await world.worker.exports.zip(formats, half(0), 'this-world/');
  const twin = await worker.exports.zip(formats, half(1), 'twin/');
  return {
    bytes: joinArchives(own.bytes, twin.bytes),
    files: own.files + twin.files,
    unpacked: own.unpacked + twin.unpacked,
    notes: [...new Set([...own.notes, ...twin.notes])],
  };
}
