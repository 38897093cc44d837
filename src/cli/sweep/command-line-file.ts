import { fileURLToPath } from 'node:url';

/** The file of the command line: where this stands, once all is one file. Threads and jobs are started on it. */
export const commandLineFile = fileURLToPath(import.meta.url);
