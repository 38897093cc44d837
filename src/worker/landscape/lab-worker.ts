import '../without-eval.ts';

import { expose } from 'comlink';
import { LabDesk } from './lab-desk.ts';

expose(new LabDesk());
