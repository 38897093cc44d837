import { realpathSync } from 'node:fs';
import process from 'node:process';

/** The file of the command line, which was started: threads and jobs are started on it too. npm links to it, hence its real path. */
export const commandLineFile = (): string => realpathSync(process.argv[1]);
