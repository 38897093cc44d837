import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';

/** What is kept of a run's history, and how species are found: read by the record, never by the world itself. */
export const recordParameters = z
  .strictObject({
    pedigree: z
      .strictObject({
        all: parameter(z.boolean().default(false), {
          title: 'Keep every line',
          description: 'Keeps lines of descent that have died out too. Memory then grows with time.',
          unit: '',
          live: false,
        }),
        join: parameter(z.int().min(0).max(100_000_000).default(2000), {
          title: 'Age at which lines are joined',
          description:
            'Of ancestors who died longer ago, only those are kept as rows of their own in whom lines meet. The others, where all had one parent, are joined to the next of their line. Memory then follows the number of lines and not their length.',
          unit: 'ticks',
          live: false,
        }),
        window: parameter(z.int().min(0).max(100_000_000).default(5000), {
          title: 'Depth of the pedigree',
          description:
            'How long second parents and donors of genes are followed. Beyond it only first parents are, for a pedigree of two parents never coalesces into few.',
          unit: 'ticks',
          live: false,
        }),
      })
      .prefault({}),
    census: z
      .strictObject({
        every: parameter(z.int().min(1).max(100_000_000).default(1000), {
          title: 'Ticks between censuses',
          description:
            'A census keeps a row for everybody who lives: traits, ledgers of inheritance, and later the descendants. Second parents are followed at least back to the last census.',
          unit: 'ticks',
          live: false,
        }),
        genomes: parameter(z.boolean().default(false), {
          title: 'Genomes in censuses',
          description:
            'From the next census on, the rows of censuses hold genomes too. Until the census after it they wait in memory, and they are most of the table then.',
          unit: '',
          live: true,
        }),
        loci: parameter(z.enum(['none', 'traits', 'all']).default('traits'), {
          title: 'Loci followed',
          description:
            'Of which loci every copy is followed from census to census: where it comes from and by which channel it spread. Price’s equation by loci needs those of the traits.',
          unit: '',
          live: false,
        }),
      })
      .prefault({}),
    fossils: z
      .strictObject({
        every: parameter(z.int().min(1).max(100_000_000).default(1000), {
          title: 'Ticks between fossils',
          description: 'How often some of the living are kept as fossils, genome and line of descent.',
          unit: 'ticks',
          live: false,
        }),
        sample: parameter(z.int().min(0).max(1000).default(2), {
          title: 'Fossils each time',
          description: 'How many of each population are kept each time, drawn at random.',
          unit: 'organisms',
          live: false,
        }),
      })
      .prefault({}),
    species: z
      .strictObject({
        every: parameter(z.int().min(1).max(100_000_000).default(500), {
          title: 'Ticks between looks at species',
          description: 'How often species are found anew.',
          unit: 'ticks',
          live: false,
        }),
        sample: parameter(z.int().min(10).max(5000).default(250), {
          title: 'Sample for species',
          description: 'Organisms of each population whose genomes are compared; the others follow their nearest kin.',
          unit: 'organisms',
          live: false,
        }),
        distance: parameter(z.number().min(0).max(100).default(0.6), {
          title: 'Distance between species',
          description:
            'Genomes farther apart than this (root mean square over loci) belong to different species unless others link them. It holds for those that have one parent; where there are two, species are those who can mate: by mate-distance if that is on, else all.',
          unit: 'locus units',
          live: false,
        }),
        smallest: parameter(z.int().min(1).max(100_000).default(20), {
          title: 'Smallest species',
          description: 'A group of fewer living organisms, as estimated from the sample, is no species of its own yet.',
          unit: 'organisms',
          live: false,
        }),
        patience: parameter(z.int().min(1).max(1000).default(3), {
          title: 'Patience',
          description: 'Looks in a row at which a split or a merger must be seen before it counts.',
          unit: 'looks',
          live: false,
        }),
      })
      .prefault({}),
  })
  .prefault({});

export type RecordParameters = z.infer<typeof recordParameters>;
