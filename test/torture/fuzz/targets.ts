import type { CaseTarget } from '../cases/target.ts';
import { acts } from './acts.ts';
import { changes } from './changes.ts';
import { checkpoints } from './checkpoints.ts';
import { labCalls } from './lab-calls.ts';
import { links } from './links.ts';
import { notebookTexts } from './notebook-texts.ts';
import { notebooks } from './notebooks.ts';
import { packs } from './packs.ts';
import { plans } from './plans.ts';
import { provenance } from './provenance.ts';
import { runFolders } from './run-folders.ts';
import { scenes } from './scenes.ts';
import { sealedSnapshots, snapshots } from './snapshots.ts';

/** Every way in through which bad input may come: a new one is added here. */
export const fuzzTargets: readonly CaseTarget[] = [
  scenes,
  plans,
  labCalls,
  changes,
  acts,
  snapshots,
  sealedSnapshots,
  links,
  packs,
  notebooks,
  notebookTexts,
  checkpoints,
  provenance,
  runFolders,
];
