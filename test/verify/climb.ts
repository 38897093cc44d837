import type { AssayKind } from '../../src/analysis/assay/perform-assay-fork.ts';
import type { Alignment, AssayPart, SegmentSummary } from '../../src/analysis/assay/summarise-assay.ts';
import { climb } from '../theory/climb.ts';
import { climbTable, climbWithTable, foundByClimb } from './climb-tables.ts';
import { claimed } from './watch-scene.ts';

const on = (mechanism: string) => `populations.foragers.mechanisms.${mechanism}.on`;

/** Mechanisms with which the same is measured, in half of the meadow. */
const variants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  none: {},
  transfer: { [on('transfer')]: true },
  sex: { [on('sexual-reproduction')]: true },
  recombination: { [on('sexual-reproduction')]: true, [on('recombination')]: true },
  choice: {
    [on('sexual-reproduction')]: true,
    [on('recombination')]: true,
    [on('mate-choice')]: true,
  },
  learning: { [on('learning')]: true },
};

/** Check 4d: lineages climb; what clade sorting does stands beside it. */
export const climbing = claimed(
  {
    name: 'climb',
    title:
      'Climb: selection within clades in meadow (tick 8,000, clades of 2,000 ticks, horizon 400, 40 forks in mirrored pairs, policy weights moved by two mutations) against the assayed gradient: cosines and gains in relative fitness, by segment',
    scenes: ['meadow'],
    tables: (results) => ({ climb: climbTable(results) }),
    found: { scene: 'meadow', text: foundByClimb },
    measure(seed) {
      const { segments, clades, organisms, additiveVariance } = climb({
        seed: String(seed),
        side: 768,
        tick: 8000,
        age: 2000,
        horizon: 400,
        forks: 40,
      });
      const of = (name: string, kind: AssayKind = 'perturbed') => {
        const segment = segments.find((one) => one.name === name) as SegmentSummary;
        return { ...(segment.alignments[kind]?.within as Alignment), trust: segment.reliability, share: segment.share };
      };
      const everything = of('everything');
      return {
        within: everything.cosine,
        withinBeats: 100 * everything.percentile,
        traits: of('traits', 'reshuffled').cosine,
        policy: of('policy', 'reshuffled').cosine,
        policyError: of('policy', 'reshuffled').cosineError,
        policyNull: of('policy', 'reshuffled').null[1],
        policyTrust: of('policy').trust,
        policyShare: of('policy').share,
        traitsGain: of('traits', 'reshuffled').gain,
        policyGain: of('policy', 'reshuffled').gain,
        policyGainError: of('policy', 'reshuffled').gainError,
        policyRealised: of('policy', 'realised').gain,
        clades,
        organisms,
        loci: segments[0].loci.length,
        additiveVariance,
      };
    },
  },
  [
    { key: 'within', title: 'everything, perturbed', digits: 3 },
    { key: 'withinBeats', title: 'beats (%)', digits: 1 },
    { key: 'traits', title: 'traits', digits: 3 },
    { key: 'policy', title: 'policy', digits: 3 },
    { key: 'policyError', title: 's.e.', digits: 3 },
    { key: 'policyNull', title: 'null 97.5 %', digits: 3 },
    { key: 'policyTrust', title: 'reliability of b', digits: 2 },
    { key: 'policyShare', title: 'share of b', digits: 2 },
    { key: 'traitsGain', title: 'gain by traits', digits: 5 },
    { key: 'policyGain', title: 'gain by policy', digits: 5 },
    { key: 'policyGainError', title: 's.e.', digits: 5 },
    { key: 'policyRealised', title: 'policy, realised', digits: 5 },
    { key: 'clades', title: 'clades', digits: 0 },
    { key: 'organisms', title: 'living', digits: 0 },
    { key: 'additiveVariance', title: 'b G b', digits: 3 },
  ],
  [['within clades the alignment beats 99 % of random directions', ({ withinBeats }) => withinBeats > 99]],
  0.9,
);

/** The same with single mechanisms, as it is found: nothing is claimed. */
export const climbingWith = claimed(
  {
    name: 'climb-with',
    title:
      'Climb with mechanisms: cosine of selection to the assayed gradient within (w) and between (b) clades in half of the meadow (tick 6,000, clades of 2,000 ticks, horizon 400, 40 forks in mirrored pairs, policy weights moved by two mutations)',
    scenes: ['meadow'],
    tables: (results) => ({ 'climb-with': climbWithTable(Object.keys(variants), results) }),
    mostSeeds: 5,
    measure(seed) {
      return Object.fromEntries(
        Object.entries(variants).flatMap(([name, set]) => {
          const { segments } = climb({
            seed: String(seed),
            side: 544,
            tick: 6000,
            age: 2000,
            horizon: 400,
            forks: 40,
            set,
          });
          const { within, between } = segments[0].alignments.perturbed as Record<AssayPart, Alignment>;
          return [
            [`${name}W`, within.cosine],
            [`${name}P`, 100 * within.percentile],
            [`${name}B`, between.cosine],
          ];
        }),
      );
    },
  },
  Object.keys(variants).flatMap((name) => [
    { key: `${name}W`, title: `${name}: w`, digits: 3 },
    { key: `${name}P`, title: 'beats', digits: 0 },
    { key: `${name}B`, title: 'b', digits: 3 },
  ]),
  [],
);
