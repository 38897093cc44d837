// Runs the job that stands in the file of the first argument and prints its result.
import { readFileSync } from 'node:fs';
import { runJob } from './hash-job.js';

process.stdout.write(JSON.stringify(runJob(JSON.parse(readFileSync(process.argv[2], 'utf8')))));
