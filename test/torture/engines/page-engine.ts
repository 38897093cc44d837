import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../browser/serve.ts';
import type { Engine } from './engine.ts';
import { withHosts } from './hosted.ts';
import type { JobResult } from './job.ts';

export interface BrowserChoice {
  readonly id: string;
  readonly title: string;
  readonly architecture: string;
  readonly program: string;
  /** Arguments that open an address with a fresh profile in a folder. */
  readonly open: (url: string, profile: string) => readonly string[];
  /** Files of the fresh profile, by name. */
  readonly profile?: Readonly<Record<string, string>>;
  /** Xvfb, for a browser that cannot do without a display. */
  readonly display?: string;
}

/** A process that this one started, with those that it starts in turn. */
interface Started {
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv, display = false): Started {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', ...(display ? (['pipe'] as const) : [])],
    detached: true,
    env,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    child,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

/** Starts a display without a screen; its number is one that is free. */
async function startDisplay(program: string): Promise<Started & { name: string }> {
  const started = start(program, ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], process.env, true);
  const name = await new Promise<string>((resolve, reject) => {
    started.child.stdio[3]?.once('data', (data) => resolve(`:${String(data).trim()}`));
    started.child.once('exit', () => reject(new Error(`${program} ended before there was a display`)));
    started.child.once('error', reject);
  });
  return { ...started, name };
}

/** Does something on a display of its own, where the browser needs one. */
async function withDisplay<T>(program: string | undefined, work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  if (program === undefined) return work(process.env);
  const display = await startDisplay(program);
  try {
    return await work({ ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11' });
  } finally {
    await display.stop();
  }
}

/** Serves a folder to a browser and returns what its page reports. Any browser does: it needs no driver, for the page reports itself. */
export function reportOf(
  browser: BrowserChoice,
  pages: string,
  scratch: string,
  query: string,
  seconds: number,
  files = {},
): Promise<string> {
  return withDisplay(browser.display, async (env) => {
    const profile = join(scratch, 'profile');
    mkdirSync(profile, { recursive: true });
    for (const [name, text] of Object.entries(browser.profile ?? {})) writeFileSync(join(profile, name), text);
    let [take, fail]: [(text: string) => void, (error: Error) => void] = [() => {}, () => {}];
    const report = new Promise<string>((resolve, reject) => {
      take = resolve;
      fail = reject;
    });
    const given = files as Record<string, string>;
    const served = await serve(pages, (request, response) => {
      const name = (request.url ?? '').slice(1);
      if (request.method === 'GET' && Object.hasOwn(given, name)) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(given[name]);
        return true;
      }
      if (request.method !== 'POST') return false;
      const parts: Buffer[] = [];
      request.on('data', (chunk) => parts.push(chunk));
      request.on('end', () => {
        response.end();
        take(Buffer.concat(parts).toString());
      });
      return true;
    });
    const timer = setTimeout(() => fail(new Error(`no answer in ${seconds} s`)), 1000 * seconds);
    const home = { ...env, HOME: scratch, XDG_RUNTIME_DIR: scratch, MOZ_CRASHREPORTER_DISABLE: '1' };
    const started = start(browser.program, browser.open(`${served.url}${query}`, profile), home);
    started.child.once('error', fail);
    started.child.once('exit', (status) => fail(new Error(`it ended with status ${status} before it answered`)));
    try {
      return await report;
    } finally {
      clearTimeout(timer);
      await started.stop();
      await served.close();
    }
  });
}

/** A browser as an engine: a page gives each job to a worker of its own. */
export function pageEngine(root: string, browser: BrowserChoice): Engine {
  return {
    id: browser.id,
    title: browser.title,
    architecture: browser.architecture,
    version: () =>
      withDisplay(
        browser.display,
        (env) =>
          new Promise((resolve) => {
            execFile(browser.program, ['--version'], { env, timeout: 60_000 }, (_, stdout) => {
              resolve(/\d[\w.]*\d(?:esr)?/.exec(stdout)?.[0] ?? '(version not given)');
            });
          }),
      ),
    run: (jobs, seconds) =>
      withHosts(root, async (folder) => {
        const text = await reportOf(browser, folder, folder, '', seconds, { 'jobs.json': JSON.stringify(jobs) });
        const { results, error } = JSON.parse(text) as { results?: JobResult[]; error?: string };
        if (!results) throw new Error(error ?? 'it gave no results');
        return results;
      }),
  };
}
