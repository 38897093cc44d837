import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageHeaders } from '../../src/cli/serve/content-policy.ts';
import { folderHandler } from '../../src/cli/serve/folder-handler.ts';

export interface Served {
  /** Address of the folder, with a slash at its end. */
  readonly url: string;
  /** What browsers report that the content policy forbade, in pages and workers. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

const headers = {
  ...pageHeaders,
  'Content-Security-Policy': `${pageHeaders['Content-Security-Policy']}; report-uri /violations`,
};

/** The text that a request brings. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** Serves a folder on this machine, with the headers of our own server. `handle` may answer first. */
export function serve(
  folder: string,
  handle: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<Served> {
  const violations: string[] = [];
  const handleFile = folderHandler(folder, headers);
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/violations') {
      void bodyOf(request).then((text) => {
        violations.push(text);
        response.writeHead(204).end();
      });
      return;
    }
    if (handle(request, response)) return;
    handleFile(request, response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        violations,
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}
