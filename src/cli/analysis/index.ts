import { analyse } from './analyse.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { assay } from './assay.ts';
import { climb } from './climb.ts';
import { invasion } from './invasion.ts';
import { noise } from './noise.ts';
import { price } from './price.ts';
import { stats } from './stats.ts';
import { tournament } from './tournament.ts';
import { transplant } from './transplant.ts';
import { why } from './why/why.ts';

/** The analyses of the command line, in the order of its help. */
export const analysisCommands: readonly AnalysisCommand[] = [
  analyse,
  price,
  stats,
  assay,
  climb,
  why,
  noise,
  tournament,
  transplant,
  invasion,
];
