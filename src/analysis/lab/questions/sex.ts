import { atSelection } from '../at-selection.ts';
import { withLabWorld } from '../lab-scene.ts';
import { selectionBits } from '../selection-bits.ts';
import { type LabQuestion, labParameter } from './question.ts';

const recombining = { 'sexual-reproduction': { on: true }, recombination: { on: true, chromosomes: 1000, length: 0 } };

/** Ways in which genes combine. */
const ways = [
  { way: 'clones', sexual: false, transfer: false },
  { way: 'transfer', sexual: false, transfer: true },
  { way: 'sex', sexual: true, transfer: false },
  { way: 'sex and transfer', sexual: true, transfer: true },
] as const;

/** Bits of selection per generation with and without sex and transfer. */
export const sex: LabQuestion = {
  id: 'sex',
  title: 'Bits of selection, with and without sex',
  summary:
    'Bits of selection per organism and generation, E[w log2 w], and the resulting gain in log2 fitness: of clones, with transfer, with sex and free recombination, and with both.',
  source:
    'Kimura (1961), Genet. Res. 2: 127; MacKay (2003), Information Theory, Inference and Learning Algorithms, ch. 19; Frank (2012), J. Evol. Biol. 25: 2377.',
  landscapes: 'any',
  parameters: [
    labParameter('dimensions'),
    labParameter('start'),
    labParameter('size'),
    labParameter('sigma'),
    labParameter('h', { meaning: 'chance of transfer per locus and generation, if there is transfer' }),
    { ...labParameter('generations'), name: 'burnin', meaning: 'generations before measuring', fallback: 200, least: 0 },
    labParameter('generations'),
  ],
  keys: [{ name: 'way', title: 'way', unit: '', kind: 'text', description: 'clones, transfer, sex, or sex and transfer.' }],
  measures: [
    {
      name: 'bits',
      title: 'bits',
      unit: 'bits/generation',
      description: 'Bits of selection per organism, mean over generations.',
    },
    {
      name: 'normal',
      title: 'Var f/(2 ln 2)',
      unit: 'bits/generation',
      description: 'The same for normal log fitness of the measured variance.',
    },
    {
      name: 'gain',
      title: 'gain by selection',
      unit: 'log2 fitness/generation',
      description: 'Increase of mean log2 fitness by selection alone.',
    },
    {
      name: 'rise',
      title: 'rise',
      unit: 'log2 fitness/generation',
      description: 'Total increase of mean log2 fitness.',
    },
    {
      name: 'variance',
      title: 'Var f',
      unit: '(log fitness)^2',
      description: 'Variance of log fitness among organisms, mean over generations.',
    },
  ],
  figure: {
    across: 'way',
    lines: [
      { measure: 'bits', name: 'bits' },
      { measure: 'gain', name: 'gain by selection', dashed: true },
    ],
    upLabel: 'Bits of selection, and log2 fitness gained, per generation',
  },
  measure({ form, parameters, values, seed }) {
    const { dimensions, start, size, sigma, h, burnin, generations } = values;
    return ways.map(({ way, sexual, transfer }) => {
      const inherited = { h: transfer ? h : 0, ...(sexual ? { mechanisms: recombining } : {}) };
      const world = { form, parameters, model: 'wright-fisher', dimensions, size, sigma, start, ...inherited } as const;
      return withLabWorld(world, seed, (simulation, population) => {
        const meanFitness = () => {
          const fitness = simulation.habitat.logFitness(population);
          return fitness.reduce((sum, f) => sum + f / fitness.length, 0);
        };
        simulation.step(burnin);
        const before = meanFitness();
        let [bits, gain, variance] = [0, 0, 0];
        const { landscape } = simulation.habitat;
        atSelection(simulation, generations, ({ values: genomes, count, stride }) => {
          const found = selectionBits(
            Float64Array.from({ length: count }, (_, row) => landscape.logFitness(genomes, row * stride)),
          );
          bits += found.bits / generations;
          gain += found.gain / generations;
          variance += found.variance / generations;
        });
        const rise = ((meanFitness() - before) / generations) * Math.LOG2E;
        return { keys: [way], measures: [bits, (variance / 2) * Math.LOG2E, gain, rise, variance] };
      });
    });
  },
};
