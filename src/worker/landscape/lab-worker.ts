// The worker of the lab: answers questions about a landscape.

import '../without-eval.ts';

import { expose } from 'comlink';
import { LabQueries } from './lab-queries.ts';

expose(new LabQueries());
