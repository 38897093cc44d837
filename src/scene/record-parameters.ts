import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';

/** What is kept of a run's history, and how species are found: read by the record, never by the world itself. */
export const recordParameters = z
  .strictObject({
    pedigree: z
      .strictObject({
        all: parameter(z.boolean().default(false), {
          title: 'Keep every line',
          description: 'Keeps extinct lines of descent too. Memory then grows with time.',
          unit: '',
          live: false,
        }),
        join: parameter(z.int().min(0).max(100_000_000).default(2000), {
          title: 'Joining age',
          description:
            'Among ancestors that died longer ago than this, only those in which lines meet keep their own row. The others, if all had one parent, are joined to the next of their line. Memory then follows the number of lines and not their length.',
          unit: 'ticks',
          live: false,
        }),
        window: parameter(z.int().min(0).max(100_000_000).default(5000), {
          title: 'Pedigree depth',
          description:
            'How long second parents and donors of genes are followed. Beyond it only first parents are, because a pedigree of two parents never coalesces into few.',
          unit: 'ticks',
          live: false,
        }),
      })
      .prefault({}),
    census: z
      .strictObject({
        every: parameter(z.int().min(1).max(100_000_000).default(1000), {
          title: 'Census interval',
          description:
            'A census keeps a row for every living organism: traits, ledgers of inheritance, and later the descendants. Second parents are followed at least back to the last census.',
          unit: 'ticks',
          live: false,
        }),
        genomes: parameter(z.boolean().default(false), {
          title: 'Genomes in censuses',
          description:
            'From the next census on, the rows of censuses hold genomes too. They wait in memory until the following census, and then make up most of the table.',
          unit: '',
          live: true,
        }),
        loci: parameter(z.enum(['none', 'traits', 'all']).default('traits'), {
          title: 'Loci followed',
          description:
            'Loci of which every copy is followed from census to census: its origin and the channel by which it spread. Price’s equation by loci needs those of the traits.',
          unit: '',
          live: false,
        }),
      })
      .prefault({}),
    fossils: z
      .strictObject({
        every: parameter(z.int().min(1).max(100_000_000).default(1000), {
          title: 'Fossil interval',
          description: 'Ticks after which some of the living are kept as fossils, with genome and line of descent.',
          unit: 'ticks',
          live: false,
        }),
        sample: parameter(z.int().min(0).max(1000).default(2), {
          title: 'Fossils per time',
          description: 'Number of organisms of each population kept each time, drawn at random.',
          unit: 'organisms',
          live: false,
        }),
      })
      .prefault({}),
    species: z
      .strictObject({
        every: parameter(z.int().min(1).max(100_000_000).default(500), {
          title: 'Species interval',
          description: 'Ticks after which species are found again.',
          unit: 'ticks',
          live: false,
        }),
        sample: parameter(z.int().min(10).max(5000).default(250), {
          title: 'Sample for species',
          description:
            'Organisms of each population whose genomes are compared; the others take the species of their nearest relatives.',
          unit: 'organisms',
          live: false,
        }),
        distance: parameter(z.number().min(0).max(100).default(0.6), {
          title: 'Distance between species',
          description:
            'Genomes farther apart than this (root mean square over loci) belong to different species unless others link them. This is for populations with one parent; with two parents, species consist of organisms that can mate: by mate-distance if that is on, otherwise all.',
          unit: 'locus units',
          live: false,
        }),
        smallest: parameter(z.int().min(1).max(100_000).default(20), {
          title: 'Smallest species',
          description: 'A group of fewer living organisms, as estimated from the sample, is not yet a separate species.',
          unit: 'organisms',
          live: false,
        }),
        patience: parameter(z.int().min(1).max(1000).default(3), {
          title: 'Patience',
          description: 'Number of consecutive samples in which a split or a merger must be seen before it counts.',
          unit: 'looks',
          live: false,
        }),
      })
      .prefault({}),
  })
  .prefault({});

export type RecordParameters = z.infer<typeof recordParameters>;
