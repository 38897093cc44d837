import { fileURLToPath } from 'node:url';

/** The file of the command line: this file, once all is bundled into one. Threads and jobs are started on it. */
export const commandLineFile = fileURLToPath(import.meta.url);
