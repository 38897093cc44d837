import type { ListedAnalysis } from './analysis-command.ts';

/** The analyses of the command line, in the order of its help. A new one is a line here. */
export const analysisCommands: readonly ListedAnalysis[] = [
  {
    name: 'analyse',
    description: 'write a report on a finished run: why its traits changed, window by window',
    load: () => import('./analyse.ts'),
  },
  {
    name: 'price',
    description: 'split the change of traits between two censuses of a finished run by Price’s equation',
    load: () => import('./price.ts'),
  },
  {
    name: 'stats',
    description: 'statistics of a finished run: population genetics, demography, quantitative genetics, trees',
    load: () => import('./stats.ts'),
  },
  {
    name: 'assay',
    description: 'measure the gradient of fitness by forks of a world, and project selection onto it',
    load: () => import('./assay.ts'),
  },
  {
    name: 'climb',
    description:
      'follow a population along the assayed gradient: what selection, mutation and the rest gained, interval by interval',
    load: () => import('./climb.ts'),
  },
  {
    name: 'why',
    description:
      'why one clade or species took over from another: rates side by side, what their genomes differ by and what that is worth',
    load: () => import('./why/why.ts'),
  },
  {
    name: 'noise',
    description: 'measure how the steps of a world’s mean genome scatter, by forks that differ only by chance',
    load: () => import('./noise.ts'),
  },
  {
    name: 'tournament',
    description: 'let the fossils of a finished run compete in fresh worlds: ratings, and the cyclic share',
    load: () => import('./tournament.ts'),
  },
  {
    name: 'transplant',
    description: 'put later loci of fossils into earlier genomes, and the reverse: what each segment has gained',
    load: () => import('./transplant.ts'),
  },
  {
    name: 'invasion',
    description: 'pairwise invasibility on a landscape of one trait: where evolution rests or branches',
    load: () => import('./invasion.ts'),
  },
];
