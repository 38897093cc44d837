// A folder for the exports that the files of a process share: it outlives each of them, and goes when all are done.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;

export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'upslope-exports-'));
  process.env.UPSLOPE_EXPORTS = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
