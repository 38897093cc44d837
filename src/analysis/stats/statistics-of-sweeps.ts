import type { Statistic } from './statistic.ts';

/** Statistics of origins that spread. */
export const sweepsStatistics = [
  {
    id: 'sweeps',
    group: 'sweeps',
    title: 'origins that swept',
    symbol: 'n_s',
    unit: 'origins',
    meaning: 'origins that rose to half of the copies of their locus or more, faster than 99 % of origins would by drift alone',
    formula:
      'x = sum p(1 - p) / (ploidy Ne T) over the ticks of the rise, and p(1 - p) (1/copies after - 1/copies before) where deaths made them fewer than before, divided by y^2, y the frequency reached: by drift alone the time in which a three-dimensional Bessel process reaches 1; counted where its distribution at x is below 0.01',
    source:
      'Karatzas & Shreve 1991, Brownian Motion and Stochastic Calculus, ch. 3; kinds: Hermisson & Pennings 2017, Methods Ecol. Evol. 8: 700',
    undefinedWhen: 'the variance effective size of the window is not defined',
    here: 'In brackets: rises to a half that were judged, of which one in a hundred is counted by chance where drift is that of the variance effective size (Ne V of the window, scaled by the size of each tick). A rise belongs to the window in which it is judged: at 95 % of the copies (complete) if it gets there, at a half (partial) otherwise. Kin that live together, and luck that is inherited with linked loci, make drift faster than that size says, so that more are counted. In clones a whole genome rises together: which locus was selected is not known, and every mutation on the line of one clone counts. Carriers are counted at up to 1000 ticks of the run; rises at fewer than 10 of these, or among fewer than 20 copies, are not judged, and a note says how many.',
  },
  {
    id: 'sweep_strength',
    group: 'sweeps',
    title: 'selection coefficient of a sweep',
    symbol: 's',
    unit: 'a generation',
    meaning: 'growth of the log odds of an origin while it rose, by locus, kind, extent, ticks and way',
    formula:
      'the s at which half of the rises that are called sweeps are as fast, by the distribution of x given that it is below its 1 % point under drift; 95 % interval by the same distribution, in the diffusion limit',
    source: 'distribution by Girsanov’s theorem; Watterson 1979, Adv. Appl. Probab. 11: 14',
    undefinedWhen: 'no sweep was found',
    here: 'Origins are copies of founders and, with --genomes all, mutations; carriers are all copies that descend from one, mutated again or not, counted in the whole population. Hard: one origin. Soft: two origins or more of one locus, neither on the other, rose at the same time within one window, each to a fifth or more. By transfer: more than half of the carriers have the locus by a horizontal transfer since its origin. Linked: origins of one birth that had the same carriers at every tick. The sign is not known from the rise, as harmful origins that rise do so as fast. In brackets: carriers when it was judged. The interval allows for only fast rises being called sweeps; errors of Ne are not in it.',
  },
] as const satisfies readonly Statistic[];
