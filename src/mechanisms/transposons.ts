// The mechanism transposons: elements that copy themselves within a genome.

import { z } from 'zod';
import { type SegmentPlan, transposonSites } from '../genome/layout.ts';
import { drawNormal, drawUniform } from '../math/draws.ts';
import { exp } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import { followTransposition } from '../population/copy-alleles.ts';
import type { Population } from '../population/population.ts';
import { columnMoments } from './column-moments.ts';
import { floatColumn } from './learned-columns.ts';
import { loseIntake } from './lose-intake.ts';
import type { Mechanism } from './mechanism.ts';

const rate = (title: string, description: string, fallback: number) =>
  parameter(z.number().min(0).max(1).default(fallback), { title, description, unit: '1/copy/birth', live: true, step: 0.01 });

const parameters = z.strictObject({
  insertion: rate(
    'Insertion u',
    'Chance that a copy makes another, which goes to an empty site anywhere in the newborn’s genome.',
    0.05,
  ),
  excision: rate('Excision v', 'Chance that a copy is lost.', 0.005),
  linear: parameter(z.number().min(0).max(1).default(0.002), {
    title: 'Harm a',
    description: 'Loss of log fitness for each copy: w = e^(-a n - b n^2 / 2) for n copies; in the plane, a loss of intake.',
    unit: '1/copy',
    live: true,
    step: 0.001,
  }),
  quadratic: parameter(z.number().min(0).max(1).default(0.002), {
    title: 'Harm b',
    description: 'How much worse each further copy is than the one before, which keeps their number at an equilibrium.',
    unit: '1/copy^2',
    live: true,
    step: 0.001,
  }),
  effect: parameter(z.number().min(0).max(10).default(0.1), {
    title: 'Insertion effect',
    description: 'Standard deviation of the change of the locus into which a copy is inserted.',
    unit: 'locus units',
    live: true,
    step: 0.05,
  }),
});

type Parameters = z.infer<typeof parameters>;

/** Where transposons can sit in a genome, whether they are active or not. */
const genome = z
  .strictObject({
    sites: parameter(z.int().min(0).max(1024).default(0), {
      title: 'Transposon sites',
      description: 'Places in a haploid genome where a transposon can sit; 0 for genomes without any.',
      unit: 'sites',
      live: false,
    }),
    copies: parameter(z.number().min(0).max(1024).default(0), {
      title: 'Founder copies',
      description: 'Mean number of copies in the haploid genome of a founder; at most the number of sites.',
      unit: 'copies',
      live: false,
      step: 0.5,
    }),
  })
  .prefault({});

/** One locus a site, which does not mutate: 1 a copy, 0 none. */
function segment({ sites, copies }: z.infer<typeof genome>): SegmentPlan | undefined {
  if (sites === 0) return undefined;
  return {
    name: transposonSites,
    description: 'Sites of transposons: 1 a copy, 0 none.',
    loci: Array.from({ length: sites }, (_, k) => ({ name: `site.${k + 1}`, scale: 0, deviation: 0, chance: copies / sites })),
  };
}

/** Draws of a birth: each copy, by haplotype and site, has a block of this size. */
const draws = { insert: 0, excise: 1, effect: 2, target: 3 } as const;
const block = 64;
/** Sites that a copy tries before it gives up when nearly all are taken. */
const tries = block - draws.target;

/** Elements that copy themselves from one place of the genome to another. */
export const transposons: Mechanism<Parameters> = {
  id: 'transposons',
  title: 'Transposons',
  group: 'conflict',
  summary: 'Elements copy themselves within genomes, and each copy harms its host a little.',
  lookFor:
    'Copies spread in sexual populations until the harm of the next one balances its gain. The scene sets the number of sites in genomes (genome.transposons).',
  source: 'Charlesworth & Charlesworth (1983), Genet. Res. 42: 1; Charlesworth, Sniegowski & Stephan (1994), Nature 371: 215.',
  parameters,
  genome: { parameters: genome, segment: (own) => segment(own as z.infer<typeof genome>) },
  check({ on, genome: { transposons } }) {
    const { sites, copies } = transposons as z.infer<typeof genome>;
    if (copies > sites) {
      const text = `${copies} copies do not fit into ${sites} sites; give more sites or fewer copies`;
      return [{ in: 'genome', field: 'copies', text }];
    }
    if (!on || sites > 0) return [];
    return [{ field: 'on', text: 'genomes have no sites for them; set genome.transposons.sites' }];
  },
  measures: [
    {
      columns: [
        { name: 'copies.mean', title: 'Mean number of transposons', unit: 'copies/organism' },
        { name: 'copies.variance', title: 'Variance of the number of transposons', unit: '(copies/organism)^2' },
      ],
      appliesTo: (population, _parameters, enabled) => enabled && sitesOf(population)[1] > 0,
      sample(population) {
        const { mean, variance } = columnMoments(population, copiesColumn);
        return [mean, variance];
      },
    },
  ],
  makesVariation: true,
  writesNothing: (population) => sitesOf(population)[1] === 0,
  columns: () => [copiesColumn],
  whenSwitchedOn(population) {
    countCopies(population, 0, population.count);
  },
  modifyChild(births, chosen, { tick, stream }) {
    const { population, count, firstRow } = births;
    const { table, layout, haplotypes } = population;
    const [start, sites] = sitesOf(population);
    if (sites === 0) return;
    const columns = haplotypes.map((name) => table.f32(name));
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    // The site of the copy determines the locus that it changes: sites lie evenly over the loci before them.
    const hosts = layout.loci.filter(({ segment, scale }) => segment !== transposonSites && scale > 0);
    const total = sites * columns.length;
    const siteOf = (n: number) => ({ haplotype: Math.floor(n / sites), slot: start + (n % sites) });
    for (let k = 0; k < count; k++) {
      const row = firstRow + k;
      const at = row * layout.stride + start;
      const present: number[] = [];
      for (let n = 0; n < total; n++) if (columns[Math.floor(n / sites)][at + (n % sites)] > 0.5) present.push(n);
      for (const n of present) {
        const uniform = (draw: number) => drawUniform(stream, low[row], high[row], tick, n * block + draw);
        if (uniform(draws.excise) < chosen.excision) columns[Math.floor(n / sites)][at + (n % sites)] = 0;
        if (uniform(draws.insert) >= chosen.insertion) continue;
        for (let attempt = 0; attempt < tries; attempt++) {
          const target = Math.floor(uniform(draws.target + attempt) * total);
          const column = columns[Math.floor(target / sites)];
          if (column[at + (target % sites)] > 0.5) continue;
          column[at + (target % sites)] = 1;
          followTransposition(population, row, siteOf(n), siteOf(target));
          if (chosen.effect > 0 && hosts.length > 0) {
            const { slot } = hosts[Math.floor(((target % sites) * hosts.length) / sites)];
            const change = chosen.effect * drawNormal(stream, low[row], high[row], tick, n * block + draws.effect);
            column[row * layout.stride + slot] += change;
          }
          break;
        }
      }
    }
  },
  atBirth({ population, firstRow, count }) {
    countCopies(population, firstRow, count);
  },
  duringLife(population, chosen) {
    if (sitesOf(population)[1] === 0) return;
    const copies = population.table.f32(copiesColumn);
    loseIntake(population, (row) => 1 - exp(-harm(chosen, copies[row])));
  },
  visible: {
    form: 'speckles',
    share(population) {
      const copies = population.table.f32(copiesColumn);
      return (row) => copies[row] / (copies[row] + halfSpeckled);
    },
  },
  logFitness(population, chosen) {
    const copies = population.table.f32(copiesColumn);
    return (row) => -harm(chosen, copies[row]);
  },
};

/** Copies with which a body is half covered with speckles. */
const halfSpeckled = 4;

const copiesColumn = floatColumn('transposon.copies', 'state');

const harm = ({ linear, quadratic }: Parameters, copies: number) => linear * copies + 0.5 * quadratic * copies * copies;

/** First slot of the sites and their number. */
function sitesOf({ layout }: Population): readonly [start: number, sites: number] {
  const segment = layout.segments.find(({ name }) => name === transposonSites);
  return segment ? [segment.start, segment.length] : [0, 0];
}

function countCopies(population: Population, first: number, count: number): void {
  const { table, layout, haplotypes } = population;
  const [start, sites] = sitesOf(population);
  const copies = table.f32(copiesColumn);
  const columns = haplotypes.map((name) => table.f32(name));
  for (let row = first; row < first + count; row++) {
    const at = row * layout.stride + start;
    let n = 0;
    for (const column of columns) for (let k = 0; k < sites; k++) if (column[at + k] > 0.5) n++;
    copies[row] = n;
  }
}
