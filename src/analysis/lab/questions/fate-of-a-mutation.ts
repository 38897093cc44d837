import { largestChain } from '../fixation-chain.ts';
import { isRound, type LabParameter, type LabQuestion, labParameter } from './question.ts';

/** A mutation whose fate is in question. */
export const mutationParameters: readonly LabParameter[] = [
  labParameter('size', { most: largestChain }),
  {
    name: 'strength',
    meaning: 'selection N s: organisms times the log fitness of carriers minus that of the others',
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

/** The part common to questions about the fate of a mutation: exact, for two processes, generation by generation. */
export const fate = {
  landscapes: 'none',
  exact: true,
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
  shown: ([, generation]) => isRound(generation as number),
  problem: ({ copies, size }) => (copies < size ? undefined : `copies must be fewer than size ${size} (got ${copies})`),
} as const satisfies Pick<LabQuestion, 'landscapes' | 'exact' | 'keys' | 'shown' | 'problem'>;
