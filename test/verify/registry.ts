// What `npm run verify` can make: the one list of verifications.
import { armsRace } from './arms-race.ts';
import { berries } from './berries.ts';
import { bloom } from './bloom.ts';
import { calibration } from './calibration.ts';
import { climbing } from './climb.ts';
import { climbingWith } from './climb-with.ts';
import { climbs } from './climbs.ts';
import { drift } from './drift.ts';
import { equivalence } from './equivalence.ts';
import { gains } from './gains.ts';
import { innate } from './innate.ts';
import { islandModel } from './island-model.ts';
import { islands } from './islands.ts';
import { juice } from './juice.ts';
import { lab } from './lab.ts';
import { annealing, inFlight, oneMutant, threeModels, training } from './landscape-scenes.ts';
import { levels } from './levels.ts';
import { lineContest } from './line-contest.ts';
import { lineGradient } from './line-gradient.ts';
import { locusGradient } from './locus-gradient.ts';
import { meadow } from './meadow.ts';
import { mechanismChecks } from './mechanism-checks.ts';
import {
  achieversAndWanters,
  baldwin,
  chickenAndVelociraptor,
  hawkDove,
  marks,
  rockPaperScissors,
  school,
  selfishGenes,
  twoGrasses,
} from './mechanism-scenes.ts';
import { momentumCauses } from './momentum-causes.ts';
import { peacocks } from './peacocks.ts';
import { power } from './power.ts';
import { price } from './price.ts';
import { questions } from './questions.ts';
import { record } from './record.ts';
import { statsErrors } from './stats-errors.ts';
import { tangent } from './tangent.ts';
import type { Verification } from './verification.ts';

/** Every verification: which tables of the documents and which sentences of scenes it writes, and which scenes it reads. */
export const verifications: readonly Verification[] = [
  meadow,
  armsRace,
  bloom,
  islands,
  peacocks,
  juice,
  baldwin,
  innate,
  marks,
  school,
  selfishGenes,
  hawkDove,
  rockPaperScissors,
  twoGrasses,
  achieversAndWanters,
  berries,
  chickenAndVelociraptor,
  annealing,
  oneMutant,
  inFlight,
  threeModels,
  training,
  mechanismChecks,
  islandModel,
  climbing,
  climbingWith,
  climbs,
  gains,
  lineContest,
  lineGradient,
  statsErrors,
  levels,
  power,
  locusGradient,
  price,
  tangent,
  record,
  lab,
  questions,
  drift,
  momentumCauses,
  equivalence,
  calibration,
];
