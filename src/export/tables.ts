// The tables of a run: what every column means, its type and its unit.

import type { PlaceColumn } from '../habitat/habitat.ts';
import { type CopyChannel, copyChannels } from '../population/copy-counts.ts';
import type { TraitText } from '../population/traits.ts';
import { type ColumnType, columnName, type ExportColumn, type ExportTable } from './export-table.ts';

const column = (name: string, type: ColumnType, unit: string, description: string): ExportColumn => ({
  name,
  type,
  nullable: false,
  unit,
  description,
});

const optional = (name: string, type: ColumnType, unit: string, description: string): ExportColumn => ({
  ...column(name, type, unit, description),
  nullable: true,
});

/** Where an organism is: its place in the plane, or part of its genome on a landscape. */
const placeUnit = 'lengths, or locus units on a landscape';
const placeText = (what: string, axis: 'x' | 'y') =>
  `${what}; on a landscape its ${axis === 'x' ? 'first' : 'second'} locus${axis === 'x' ? '' : ', 0 where it has only one'}.`;

type PlaceText = Pick<PlaceColumn, 'name' | 'unit' | 'description'>;

/** Columns of a place, beside x and y, that a habitat has. */
const placeColumns = (prefix: string, what: string, places: readonly PlaceText[]): ExportColumn[] =>
  places.map(({ name, unit, description }) => column(`${prefix}${columnName(name)}`, 'INT32', unit, `${description}: ${what}.`));

/** The question that the run answers: one row, so that tables of many runs can be distinguished. @public */
export const runsTable: ExportTable = {
  name: 'runs',
  title: 'Runs',
  row: 'The run.',
  columns: [
    column(
      'run_id',
      'STRING',
      '',
      'Name of the run, 32 hexadecimal digits of scene, seed, changes, ticks, samples and program: the same name means the same world bit for bit. Sweeps use it for their runs.',
    ),
    column('seed', 'STRING', '', 'Seed of the run.'),
    column('scene_json', 'STRING', '', 'The whole scene at tick 0 as JSON, keys in alphabetical order, no spaces.'),
    column('schema_version', 'INT32', '', 'Version of these formats.'),
    column('software_version', 'STRING', '', 'Version of the program that made the run.'),
  ],
};

/**
 * Every organism that lived in the run, with one column a trait.
 * @param places what its habitat says of places, beside x and y
 * @public
 */
export function organismsTable(traits: readonly TraitText[], places: readonly PlaceText[] = []): ExportTable {
  return {
    name: 'organisms',
    title: 'Organisms',
    row: 'An organism: the dead in the order of their deaths, then those that live when the run ends.',
    columns: [
      column('id', 'INT64', '', 'Number of the organism, unique in the run and never reused.'),
      column(
        'parents',
        'LIST<INT64>',
        '',
        'Ids of its parents, the bearing parent first; empty for a founder. The parent of a revived organism died before its birth.',
      ),
      column('parent_shares', 'LIST<DOUBLE>', '', 'Share of its genome that comes from each parent, in the order of parents.'),
      column(
        'birth_tick',
        'INT64',
        'ticks',
        'Tick at whose end it was born; 0 or less for a founder, which matures before tick 0.',
      ),
      optional('death_tick', 'INT64', 'ticks', 'Tick at whose end it died; null while it is alive.'),
      optional(
        'death_cause',
        'STRING',
        '',
        'Cause of death; null while it is alive. On a landscape: replaced (by a newborn) or refused (a mutant that did not stay).',
      ),
      column('species_id', 'INT64', '', 'Last species it belonged to, as in the table species.'),
      column('generation', 'INT32', 'generations', 'Generations between it and its founder.'),
      column('x', 'FLOAT', placeUnit, placeText('Where it died, or is when the run ends', 'x')),
      column('y', 'FLOAT', placeUnit, placeText('Where it died, or is when the run ends', 'y')),
      ...placeColumns('', 'where it died, or is when the run ends', places),
      column('offspring_count', 'INT32', 'organisms', 'Number of offspring so far; of the dead, until death.'),
      column('population', 'STRING', '', 'Name of its population in the scene.'),
      column('founder_id', 'INT64', '', 'Id of the founder of its line of descent.'),
      column('birth_x', 'FLOAT', placeUnit, placeText('Where it was born', 'x')),
      column('birth_y', 'FLOAT', placeUnit, placeText('Where it was born', 'y')),
      ...placeColumns('birth_', 'where it was born', places),
      optional(
        'gamete_1',
        'LIST<INT64>',
        '',
        'How its (first) haplotype was put together: the source of locus 0, then the loci at which the source changes. Haploid: source 0 is the first parent, 1 the second. Diploid: the haplotype of the first parent. Null for a clone and a founder.',
      ),
      optional(
        'gamete_2',
        'LIST<INT64>',
        '',
        'The same for the second haplotype of a diploid, which comes from the second parent.',
      ),
      ...traits.map((trait) => column(columnName(trait.id), 'FLOAT', trait.unit, `${trait.title}. ${trait.description}`)),
      optional(
        'genome',
        'LIST<FLOAT>',
        'locus units',
        'Its genome, one value for each locus in the order of the table loci, for organisms alive at the end and with --genomes; otherwise null.',
      ),
      optional(
        'change_loci',
        'LIST<INT64>',
        '',
        'With --genomes all: places in its genome list that its birth changed, ascending; all places for a founder.',
      ),
      optional('change_values', 'LIST<FLOAT>', 'locus units', 'The values at birth in these places.'),
    ],
  };
}

/** Traits of the living over time, and the covariance of traits with offspring number among the dead. @public */
export const traitSeriesTable: ExportTable = {
  name: 'trait_series',
  title: 'Trait series',
  row: 'One trait of one population at a sample, or of one species at a detection of species. A sum of n over both counts organisms twice.',
  columns: [
    column('tick', 'INT64', 'ticks', 'Ticks made when the row was taken.'),
    column('population', 'STRING', '', 'Name of the population in the scene.'),
    optional(
      'species_id',
      'INT64',
      '',
      'Species of the row, at detections of species; null for the whole population, at samples.',
    ),
    column('trait', 'STRING', '', 'Id of the trait.'),
    column('n', 'INT32', 'organisms', 'Living organisms, of the species where species_id is given, otherwise of the population.'),
    optional('mean', 'DOUBLE', 'of the trait', 'Mean over the living; null when none are alive.'),
    optional('variance', 'DOUBLE', 'of the trait, squared', 'Variance over the living (divisor n); null when none are alive.'),
    optional(
      'died',
      'INT32',
      'organisms',
      'Organisms that died since the previous row: those over which cov_w is taken. Null in rows of a species.',
    ),
    optional(
      'cov_w',
      'DOUBLE',
      'of the trait',
      'Covariance (divisor died) of the trait with relative lifetime offspring number among those that died since the previous row; null where fewer than two died or none of them had offspring.',
    ),
  ],
};

/**
 * What the probes measured. Long rather than wide: every run, scene and custom probe has the same columns, so that files of
 * different runs can be concatenated; a pivot makes the table wide.
 * @public
 */
export const probesTable: ExportTable = {
  name: 'probes',
  title: 'Probes',
  row: 'One measure of one probe at one tick.',
  columns: [
    column('tick', 'INT64', 'ticks', 'Ticks made when the sample was taken.'),
    column('probe', 'STRING', '', 'Id of the probe.'),
    column('measure', 'STRING', '', 'Name of the measure, as the probe declares it.'),
    column('unit', 'STRING', '', 'Unit of the value; empty for a pure number.'),
    optional('value', 'DOUBLE', 'see unit', 'Measured value; null where nothing could be measured.'),
  ],
};

/** The meaning of each value in the genomes of a population. @public */
export const lociTable: ExportTable = {
  name: 'loci',
  title: 'Loci',
  row: 'One locus of one population.',
  columns: [
    column('population', 'STRING', '', 'Name of the population in the scene.'),
    column('position', 'INT32', '', 'Place of the locus in the lists of organisms.genome, from 0.'),
    column('segment', 'STRING', '', 'Segment of the genome to which it belongs.'),
    column('name', 'STRING', '', 'Name of the locus: a connection of the policy, or a trait.'),
  ],
};

/** What happened, besides births and deaths. @public */
export const eventsTable: ExportTable = {
  name: 'events',
  title: 'Events',
  row: 'One event, in the order of ticks.',
  columns: [
    column('tick', 'INT64', 'ticks', 'Tick at whose end it had happened.'),
    column(
      'kind',
      'STRING',
      '',
      'transfer (genes passed between the living), species-origin, species-split, species-merge, species-extinction, extinction (of a population), capacity, change (of a parameter).',
    ),
    column('population', 'STRING', '', 'Name of the population in the scene; empty for the whole world.'),
    optional('actor', 'INT64', '', 'transfer: recipient. species-...: the species. Otherwise null.'),
    optional(
      'other',
      'INT64',
      '',
      'transfer: donor. species-split: parent species; species-merge: species it merged into. Otherwise null.',
    ),
    optional('locus_start', 'INT64', 'loci', 'transfer: first locus that was replaced.'),
    optional('locus_end', 'INT64', 'loci', 'transfer: the locus after the last that was replaced.'),
    optional('actor_haplotype', 'INT32', '', 'transfer: haplotype of the recipient, 0 or 1.'),
    optional('other_haplotype', 'INT32', '', 'transfer: haplotype of the donor, 0 or 1.'),
    optional('text', 'STRING', '', 'One plain sentence, for events that are reported to people.'),
  ],
};

/** Species, their origins and ends. @public */
export const speciesTable: ExportTable = {
  name: 'species',
  title: 'Species',
  row: 'One species, in the order of their ids.',
  columns: [
    column('id', 'INT64', '', 'Number of the species, unique in the run.'),
    optional('parent_id', 'INT64', '', 'Species that it split from; null for the first species of a population.'),
    column('population', 'STRING', '', 'Name of the population in the scene.'),
    column('origin_tick', 'INT64', 'ticks', 'Tick of the detection at which it first counted as a species.'),
    optional('end_tick', 'INT64', 'ticks', 'Tick of the detection at which it had ended; null while it is alive.'),
    column('fate', 'STRING', '', 'living, extinct or merged.'),
    optional('merged_into', 'INT64', '', 'Species that it merged into.'),
    column('representative_id', 'INT64', '', 'Organism at its centre when it began.'),
    column('peak', 'INT32', 'organisms', 'Highest number of members at any detection.'),
    column(
      'genome',
      'LIST<FLOAT>',
      'locus units',
      'Genome of that organism, one value for each locus; haplotypes one behind the other.',
    ),
  ],
};

const channelTexts: Readonly<Record<CopyChannel, string>> = {
  births: 'births and deaths of their bearers',
  gametes: 'chance: which haplotype, or which parent’s locus, is inherited',
  drive: 'drive',
  transfer: 'transfer',
  transposition: 'transposition',
};

const copyPlaces = 'locus by locus, haplotypes of a locus one behind the other';

/** What a census knows of the copies of loci. Copies of the traits come first, in the order of the traits' columns. */
export const locusColumns: readonly ExportColumn[] = [
  optional(
    'descent',
    'STRING',
    '',
    'Where the copies of its loci come from: founders (first census), clades (all from the same haplotypes of the organism in clade_id), loci (see allele_origins), unknown (not followed since the previous census). Null where record.census.loci was none.',
  ),
  optional(
    'alleles',
    'LIST<FLOAT>',
    'units of the traits',
    `Of diploids, what each copy of a trait’s locus would express if both haplotypes had it: ${copyPlaces}. Null for haploids, where these values are the traits.`,
  ),
  optional(
    'allele_ledgers',
    'LIST<DOUBLE>',
    'units of the traits',
    `What each mechanism that writes values has changed along the line of each copy since the run began: mechanism by mechanism, in each ${copyPlaces}. Null where the ledgers of the organism hold the same.`,
  ),
  optional(
    'allele_origins',
    'LIST<INT64>',
    '',
    `The copy at the previous census that each copy comes from: 0 for a copy from outside, otherwise 1 + place * ploidy + haplotype, where place counts the rows of that census and population from 0; ${copyPlaces}. Null unless descent is loci.`,
  ),
  ...copyChannels.map((channel) =>
    optional(
      `copies_${channel}`,
      'LIST<FLOAT>',
      'copies',
      `Copies gained (lost, below 0) by ${channelTexts[channel]} until the next census, for each copy at this census: ${copyPlaces}. Null where there were none, and where descendants holds the same.`,
    ),
  ),
];

/** All organisms alive at a census: what Price's equation needs, the childless included. @public */
export function censusTable(traits: readonly TraitText[], mechanisms: readonly string[]): ExportTable {
  return {
    name: 'census',
    title: 'Census',
    row: 'One organism that was alive at one census.',
    columns: [
      column('tick', 'INT64', 'ticks', 'Tick of the census.'),
      column('population', 'STRING', '', 'Name of the population in the scene.'),
      column('id', 'INT64', '', 'Number of the organism.'),
      column(
        'clade_id',
        'INT64',
        '',
        'Its ancestor along first parents at the previous census (the organism, if it was alive then); at the first census its founder.',
      ),
      column('species_id', 'INT64', '', 'Species it belongs to.'),
      optional(
        'descendants',
        'DOUBLE',
        'organisms',
        'Sum of its shares of descent in the organisms alive at the next census, itself included: the fitness W of Price’s equation over that window. Null at the last census.',
      ),
      ...traits.map((trait) => column(columnName(trait.id), 'FLOAT', trait.unit, `${trait.title}. ${trait.description}`)),
      ...mechanisms.flatMap((mechanism) =>
        traits.map((trait) =>
          column(
            `ledger_${columnName(mechanism)}_${columnName(trait.id)}`,
            'DOUBLE',
            trait.unit,
            `What ${mechanism} has changed in ${trait.title.toLowerCase()} along its descent, weighted by the parents’ shares, since the run began.`,
          ),
        ),
      ),
      ...locusColumns,
      optional(
        'genome',
        'LIST<FLOAT>',
        'locus units',
        'Its genome at the census, one value for each locus in the order of the table loci, haplotypes one behind the other; null unless record.census.genomes was on.',
      ),
    ],
  };
}

/** Genomes of the dead and the living that were kept. @param places as in `organismsTable` @public */
export const genomesTable = (places: readonly PlaceText[] = []): ExportTable => ({
  name: 'genomes',
  title: 'Kept genomes',
  row: 'One genome: first the fossils, then, with --genomes kept, the ancestors of the living and of fossils in the order of their ids.',
  columns: [
    column('organism_id', 'INT64', '', 'Number of the organism.'),
    column('population', 'STRING', '', 'Name of the population in the scene.'),
    column('kept_as', 'STRING', '', 'fossil or ancestor.'),
    column('tick', 'INT64', 'ticks', 'Tick of this genome: when the fossil was kept, or when the ancestor was born.'),
    column('species_id', 'INT64', '', 'Species it belonged to at that tick, or last.'),
    column('generation', 'INT32', 'generations', 'Generations between it and its founder.'),
    optional('fossil_id', 'INT64', '', 'Number of the fossil.'),
    optional('reason', 'STRING', '', 'Of a fossil: sample (drawn at random at intervals) or request.'),
    optional('x', 'FLOAT', placeUnit, placeText('Where a fossil was when it was kept', 'x')),
    optional('y', 'FLOAT', placeUnit, placeText('Where a fossil was when it was kept', 'y')),
    ...placeColumns('', 'where a fossil was when it was kept', places).map((one) => ({ ...one, nullable: true })),
    column(
      'genome',
      'LIST<FLOAT>',
      'locus units',
      'One value for each locus in the order of the table loci; haplotypes one behind the other.',
    ),
  ],
});

/** All tables that a run writes, in the order of the reference. @param places as in `organismsTable` @public */
export function exportTables(
  traits: readonly TraitText[],
  mechanisms: readonly string[],
  places: readonly PlaceText[] = [],
): readonly ExportTable[] {
  return [
    runsTable,
    organismsTable(traits, places),
    traitSeriesTable,
    probesTable,
    lociTable,
    eventsTable,
    speciesTable,
    censusTable(traits, mechanisms),
    genomesTable(places),
  ];
}
