import { writeFileSync } from 'node:fs';
import { allelesOfValues } from '../../src/analysis/stats/allele-table.ts';
import { diversity } from '../../src/analysis/stats/diversity.ts';
import { generationTime } from '../../src/analysis/stats/life-table.ts';
import { cohortFitness, lifetimeOffspring } from '../../src/analysis/stats/lifetime-offspring.ts';
import { linkageEffectiveSize } from '../../src/analysis/stats/linkage-size.ts';
import { coalescentEffectiveSize } from '../../src/analysis/stats/pairwise-coalescence.ts';
import { siteDiversity } from '../../src/analysis/stats/site-frequencies.ts';
import { readHistory } from '../../src/cli/read-history.ts';
import { completeCohort, livesOf, oldestBirth } from '../../src/experiment/stats/demography-of-run.ts';
import { allelesOfHistory, livingRows } from '../../src/export/tskit/alleles-of-history.ts';
import { coalescenceOfHistory } from '../../src/export/tskit/coalescence-of-history.ts';
import { planNodes } from '../../src/export/tskit/plan-nodes.ts';
import { call, testIo, type Workplace } from '../unit/cli/test-io.ts';

/**
 * A neutral population with two parents, loci that recombine freely, and mutations that are all new: of Wright and Fisher, a tick a generation, or of Moran, whose
 * generations overlap, one birth and one death a tick.
 */
export interface NeutralModel {
  readonly process: 'wright-fisher' | 'moran';
  readonly ploidy: 1 | 2;
  readonly size: number;
  readonly loci: number;
  /** Chance that a copy of a locus mutates at a birth. */
  readonly mutation: number;
  readonly ticks: number;
  /** Tick at which kinship is taken. */
  readonly early: number;
}

/** What the statistics say of one run; means over loci. */
export interface NeutralStatistics {
  /** Of all organisms, by value. */
  readonly diversity: number;
  readonly fixation: number;
  /** Of a small sample. */
  readonly pi: number;
  readonly watterson: number;
  readonly alleles: number;
  readonly sites: number;
  readonly tajima: number;
  readonly kinship: number;
  readonly variance: number;
  readonly coalescent: number;
  readonly generation: number;
  /** Disequilibrium of loci that segregate independently, above that of a sample. */
  readonly linkage: number;
}

/** Copies of the small sample. */
export const sampled = 8;

/** Makes a run and reads its statistics from its folder, as `upslope stats` does. */
export async function neutralStatistics(place: Workplace, model: NeutralModel, seed: number): Promise<NeutralStatistics> {
  const { process, ploidy, size, loci, mutation, ticks, early } = model;
  const scene = {
    version: 1,
    name: 'neutral',
    title: 'Neutral',
    ticks,
    habitat: { kind: 'landscape', form: 'linear', model: process, dimensions: loci, forms: { linear: { slope: 0 } } },
    populations: {
      line: {
        founders: size,
        start: { mean: 0, deviation: 1 },
        genome: { ploidy },
        mechanisms: {
          mutation: { on: true, rate: mutation, deviation: 0.1 },
          'sexual-reproduction': { on: true },
          recombination: { on: true, chromosomes: 1000 },
        },
      },
    },
    record: { census: { loci: 'none' } },
  };
  const [file, out] = [place.at(`neutral-${process}-${ploidy}.json`), place.at(`neutral-${process}-${ploidy}-${seed}`)];
  writeFileSync(file, JSON.stringify(scene));
  const made = await call(['run', file, '--seed', String(seed), '--genomes', 'all', '--out', out]);
  if (made.status !== 0) throw new Error(made.err);
  const run = await readHistory(testIo(), out, []);
  run.close();
  const { history } = run;
  const plan = planNodes(history);
  const living = livingRows(history, 0, ticks);
  const few = living.slice(0, sampled / ploidy);
  const [all, small, former] = allelesOfHistory(
    history,
    0,
    [
      { tick: ticks, rows: living },
      { tick: ticks, rows: few },
      { tick: early, rows: livingRows(history, 0, early) },
    ],
    plan,
  );
  const everyLocus = Array.from({ length: loci }, (_, l) => l);
  const group = (rows: Int32Array) => Array.from(rows, (_, i) => i);
  const byValue = allelesOfValues(all.values as Float32Array, ploidy, loci);
  const mutations = small.byMutation;
  if (!mutations) throw new Error('no mutations');
  const sites = siteDiversity(mutations, group(few), everyLocus);
  const tajima = everyLocus.map((l) => siteDiversity(mutations, group(few), [l]).tajima).filter((d) => !Number.isNaN(d));
  const lives = livesOf(history);
  // The founders' ages do not count.
  const window = { from: process === 'moran' ? 10 * size : 10, to: ticks };
  const everyone = Int32Array.from({ length: history.organisms.count }, (_, row) => row);
  const cohort = completeCohort(history, everyone, window, oldestBirth(history, 0));
  const generation = generationTime(lives, everyone, window);
  return {
    diversity: diversity(byValue, group(living), everyLocus).between,
    fixation: diversity(byValue, group(living), everyLocus).fixation,
    pi: sites.pairwise / loci,
    watterson: sites.watterson / loci,
    sites: sites.segregating / loci,
    alleles: diversity(mutations, group(few), everyLocus).alleles,
    tajima: tajima.reduce((sum, d) => sum + d, 0) / tajima.length,
    kinship: 1 - diversity(former.byFounder, group(former.rows), everyLocus).between,
    variance: cohortFitness(lifetimeOffspring(lives, cohort), process === 'moran' ? 1 : size, generation).effectiveSize,
    coalescent: coalescentEffectiveSize(
      coalescenceOfHistory(history, plan, 0, { tick: ticks, rows: living }, 20, loci),
      generation,
      ploidy,
    ),
    generation,
    linkage: linkageEffectiveSize(byValue, group(living), everyLocus).excess,
  };
}
