import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { showText } from '../../parameter/show.ts';
import type { CommandModule } from '../command.ts';
import { plainText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';
import { folderHandler, type Handler, pathOf, refuse } from './folder-handler.ts';
import { runHandler, runPlace } from './run-handler.ts';
import { ServedRun } from './served-run.ts';

/** Default port; where it is taken, one of the next. */
export const usualPort = 4173;
const portsTried = 20;

/** The page opens the served run where its address ends in this. */
const servedMark = '#served-run';

/** Names under which a browser on this machine knows the server. Other pages that lead here by another name are refused. */
const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/** Flags of `upslope serve`; undefined where not given. */
export interface ServeFlags {
  readonly port?: number;
  readonly open?: boolean;
}

/** `upslope serve`. Serves the page, and a run to open in it, until it is stopped. Returns the exit status. */
export async function serve(io: Io, directory: string | undefined, { port, open = false }: ServeFlags): Promise<number> {
  if (!io.files.existsSync(join(io.page, 'index.html'))) {
    throw new UserError(
      `the page is not built: ${showText(io.page, 200)} has no index.html; build it with: npm run build -- page`,
    );
  }
  const run = directory === undefined ? undefined : new ServedRun(io, directory);
  const server = createServer(forThisMachine(pageHandler(io.page, run)));
  const taken = await listen(server, port);
  const address = `http://localhost:${taken}/${run ? servedMark : ''}`;
  const stopped = new Promise<void>((resolve) => {
    const deafen = io.onStop(() => {
      deafen();
      resolve();
    });
  });
  io.out(`Upslope opens ${directory === undefined ? 'on the meadow' : showText(directory, 200)} at ${address}\n`);
  io.err('Stop with Ctrl+C.\n');
  if (open) openBrowser(io, address);
  await stopped;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return 0;
}

/** The page of a folder, and a run beside it. */
function pageHandler(page: string, run: ServedRun | undefined): Handler {
  const ofPage = folderHandler(page);
  const ofRun = run && runHandler(run);
  return (request, response) => (ofRun && pathOf(request)?.startsWith(runPlace) ? ofRun : ofPage)(request, response);
}

function forThisMachine(handle: Handler): Handler {
  return (request, response) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (ownNames.includes(name)) handle(request, response);
    else refuse(response, 403, 'This server answers to localhost only.');
  };
}

/**
 * Takes a port of this machine.
 * @returns the port
 * @throws {UserError} where that port is taken or not allowed, or none is free
 */
async function listen(server: Server, wanted: number | undefined): Promise<number> {
  for (let port = wanted ?? usualPort; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, 'localhost', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const isTaken = code === 'EADDRINUSE';
      if (isTaken && wanted === undefined && port < usualPort + portsTried) continue;
      const reason = isTaken ? 'it is taken' : code === 'EACCES' ? 'permission denied' : code;
      throw new UserError(`cannot serve on port ${port}: ${reason}; choose another with --port`);
    }
  }
}

/** Opens the person's browser, or prints a note where none is found. */
function openBrowser(io: Io, address: string): void {
  const [program, ...args] =
    process.platform === 'win32'
      ? ['cmd', '/c', 'start', '""', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => io.err(`note: no browser could be opened; open ${address}\n`));
  child.unref();
}

/** `upslope serve`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  describe: (command, io, done) =>
    command
      .argument('[run]', 'directory of a run, finished or not (default: the page opens on the meadow)', plainText)
      .option('--port <n>', `port (default: ${usualPort}, or the next free one)`, wholeNumber(1, 65_535))
      .option('--open', 'open the page in the browser')
      .action(async (directory: string | undefined, flags: ServeFlags) => done(await serve(io, directory, flags))),
};
