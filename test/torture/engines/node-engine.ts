import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { withHosts } from './hosted.ts';
import type { JobResult } from './job.ts';

export interface NodeChoice {
  readonly id: string;
  readonly title: string;
  readonly architecture: string;
  /** The program and what comes before the script: an emulator and the Node that it runs, flags of V8. */
  readonly command: readonly string[];
}

function capture([program, ...first]: readonly string[], args: readonly string[], seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 2 ** 28, timeout: seconds * 1000, killSignal: 'SIGKILL' } as const;
    execFile(program, [...first, ...args], options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.killed) reject(new Error(`no answer in ${seconds} s`));
      else reject(new Error(stderr.trim().split('\n').slice(-3).join(' ') || error.message));
    });
  });
}

/** A Node as an engine; each job is a process of its own. */
export function nodeEngine(root: string, { id, title, architecture, command }: NodeChoice): Engine {
  return {
    id,
    title,
    architecture,
    version: async () => (await capture(command, ['-p', 'process.versions.node'], 60)).trim(),
    run: (jobs, seconds) =>
      withHosts(root, async (folder) => {
        writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
        const end = Date.now() + 1000 * seconds;
        const results: JobResult[] = [];
        for (const job of jobs) {
          writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
          const left = Math.max(1, Math.round((end - Date.now()) / 1000));
          const text = await capture(command, [join(folder, 'node.js'), join(folder, 'job.json')], left);
          results.push(JSON.parse(text) as JobResult);
        }
        return results;
      }),
  };
}
