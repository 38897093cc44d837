import { inbreedingEffectiveSize } from '../../analysis/stats/diversity.ts';
import { coalescentEffectiveSize } from '../../analysis/stats/pairwise-coalescence.ts';
import { statistics } from '../../analysis/stats/statistics.ts';
import { geneticsOfSample, type SampleGroup } from '../../experiment/stats/genetics-of-sample.ts';
import { linkageSizesOfSample } from '../../experiment/stats/linkage-size-of-sample.ts';
import { statisticRow } from '../../experiment/stats/statistic-rows.ts';
import type { History } from '../../export/history.ts';
import { allelesOfHistory, type LivingAlleles, livingRows } from '../../export/tskit/alleles-of-history.ts';
import { coalescenceOfHistory } from '../../export/tskit/coalescence-of-history.ts';
import { planNodes } from '../../export/tskit/plan-nodes.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { namedStream } from '../../math/streams.ts';
import type { Io } from '../io.ts';
import { openGivenWorld } from './open-assayed-world.ts';
import { demeFinder, genomesOfEnd, genomesOfWorld, type KnownGenomes, keptWorld, ratesOf, tableOf } from './stats-data.ts';
import { type Answer, largestGroups, type Question } from './stats-question.ts';

/** Organisms drawn for genetics. */
const usualSample = 1000;
/** Organisms and loci whose genealogies are followed for the coalescent effective size. */
const [coalescentSample, coalescentLoci] = [100, 50];

/** Genetics of the living at each tick. */
export async function describeTicks(io: Io, question: Question, answer: Answer, generation: number): Promise<void> {
  const { run, directory, population, name, ticks, flags } = question;
  const { history } = run;
  const { ploidy, loci } = history.populations[population];
  const scene = io.catalogue.parseScene(history.provenance.scene, `${directory}: provenance.json: scene`);
  const deme = demeFinder(scene, flags.grid);
  const rates = ratesOf(io, scene, name);
  const samples = ticks.map((tick) => {
    const living = livingRows(history, population, tick);
    // A stream of its own, so that what is said of a tick does not depend on the others.
    const stream = namedStream(history.provenance.seed, `statistics ${tick}`);
    return { tick, living, stream, rows: drawn(living, flags.sample ?? usualSample, stream) };
  });
  const plan = planNodes(history);
  const descents = allelesOfHistory(history, population, samples, plan);
  const genomes = await genomesAt(io, question, deme, ploidy * loci);
  let before = { phi: 0, tick: 0 };
  for (const [t, { tick, living, rows, stream }] of samples.entries()) {
    const known = genomes.get(tick);
    const place = { population: name, from: tick, to: tick, kind: 'population', group: '' } as const;
    if (rows.length === 0) {
      const note = 'no organism lives at this tick';
      const genetic = statistics.filter(({ group, id }) => group === 'genetics' || id === 'ne_inbreeding' || id === 'ne_linkage');
      answer.rows.push(...genetic.map(({ id }) => statisticRow(place, id, Number.NaN, 0, { note })));
      continue;
    }
    const values = descents[t].values ?? valuesOf(history, rows, known, ploidy * loci);
    const groups = groupsOf(history, descents[t], known);
    const sample = {
      population: name,
      tick,
      living: living.length,
      descent: descents[t],
      values,
      groups,
      noDemes: demesMissing(deme !== undefined, known?.demes !== undefined),
      parts: answer.parts,
      rates,
    };
    const found = geneticsOfSample(sample, stream);
    answer.rows.push(...found.rows);
    answer.rows.push(...linkageSizesOfSample(sample, (i) => history.organisms.secondParent[rows[i]] >= 0));
    answer.genetics.push({ tick, found });
    const phi = found.rows.find(({ statistic, kind }) => statistic === 'kinship' && kind === 'population')?.value ?? Number.NaN;
    const size = inbreedingEffectiveSize(1 - before.phi, 1 - phi, (tick - before.tick) / generation, ploidy);
    const unknown = Number.isNaN(phi) ? 'fewer than two organisms' : 'kinship did not rise, or there were no births';
    const lost = phi >= 1 ? 'all copies descend from one founder copy' : unknown;
    answer.rows.push(
      statisticRow({ ...place, from: before.tick }, 'ne_inbreeding', size, rows.length, {
        note: Number.isFinite(size) ? '' : lost,
      }),
    );
    before = { phi, tick };
  }
  const last = samples[samples.length - 1];
  const times = coalescenceOfHistory(history, plan, population, last, coalescentSample, coalescentLoci);
  const size = coalescentEffectiveSize(times, generation, ploidy);
  const place = { population: name, from: last.tick, to: last.tick, kind: 'population', group: '' } as const;
  const apart = times.pairs > 0 ? 'no pair has met since the founding' : 'fewer than two copies';
  const note = Number.isFinite(size) ? '' : times.met > 0 ? 'there were no births' : apart;
  answer.rows.push(statisticRow(place, 'ne_coalescent', size, Math.min(last.rows.length, coalescentSample), { note }));
}

/** Why a sample has no demes; empty if it has. */
function demesMissing(areAsked: boolean, areKnown: boolean): string {
  if (!areAsked) return 'the run has no demes; cut its plane into some with --grid';
  return areKnown ? '' : 'places are not known at this tick; run with --snapshots, or give --replay';
}

/** Genomes that the run kept at the ticks asked for, or that are made again with --replay. */
async function genomesAt(
  io: Io,
  { run, directory, name, ticks, flags }: Question,
  deme: ReturnType<typeof demeFinder>,
  size: number,
): Promise<ReadonlyMap<number, KnownGenomes>> {
  const found = new Map<number, KnownGenomes>();
  const missing: number[] = [];
  for (const tick of ticks) {
    if (tick === run.history.endTick) {
      const known = await genomesOfEnd(await tableOf(run.tables, 'organisms', directory), name, size, deme);
      found.set(tick, known);
      if (!known.values) missing.push(tick);
      continue;
    }
    const kept = keptWorld(io, directory, tick);
    if (!kept) missing.push(tick);
    else {
      found.set(tick, genomesOfWorld(kept, name, deme));
      kept.dispose();
    }
  }
  if (!flags.replay || missing.length === 0) return found;
  const { simulation } = openGivenWorld(io, directory, {}, () => missing[0]);
  try {
    for (const tick of missing) {
      simulation.step(tick - simulation.tick);
      found.set(tick, genomesOfWorld(simulation, name, deme));
      await io.breathe();
    }
  } finally {
    simulation.dispose();
  }
  return found;
}

function valuesOf(
  { organisms }: History,
  rows: Int32Array,
  known: KnownGenomes | undefined,
  size: number,
): Float32Array | undefined {
  if (!known?.values) return undefined;
  const values = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    const from = known.at.get(organisms.id[row]);
    if (from === undefined)
      throw new FormatError('organisms.parquet', `organism ${organisms.id[row]} does not live in the world of that tick`);
    values.set(known.values.subarray(from * size, (from + 1) * size), i * size);
  }
  return values;
}

/** Species and demes of a sample, the largest first. */
function groupsOf({ organisms }: History, { rows }: LivingAlleles, known: KnownGenomes | undefined): SampleGroup[] {
  const places = Int32Array.from(rows, (_, i) => i);
  const named = (kind: 'species' | 'deme', keyOf: (place: number) => number) => {
    const groups = largestGroups(places, keyOf);
    return groups.length < 2 ? [] : groups.map(({ key, members }) => ({ kind, name: String(key), members }));
  };
  const demes = known?.demes;
  return [
    ...named('species', (i) => organisms.species[rows[i]]),
    ...(demes ? named('deme', (i) => demes[known.at.get(organisms.id[rows[i]]) ?? -1] ?? -1) : []),
  ];
}

/** A sample without replacement, in the order of rows. */
function drawn(living: Int32Array, most: number, stream: ReturnType<typeof namedStream>): Int32Array {
  if (living.length <= most) return living;
  const order = living.slice();
  for (let i = 0; i < most; i++) {
    const other = i + stream.integer(order.length - i);
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order.slice(0, most).sort();
}
