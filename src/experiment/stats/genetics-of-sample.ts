import { type AlleleTable, allelesOfValues } from '../../analysis/stats/allele-table.ts';
import { divergence } from '../../analysis/stats/divergence.ts';
import { alleleSpectrum, diversity, ewensTheta } from '../../analysis/stats/diversity.ts';
import { identityRuns, type LinkageBin, linkageByDistance, mapPlaces } from '../../analysis/stats/linkage.ts';
import { siteDiversity } from '../../analysis/stats/site-frequencies.ts';
import type { LivingAlleles } from '../../export/tskit/alleles-of-history.ts';
import type { NamedStream } from '../../math/streams.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Loci that are described together. */
export interface GenomePart {
  readonly name: string;
  readonly loci: Int32Array;
}

/** Organisms that are described together: places in the sample. */
export interface SampleGroup {
  readonly kind: 'species' | 'deme';
  readonly name: string;
  readonly members: Int32Array;
}

/** A sample of a population at a tick, with all that is known of its genomes. */
export interface GeneticSample {
  readonly population: string;
  readonly tick: number;
  /** Living organisms from which the sample was drawn. */
  readonly living: number;
  readonly descent: LivingAlleles;
  /** Values, laid out as alleles; undefined where genomes are not known at the tick. */
  readonly values: Float32Array | undefined;
  readonly groups: readonly SampleGroup[];
  /** Why there are no demes; empty if there are. */
  readonly noDemes: string;
  /** Parts of the genome besides the whole. */
  readonly parts: readonly GenomePart[];
  /** Recombination rate of each locus with the one before it. */
  readonly rates: Float32Array;
}

/** Statistics of a sample. */
export interface GeneticStatistics {
  readonly rows: readonly StatisticRow[];
  readonly spectra: readonly { readonly of: string; readonly sampled: number; readonly spectrum: Uint32Array }[];
  readonly linkage: { readonly bins: readonly LinkageBin[]; readonly copies: number } | undefined;
}

/** Why what goes by values is not known. */
export const noGenomes = 'genomes are not known at this tick; run with --snapshots or --genomes all, or give --replay';
const noMutations = 'births did not record mutations; run with --genomes all';
const haploid = 'organisms are haploid';
const few = 'fewer than two organisms';
const mostRunPairs = 1000;
const mostLinked = 500;

const whole = (loci: number): GenomePart => ({ name: '', loci: Int32Array.from({ length: loci }, (_, l) => l) });

/** @param stream draws the pairs of runs of identity */
export function geneticsOfSample(sample: GeneticSample, stream: NamedStream): GeneticStatistics {
  const { descent, values, tick, population } = sample;
  const { byFounder, byMutation } = descent;
  const { ploidy, loci, organisms } = byFounder;
  const byValue = values && allelesOfValues(values, ploidy, loci);
  const everyone = Int32Array.from({ length: organisms }, (_, i) => i);
  const place = { population, from: tick, to: tick, kind: 'population', group: '' } as const;
  const rows: StatisticRow[] = [];
  for (const part of [whole(loci), ...sample.parts]) {
    rows.push(...ofValues(place, byValue, everyone, part));
    rows.push(...ofMutations(place, descent, everyone, part));
  }
  rows.push(...ofDescent(place, byFounder, everyone));
  rows.push(runsOfIdentity(place, byValue, sample.rates, stream));
  for (const group of sample.groups) {
    const own = { ...place, kind: group.kind, group: group.name };
    rows.push(...ofValues(own, byValue, group.members, whole(loci)));
    rows.push(...ofMutations(own, descent, group.members, whole(loci)));
    rows.push(...ofDescent(own, byFounder, group.members));
  }
  for (const kind of ['species', 'deme'] as const) rows.push(...betweenGroups(sample, place, kind, byValue));
  const all = whole(loci).loci;
  const sampled = organisms * ploidy;
  const linkage = values && linkageOf(sample, values);
  return {
    rows: linkage ? [...rows, ...linkageRows(place, linkage, linkage.copies / ploidy)] : rows,
    spectra: [
      ...(byValue ? [{ of: 'values', sampled, spectrum: alleleSpectrum(byValue, everyone, all) }] : []),
      ...(byMutation ? [{ of: 'mutations', sampled, spectrum: siteDiversity(byMutation, everyone, all).spectrum }] : []),
      { of: 'founders', sampled, spectrum: alleleSpectrum(byFounder, everyone, all) },
    ],
    linkage,
  };
}

/** Statistics by value of a group at a part of the genome. */
function ofValues(
  place: RowPlace,
  table: AlleleTable | undefined,
  members: Int32Array,
  { name: about, loci }: GenomePart,
): StatisticRow[] {
  const n = members.length;
  const names = ['alleles', 'gene_diversity', 'observed_heterozygosity', 'fis', 'ewens_theta'] as const;
  if (!table) return about === '' ? names.map((id) => statisticRow(place, id, Number.NaN, n, { note: noGenomes })) : [];
  const { alleles, between, within, fixation } = diversity(table, members, loci);
  const theta = ewensTheta(alleles, n * table.ploidy);
  const row = (id: (typeof names)[number], value: number, note: string) =>
    statisticRow(place, id, value, n, { about, note: Number.isFinite(value) ? '' : note });
  return [
    row('alleles', alleles, few),
    row('gene_diversity', between, few),
    row('observed_heterozygosity', within, haploid),
    row('fis', fixation, table.ploidy === 1 ? haploid : 'nothing varies'),
    row('ewens_theta', theta, theta > 0 ? 'every copy is an allele of its own' : few),
  ];
}

/** Statistics by mutations since the founding. */
function ofMutations(
  place: RowPlace,
  { byMutation }: LivingAlleles,
  members: Int32Array,
  { name: about, loci }: GenomePart,
): StatisticRow[] {
  const n = members.length;
  const names = ['segregating_sites', 'pi', 'watterson_theta', 'tajima_d'] as const;
  if (!byMutation) return about === '' ? names.map((id) => statisticRow(place, id, Number.NaN, n, { note: noMutations })) : [];
  const { copies, segregating, pairwise, watterson, tajima } = siteDiversity(byMutation, members, loci);
  const row = (id: (typeof names)[number], value: number, note: string) =>
    statisticRow(place, id, value, n, { about, note: Number.isFinite(value) ? '' : note });
  return [
    row('segregating_sites', segregating, ''),
    row('pi', pairwise / loci.length, few),
    row('watterson_theta', watterson / loci.length, few),
    row('tajima_d', tajima, copies < 4 ? 'fewer than 4 copies' : 'no site segregates'),
  ];
}

/** Statistics by descent from the founders. */
function ofDescent(place: RowPlace, table: AlleleTable, members: Int32Array): StatisticRow[] {
  const n = members.length;
  const { alleles, between, within } = diversity(table, members, whole(table.loci).loci);
  const row = (id: 'founders_left' | 'kinship' | 'inbreeding', value: number, note: string) =>
    statisticRow(place, id, value, n, { note: Number.isFinite(value) ? '' : note });
  return [row('founders_left', alleles, few), row('kinship', 1 - between, few), row('inbreeding', 1 - within, haploid)];
}

function runsOfIdentity(place: RowPlace, table: AlleleTable | undefined, rates: Float32Array, stream: NamedStream): StatisticRow {
  if (!table) return statisticRow(place, 'identity_run', Number.NaN, 0, { note: noGenomes });
  const { loci, ploidy, alleles, organisms } = table;
  const order = Int32Array.from({ length: organisms }, (_, i) => i);
  const used = Math.min(organisms, mostRunPairs);
  for (let i = 0; i < used; i++) {
    const other = i + stream.integer(organisms - i);
    [order[i], order[other]] = [order[other], order[i]];
  }
  const { chromosome } = mapPlaces(rates);
  let [length, runs] = [0, 0];
  const copy = (i: number) => alleles.subarray(order[i] * ploidy * loci, (order[i] * ploidy + 1) * loci);
  for (let i = 1; i < used; i++) {
    for (const run of identityRuns(copy(i - 1), copy(i), chromosome)) {
      length += run;
      runs++;
    }
  }
  const note = runs > 0 ? '' : used < 2 ? few : 'no locus is identical in a pair';
  return statisticRow(place, 'identity_run', runs > 0 ? length / runs : Number.NaN, used, { note });
}

/** F_ST of all groups of a kind, F_ST and D_xy of each pair. */
function betweenGroups(
  { groups, noDemes, descent }: GeneticSample,
  place: RowPlace,
  kind: 'species' | 'deme',
  table: AlleleTable | undefined,
): StatisticRow[] {
  const own = groups.filter((group) => group.kind === kind && group.members.length >= 2);
  const { loci } = whole(descent.byFounder.loci);
  const all = { ...place, kind };
  if (own.length < 2 || !table) {
    const fewer = `fewer than two ${kind === 'deme' ? 'demes' : 'species'} of two organisms or more in the sample`;
    const without = kind === 'deme' && noDemes !== '' ? noDemes : fewer;
    const note = own.length < 2 ? without : noGenomes;
    return (['fst', 'dxy'] as const).map((id) => statisticRow(all, id, Number.NaN, 0, { note }));
  }
  const row = (at: RowPlace, id: 'fst' | 'dxy', value: number, n: number, other: string) =>
    statisticRow(at, id, value, n, { other, note: Number.isNaN(value) ? 'nothing varies' : '' });
  const size = own.reduce((sum, { members }) => sum + members.length, 0);
  const rows = [
    row(
      all,
      'fst',
      divergence(
        table,
        own.map(({ members }) => members),
        loci,
      ).fst,
      size,
      '',
    ),
  ];
  for (const [a, one] of own.entries()) {
    for (const other of own.slice(a + 1)) {
      const { fst, between } = divergence(table, [one.members, other.members], loci);
      const at = { ...all, group: one.name };
      const n = one.members.length + other.members.length;
      rows.push(row(at, 'fst', fst, n, other.name), row(at, 'dxy', between, n, other.name));
    }
  }
  return rows;
}

function linkageOf({ descent, rates }: GeneticSample, values: Float32Array) {
  const { loci, ploidy, organisms } = descent.byFounder;
  const size = ploidy * loci;
  const used = Math.min(organisms, Math.floor(mostLinked / ploidy));
  const chosen = new Float32Array(used * size);
  for (let i = 0; i < used; i++) {
    // Spread evenly: the order of a sample is that of ages.
    const from = Math.floor((i * organisms) / used) * size;
    chosen.set(values.subarray(from, from + size), i * size);
  }
  return { bins: linkageByDistance(chosen, loci, rates), copies: used * ploidy };
}

function linkageRows(place: RowPlace, { bins }: NonNullable<GeneticStatistics['linkage']>, n: number): StatisticRow[] {
  return bins.map(({ from, to, pairs, r2 }) =>
    statisticRow(place, 'linkage_disequilibrium', r2, n, {
      about: describeDistance(from, to),
      note: pairs > 0 ? '' : 'no pair of loci that vary at this distance',
    }),
  );
}

/** A range of map distances in words. */
export const describeDistance = (from: number, to: number): string => {
  if (from === Number.POSITIVE_INFINITY) return 'other chromosome';
  return to === Number.POSITIVE_INFINITY ? `${from} Morgans or more` : `${from} to ${to} Morgans`;
};
