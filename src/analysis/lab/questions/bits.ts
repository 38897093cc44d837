import { fixationProcesses } from '../../../habitat/landscape/fixation-probability.ts';
import { fixationChain, largestChain } from '../fixation-chain.ts';
import { binaryEntropy, latentBits } from '../latent-bits.ts';
import { isRound, type LabParameter, type LabQuestion, labParameter } from './question.ts';

/** A mutation whose fate is asked about. */
export const mutationParameters: readonly LabParameter[] = [
  labParameter('size', { most: largestChain }),
  {
    name: 'strength',
    meaning: 'selection N s: organisms times the log fitness of carriers less that of the others',
    unit: '',
    fallback: 2,
    least: -200,
    most: 200,
  },
  {
    name: 'copies',
    meaning: 'carriers at the start',
    unit: 'organisms',
    fallback: 1,
    least: 1,
    most: largestChain - 1,
    whole: true,
  },
];

export const tooManyCopies = ({ copies, size }: Readonly<Record<string, number>>): string | undefined =>
  copies < size ? undefined : `copies must be fewer than size ${size} (got ${copies})`;

/** How much a count of carriers says about the fate of a mutation, generation by generation. */
export const bits: LabQuestion = {
  id: 'bits',
  title: 'Latent bits',
  summary:
    'How much of what decides whether a mutation is fixed or lost has its count revealed by a generation: h(p_0) - E h(p_fix(X_t)), in bits.',
  source: 'Sourbut (2022), Conditions for mathematical equivalence of SGD and natural selection; exact, from the Markov chain.',
  landscapes: 'none',
  exact: true,
  parameters: [...mutationParameters, labParameter('generations', { most: 10_000 })],
  keys: [
    { name: 'process', title: 'process', unit: '', kind: 'text', description: 'wright-fisher or moran.' },
    {
      name: 'generation',
      title: 'generation',
      unit: 'generations',
      kind: 'number',
      description: 'Generations since the mutation arose.',
    },
  ],
  measures: [
    { name: 'bits', title: 'bits', unit: 'bits', description: 'Bits revealed so far.' },
    { name: 'share', title: 'share', unit: '', description: 'Share of all bits that there are, h(p_0).' },
  ],
  figure: { across: 'generation', lines: [{ measure: 'bits', name: 'bits' }], upLabel: 'Bits revealed', by: 'process' },
  shown: ([, generation]) => isRound(generation as number),
  problem: tooManyCopies,
  measure({ values: { size, strength, copies, generations } }) {
    return fixationProcesses.flatMap((process) => {
      const chain = fixationChain(process, size, strength / size);
      const all = binaryEntropy(chain.fixation[copies]);
      const revealed = latentBits(chain, generations, copies);
      return Array.from(revealed, (value, generation) => ({ keys: [process, generation], measures: [value, value / all] }));
    });
  },
};
