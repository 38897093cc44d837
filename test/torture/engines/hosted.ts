import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does something with a folder that holds the bundle and its hosts in Node and in pages, and removes it. */
export async function withHosts<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'upslope-engines-'));
  try {
    cpSync(join(root, 'test/torture/engines/host'), folder, { recursive: true });
    cpSync(join(root, 'dist/torture/hash-job.js'), join(folder, 'hash-job.js'));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
