import type { CaseTarget } from '../cases/target.ts';
import { acts } from './acts.ts';
import { changes } from './changes.ts';
import { plans } from './plans.ts';
import { scenes } from './scenes.ts';
import { sealedSnapshots, snapshots } from './snapshots.ts';

/** Every way in through which bad input may come: a new one is added here. */
export const fuzzTargets: readonly CaseTarget[] = [scenes, plans, changes, acts, snapshots, sealedSnapshots];
