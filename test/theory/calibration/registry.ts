import * as assays from './assays.ts';
import * as gains from './gains.ts';
import * as gradients from './gradients.ts';
import * as markers from './markers.ts';
import type { Calibration } from './row.ts';
import * as runs from './runs.ts';
import * as tournaments from './tournaments.ts';
import * as transplants from './transplants.ts';

/** Every interval, percentile and p-value that is printed, in worlds whose truth is known. */
export const calibrations: readonly Calibration[] = [
  runs.means,
  runs.noDifference,
  runs.plantedDifference,
  runs.pValues,
  runs.stars,
  ...gradients.momentum,
  gradients.momentumReal,
  tournaments.transitive,
  tournaments.circular,
  tournaments.mixed,
  tournaments.weak,
  tournaments.noiseShare,
  tournaments.noiseP,
  tournaments.ratings,
  transplants.effects,
  gradients.observedNull,
  gradients.observedPlanted,
  gradients.selectionPercentile,
  gradients.stepPercentile,
  gradients.linePercentile,
  gradients.directionPercentile,
  assays.gradient,
  assays.gain,
  assays.angle,
  gains.gain,
  gains.percentile,
  ...markers.selection,
  ...markers.selectionOfLoci,
];

const shadows = 'test/theory/assay.test.ts: percentiles uniform under the shadow';
const lab = 'a standard error, printed as one; test/unit/lab/steps.test.ts and test/unit/math/statistics.test.ts';

/** Sources that make intervals, percentiles or p-values, with the rows that calibrate them, or where that is done, or why there is nothing to do. */
export const sources: Readonly<Record<string, readonly Calibration[] | string>> = {
  'analysis/assay/align.ts': [assays.gradient, assays.gain, assays.angle],
  'analysis/climb/climb-of-window.ts': [gradients.selectionPercentile, gradients.stepPercentile],
  'analysis/climb/line-of-descent.ts': [gradients.linePercentile],
  'analysis/gradient/momentum.ts': [...gradients.momentum, gradients.momentumReal],
  'analysis/gradient/observed-gradient.ts': [gradients.observedNull, gradients.observedPlanted],
  'analysis/gradient/random-directions.ts': [gradients.directionPercentile],
  'analysis/gains/gains-of-step.ts': [gains.gain, gains.percentile],
  'analysis/lab/antithetic-step.ts': lab,
  'analysis/lab/latent-bits.ts': lab,
  'analysis/lab/step-window.ts': lab,
  'analysis/price/selection-errors.ts': [...markers.selection, ...markers.selectionOfLoci],
  'experiment/price-words.ts': [...markers.selection, ...markers.selectionOfLoci],
  'analysis/tournament/cyclic-share.ts': [
    tournaments.transitive,
    tournaments.circular,
    tournaments.mixed,
    tournaments.weak,
    tournaments.noiseShare,
    tournaments.noiseP,
  ],
  'analysis/tournament/tournament.ts': [tournaments.ratings],
  'app/instruments/landscape/landscape-plots.ts': lab,
  'cli/lab/print-lab.ts': lab,
  'math/holm.ts': 'the correction itself: test/unit/math/student.test.ts',
  'math/statistics.ts': 'the standard error of a mean itself',
  'math/student.ts': 'the distribution itself: test/unit/math/student.test.ts',
  'experiment/differences.ts': [runs.noDifference, runs.plantedDifference, runs.pValues, runs.stars],
  'experiment/lab-answer.ts': lab,
  'experiment/describe-climb.ts': [gradients.selectionPercentile],
  'experiment/mean-interval.ts': [runs.means, runs.noDifference],
  'worker/account-log.ts': [...markers.selection, ...markers.selectionOfLoci],
};

/** Columns of tables that hold them, likewise. */
export const columns: Readonly<Record<string, readonly Calibration[] | string>> = {
  'means.low': [runs.means],
  'means.high': [runs.means],
  'differences.low': [runs.noDifference, runs.plantedDifference],
  'differences.high': [runs.noDifference, runs.plantedDifference],
  'differences.p': [runs.pValues],
  'differences.p_holm': [runs.stars],
  'climb.percentile': [gradients.selectionPercentile, gradients.stepPercentile, gradients.linePercentile],
  'climb.null_low': [gradients.selectionPercentile, gradients.linePercentile],
  'climb.null_high': [gradients.selectionPercentile, gradients.linePercentile],
  'tournament.error': 'a standard error; ratings are calibrated with it',
  'tournament.rating_low': [tournaments.ratings],
  'tournament.rating_high': [tournaments.ratings],
  'transplant.low': [transplants.effects],
  'transplant.high': [transplants.effects],
  'price.standard_error': [...markers.selection, ...markers.selectionOfLoci],
  'assay.error': [assays.gradient],
  'alignment.gain_error': [assays.gain],
  'alignment.cosine_error': [assays.angle],
  'alignment.null_low': [gradients.directionPercentile],
  'alignment.null_high': [gradients.directionPercentile],
  'alignment.percentile': [gradients.directionPercentile],
  'alignment.through_g_null_low': [gradients.directionPercentile],
  'alignment.through_g_null_high': [gradients.directionPercentile],
  'alignment.through_g_percentile': [gradients.directionPercentile],
  'gains.gain_error': [gains.gain],
  'gains.gain_per_generation_error': [gains.gain],
  'gains.null_low': [gains.percentile],
  'gains.null_high': [gains.percentile],
  'gains.percentile': [gains.percentile],
  'gains.through_g_percentile': [gains.percentile],
  'gains.effects_null_low': [gains.percentile],
  'gains.effects_null_high': [gains.percentile],
  'gains.effects_percentile': [gains.percentile],
  'steps.error': [assays.gradient],
  'alignment.neutral_low': shadows,
  'alignment.neutral_high': shadows,
  'alignment.neutral_percentile': shadows,
};
