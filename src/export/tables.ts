import type { Trait } from '../population/traits.ts';
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

/** Every organism that ever lived in the run, with one column a trait. */
export function organismsTable(traits: readonly Trait[]): ExportTable {
  return {
    name: 'organisms',
    title: 'Organisms',
    row: 'An organism: the dead in the order of their deaths, then those that live when the run ends.',
    columns: [
      column('id', 'INT64', '', 'Number of the organism, unique in the run and never reused.'),
      column('parents', 'LIST<INT64>', '', 'Ids of its parents; empty for a founder.'),
      column('parent_shares', 'LIST<DOUBLE>', '', 'Share of its genome that comes from each parent, in the order of parents.'),
      column(
        'birth_tick',
        'INT64',
        'ticks',
        'Tick at whose end it was born; 0 or below for a founder, which comes of age before tick 0.',
      ),
      optional('death_tick', 'INT64', 'ticks', 'Tick at whose end it died; null while it lives.'),
      optional('death_cause', 'STRING', '', 'What it died of; null while it lives.'),
      optional('species_id', 'INT64', '', 'Species it belongs to; null until a run assigns species.'),
      column('generation', 'INT32', 'generations', 'Generations between it and its founder.'),
      column('x', 'FLOAT', 'lengths', 'Where it died, or is when the run ends.'),
      column('y', 'FLOAT', 'lengths', 'Where it died, or is when the run ends.'),
      column('offspring_count', 'INT32', 'organisms', 'Offspring it had so far.'),
      column('population', 'STRING', '', 'Name of its population in the scene.'),
      column('founder_id', 'INT64', '', 'Id of the founder from which its line of descent comes.'),
      ...traits.map((trait) => column(columnName(trait.id), 'FLOAT', trait.unit, `${trait.title}. ${trait.description}`)),
      optional(
        'genome',
        'LIST<FLOAT>',
        'locus units',
        'Its genome, a value a locus as the table loci lists them, when it lives at the end and genomes were asked for; else null.',
      ),
    ],
  };
}

/** Traits of the living over time, and how the traits of the dead went with their offspring numbers. */
export const traitSeriesTable: ExportTable = {
  name: 'trait_series',
  title: 'Trait series',
  row: 'One trait of one population at one tick.',
  columns: [
    column('tick', 'INT64', 'ticks', 'Ticks made when the row was taken.'),
    column('population', 'STRING', '', 'Name of the population in the scene.'),
    optional('species_id', 'INT64', '', 'Species the row is about; null for the whole population.'),
    column('trait', 'STRING', '', 'Id of the trait.'),
    column('n', 'INT32', 'organisms', 'Living organisms.'),
    optional('mean', 'DOUBLE', 'of the trait', 'Mean over the living; null when nobody lives.'),
    optional('variance', 'DOUBLE', 'of the trait, squared', 'Variance over the living (divisor n); null when nobody lives.'),
    column('died', 'INT32', 'organisms', 'Organisms that died since the previous row: those over which cov_w is taken.'),
    optional(
      'cov_w',
      'DOUBLE',
      'of the trait',
      'Covariance (divisor died) of the trait with relative lifetime offspring number among those that died since the previous row; null where fewer than two died or none of them had offspring.',
    ),
  ],
};

/**
 * What the probes measured. Long rather than wide: every run, scene and probe of a user's own has the same columns,
 * so that files of different runs can be put under each other; a pivot makes it wide.
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
    optional('value', 'DOUBLE', 'see unit', 'What was measured; null where there was nothing to measure.'),
  ],
};

/** What stands where in the genomes of a population. */
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

/** All tables a run writes, in the order of the reference. */
export function exportTables(traits: readonly Trait[]): readonly ExportTable[] {
  return [organismsTable(traits), traitSeriesTable, probesTable, lociTable];
}
