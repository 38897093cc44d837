// `upslope/analysis`: what is worked out of worlds and their records.

export type { ComponentChange, ComponentHistory, ComponentSteps } from '../analysis/activity/component-steps.ts';
export { type EvolutionaryActivity, evolutionaryActivity } from '../analysis/activity/evolutionary-activity.ts';
export { informativeLoci } from '../analysis/activity/informative-loci.ts';
export { type Modes, modes } from '../analysis/activity/modes.ts';
export { neutralComponents } from '../analysis/activity/neutral-components.ts';
export { assayedClades, assayedGenomes } from '../analysis/assay/assayed-genomes.ts';
export { CladeTracker } from '../analysis/assay/clade-tracker.ts';
export { DescendantCounter } from '../analysis/assay/descendant-counter.ts';
export { type EffectMetric, effectMetric } from '../analysis/assay/effect-metric.ts';
export { type LocusSegment, locusSegments } from '../analysis/assay/locus-segments.ts';
export { type AssayFork, type AssayForkResult, performAssayFork } from '../analysis/assay/perform-assay-fork.ts';
export { type AssayPlan, planAssay, usualAssay } from '../analysis/assay/plan-assay.ts';
export { assayedSlots } from '../analysis/assay/prepare-fork.ts';
export { type Alignment, type AssaySummary, summariseAssay } from '../analysis/assay/summarise-assay.ts';
export { ClimbLog } from '../analysis/climb/climb-log.ts';
export { type ClimbStep, type ClimbWindow, type CountedCensus, climbOfWindow } from '../analysis/climb/climb-of-window.ts';
export { climbFisher, climbMomentum, climbPaths, climbPlane } from '../analysis/climb/climb-over-time.ts';
export { lineOfDescent, projectLine } from '../analysis/climb/line-of-descent.ts';
export { type Evolvability, evolvability } from '../analysis/gains/evolvability.ts';
export {
  type ClimbInterval,
  type ClimbQuestion,
  GainsLog,
  type LineStep,
  type SubjectGains,
} from '../analysis/gains/gains-log.ts';
export {
  type Covariances,
  type GainQuestion,
  gainsOfStep,
  type PartGain,
  type SegmentGains,
  type StepAngle,
} from '../analysis/gains/gains-of-step.ts';
export type { CopiesAt, Interval, Split } from '../analysis/gains/interval.ts';
export { type FollowedSpecies, IntervalWatch, speciesOfRecord } from '../analysis/gains/interval-watch.ts';
export { splitSelectionStep } from '../analysis/gains/split-selection-step.ts';
export { splitStep } from '../analysis/gains/split-step.ts';
export type { StepPart } from '../analysis/gains/step-part.ts';
export { type Subject, subjectsOf } from '../analysis/gains/subjects.ts';
export { type HodgeDecomposition, hodgeDecomposition } from '../analysis/game/hodge.ts';
export { type FisherAccount, fisherAccount } from '../analysis/gradient/fisher.ts';
export { fitMomentum, type MomentumFit, type MomentumStep } from '../analysis/gradient/momentum.ts';
export { type ObservedGradient, observedGradient } from '../analysis/gradient/observed-gradient.ts';
export { type Projection, projectOntoGradient } from '../analysis/gradient/project.ts';
export { percentileOf, randomCosines } from '../analysis/gradient/random-directions.ts';
export { correctedCosine, splitHalfReliability } from '../analysis/gradient/reliability.ts';
export { expectedResponse, type ResponseQuestion } from '../analysis/lab/expected-response.ts';
export { type GenomeRows, geneticCovariance, meanGenome, timesCovariance } from '../analysis/lab/genetic-covariance.ts';
export {
  type InvasibilityPlot,
  pairwiseInvasibility,
  type SingularPoint,
  selectionGradient,
  singularPoints,
} from '../analysis/lab/invasion.ts';
export { type LabWorld, type LandscapeAct, labRows, labScene, withLabWorld } from '../analysis/lab/lab-scene.ts';
export { type FollowedSteps, type StepMeasure, StepMeter, stepMeasures } from '../analysis/lab/step-meter.ts';
export { NeutralShadow } from '../analysis/neutral-shadow.ts';
export {
  type Ancestry,
  type PriceTerms,
  priceDecomposition,
  selectionDifferential,
} from '../analysis/price/price-decomposition.ts';
export { priceOfCensuses } from '../analysis/price/price-of-censuses.ts';
export { type PriceAccount, type PriceWindow, priceOfWindow } from '../analysis/price/price-of-window.ts';
export {
  commonWith,
  type FamilyLuck,
  type SelectionErrors,
  type SelectionParts,
  selectionErrors,
} from '../analysis/price/selection-errors.ts';
export { type SplitSelection, splitSelection } from '../analysis/price/split-selection.ts';
export { consecutiveTerms, sumOfWindows, type WindowTerms, windowTerms } from '../analysis/price/sum-of-windows.ts';
export { type ChanceDisplacement, ChanceWatch } from '../analysis/rivals/chance-displacement.ts';
export {
  chooseRivals,
  displacement,
  type Rival,
  type RivalNumbers,
  type RivalPair,
  rivalsOf,
} from '../analysis/rivals/choose-rivals.ts';
export { meanFirstOffspring, medianFirstOffspring, type WaitingTime } from '../analysis/rivals/first-offspring.ts';
export { type RivalEstimate, type RivalRate, rivalRates } from '../analysis/rivals/rival-rates.ts';
export {
  type GenomesAt,
  type RivalDifference,
  rivalDifferences,
  type SegmentWorth,
  worthOf,
} from '../analysis/rivals/rival-worth.ts';
export { type SubcladeAccount, SubcladeWatch } from '../analysis/rivals/subclade-watch.ts';
export { type AlleleCounts, type AlleleTable, alleleCounts, allelesOfValues } from '../analysis/stats/allele-table.ts';
export {
  type Axes,
  axesOf,
  type MeanEvolvability,
  meanEvolvability,
  subspaceSimilarity,
} from '../analysis/stats/covariance-matrices.ts';
export { type Divergence, divergence, neiFst, pairsThatDiffer } from '../analysis/stats/divergence.ts';
export {
  alleleSpectrum,
  type Diversity,
  diversity,
  ewensTheta,
  expectedAlleles,
  type Heterozygosity,
  heterozygosity,
  inbreedingEffectiveSize,
} from '../analysis/stats/diversity.ts';
export { type FamilyBlocks, familyBlocks, jackknifeErrors } from '../analysis/stats/family-jackknife.ts';
export {
  type AgeClass,
  type CensusSize,
  censusSize,
  generationTime,
  type LifeTable,
  type Lives,
  lifeTable,
  type TickWindow,
} from '../analysis/stats/life-table.ts';
export {
  type CohortFitness,
  cohortFitness,
  type LifetimeOffspring,
  lifetimeOffspring,
} from '../analysis/stats/lifetime-offspring.ts';
export {
  identityRuns,
  type LinkageBin,
  linkageBounds,
  linkageByDistance,
  mapPlaces,
} from '../analysis/stats/linkage.ts';
export { type LinkageSize, linkageEffectiveSize, sizeOfLinkage } from '../analysis/stats/linkage-size.ts';
export {
  coalescentEffectiveSize,
  type LocusGenealogy,
  type PairTimes,
  pairwiseCoalescence,
} from '../analysis/stats/pairwise-coalescence.ts';
export { type ParentOffspring, parentOffspringSlope } from '../analysis/stats/parent-offspring.ts';
export { type Pedigree, pedigreeKinship } from '../analysis/stats/pedigree-kinship.ts';
export { type RiseStrength, riseDistribution, riseStrength } from '../analysis/stats/rise.ts';
export {
  type SelectionCohort,
  type SelectionGradients,
  selectionGradients,
  type WithError,
} from '../analysis/stats/selection-gradients.ts';
export {
  derivedCounts,
  type MutationTable,
  type SiteDiversity,
  siteDiversity,
  siteFrequencies,
} from '../analysis/stats/site-frequencies.ts';
export { type Statistic, type StatisticId, type StatisticsGroup, statistics } from '../analysis/stats/statistics.ts';
export { expectedReward } from '../analysis/tangent/expected-reward.ts';
export { type PolicyProperty, type PropertyGradient, propertyGradient } from '../analysis/tangent/policy-twin.ts';
export { geneticCovarianceOf, tangentCovariance, tangentMatrix } from '../analysis/tangent/tangent-covariance.ts';
export { type TangentChange, TangentWatch } from '../analysis/tangent/tangent-watch.ts';
export { type Contest, type ContestOutcome, contestOutcome, performContest } from '../analysis/tournament/contest.ts';
export { contestSeed, judgeTournament, spreadEvenly, type TournamentResult } from '../analysis/tournament/tournament.ts';
export {
  type GenomePair,
  type GenomeShape,
  type TransplantContest,
  transplantContests,
  transplantLoci,
  transplantSeed,
} from '../analysis/transplant/transplant.ts';
export { type BuddingOptions, budding } from '../analysis/tree/budding.ts';
export { type Colless, colless } from '../analysis/tree/colless.ts';
export { fairProportions } from '../analysis/tree/fair-proportions.ts';
export { gamma } from '../analysis/tree/gamma.ts';
export { type DescentColumns, type Genealogy, type GenealogyOptions, genealogyOf } from '../analysis/tree/genealogy-of.ts';
export type { Imbalance } from '../analysis/tree/imbalance.ts';
export { descendantLines, type KeyInnovation, keyInnovations } from '../analysis/tree/key-innovations.ts';
export { type LineagesThroughTime, lineagesThroughTime } from '../analysis/tree/lineages-through-time.ts';
export { meanPairwiseDistance } from '../analysis/tree/mean-pairwise-distance.ts';
export type { Phylogeny } from '../analysis/tree/phylogeny.ts';
export { sackin } from '../analysis/tree/sackin.ts';
export { totalBranchLength } from '../analysis/tree/total-branch-length.ts';
export type { Tree } from '../analysis/tree/tree.ts';
export { type Turnover, turnover } from '../analysis/tree/turnover.ts';
