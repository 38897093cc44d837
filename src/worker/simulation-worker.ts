// The worker that holds the world of the page.

import './without-eval.ts';

import { expose } from 'comlink';
import { Session } from './session.ts';

expose(new Session());
