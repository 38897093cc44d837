// The worker that runs three models on one landscape.

import '../without-eval.ts';

import { expose } from 'comlink';
import { ThreeModels } from './three-models.ts';

expose(new ThreeModels(() => performance.now()));
