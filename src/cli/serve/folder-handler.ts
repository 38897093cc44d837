import { createReadStream, realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pageHeaders } from './content-policy.ts';

/** Content types by the end of a file's name: without them browsers run no script and no WebAssembly. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Answers a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The type of a file by its name. */
export const typeOf = (name: string): string => types[extname(name).toLowerCase()] ?? 'application/octet-stream';

/** Ends an answer with a status and one line. */
export function refuse(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${line}\n`);
}

/** Whether a request only reads; any other has been refused. */
export function isReading({ method }: IncomingMessage, response: ServerResponse): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  response.setHeader('Allow', 'GET, HEAD');
  refuse(response, 405, 'This server only reads.');
  return false;
}

/** Path of a request, decoded and without its query; undefined where it is invalid. */
export function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  const [path] = url.split(/[?#]/, 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Sends a file as it is. */
export function sendFile({ method }: IncomingMessage, response: ServerResponse, file: string, headers = pageHeaders): void {
  response.writeHead(200, {
    ...headers,
    // Pages that are isolated too may embed this one, and only the page of it.
    ...(extname(file) === '.html' ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {}),
    'Content-Type': typeOf(file),
    'Content-Length': statSync(file).size,
    // Requested again each time, because the next build has the same address.
    'Cache-Control': 'no-cache',
  });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/**
 * Serves the files of a folder and none outside it: no dots that lead up, no links that lead out. A folder's own address is its
 * `index.html`.
 * @param folder what to serve
 * @param headers of every file
 */
export function folderHandler(folder: string, headers: Readonly<Record<string, string>> = pageHeaders): Handler {
  return (request, response) => {
    if (!isReading(request, response)) return;
    const file = fileWithin(folder, pathOf(request));
    if (file === undefined) refuse(response, 404, 'File not found.');
    else sendFile(request, response, file, headers);
  };
}

/** The file of a folder that a path names, or undefined. */
function fileWithin(folder: string, path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith('/') || /[\\\0]/.test(path)) return undefined;
  const names = (path.endsWith('/') ? `${path}index.html` : path).slice(1).split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) return undefined;
  try {
    const whole = realpathSync(folder);
    const file = realpathSync(join(whole, ...names));
    return file.startsWith(whole + sep) && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
