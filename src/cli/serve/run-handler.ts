import { unopenable } from '../../experiment/served-index.ts';
import { fileReason } from '../files.ts';
import { UserError } from '../user-error.ts';
import { pageHeaders } from './content-policy.ts';
import { type Handler, isReading, pathOf, refuse, sendFile } from './folder-handler.ts';
import type { ServedRun } from './served-run.ts';

/** Addresses of the served run, for the page: `index`, `state`, and the files of its folder under `files/`. */
export const runPlace = '/served-run/';

/** Answers the page's requests for a run. */
export function runHandler(run: ServedRun): Handler {
  return (request, response) => {
    if (!isReading(request, response)) return;
    const name = pathOf(request)?.slice(runPlace.length) ?? '';
    try {
      if (name === 'index') send('application/json; charset=utf-8', JSON.stringify(run.index()));
      else if (name === 'state') send('application/octet-stream', run.state());
      else {
        const file = name.startsWith('files/') ? run.file(name.slice('files/'.length)) : undefined;
        if (file === undefined) refuse(response, 404, 'The folder of the run has no such file.');
        else sendFile(request, response, file);
      }
    } catch (error) {
      if (!(error instanceof UserError) && fileReason(error) === undefined) throw error;
      refuse(response, unopenable, (error as Error).message);
    }

    function send(type: string, body: string | Uint8Array): void {
      response.writeHead(200, { ...pageHeaders, 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : body);
    }
  };
}
