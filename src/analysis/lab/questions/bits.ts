import { fixationProcesses } from '../../../habitat/landscape/fixation-probability.ts';
import { fixationChain } from '../fixation-chain.ts';
import { binaryEntropy, latentBits } from '../latent-bits.ts';
import { fate, mutationParameters } from './fate-of-a-mutation.ts';
import { type LabQuestion, labParameter } from './question.ts';

/** How much a count of carriers reveals about the fate of a mutation, generation by generation. */
export const bits: LabQuestion = {
  id: 'bits',
  title: 'Latent bits',
  summary:
    'How much the count of carriers has revealed by a generation of what decides whether a mutation is fixed or lost: h(p_0) - E h(p_fix(X_t)), in bits.',
  source: 'Sourbut (2022), Conditions for mathematical equivalence of SGD and natural selection; exact, from the Markov chain.',
  parameters: [...mutationParameters, labParameter('generations', { most: 10_000 })],
  ...fate,
  measures: [
    { name: 'bits', title: 'bits', unit: 'bits', description: 'Bits revealed so far.' },
    { name: 'share', title: 'share', unit: '', description: 'Share of all bits, h(p_0).' },
  ],
  figure: { across: 'generation', lines: [{ measure: 'bits', name: 'bits' }], upLabel: 'Bits revealed', by: 'process' },
  measure({ values: { size, strength, copies, generations } }) {
    return fixationProcesses.flatMap((process) => {
      const chain = fixationChain(process, size, strength / size);
      const all = binaryEntropy(chain.fixation[copies]);
      const revealed = latentBits(chain, generations, copies);
      return Array.from(revealed, (value, generation) => ({ keys: [process, generation], measures: [value, value / all] }));
    });
  },
};
