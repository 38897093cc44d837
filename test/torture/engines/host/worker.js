import { runJob } from './hash-job.js';

addEventListener('message', ({ data }) => postMessage(runJob(data)));
