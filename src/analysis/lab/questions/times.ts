import { fixationProbability, fixationProcesses } from '../../../habitat/landscape/fixation-probability.ts';
import { fixationChain } from '../fixation-chain.ts';
import { fixationTimes, timeQuantile } from '../fixation-times.ts';
import { fate, mutationParameters } from './fate-of-a-mutation.ts';
import { type LabQuestion, labParameter } from './question.ts';

/** When mutations are fixed and when they are lost. */
export const times: LabQuestion = {
  id: 'times',
  title: 'Fixation times',
  summary: 'By when a mutation is fixed, of those that are, and lost, of those that are: the whole distribution, exactly.',
  source:
    'Kimura & Ohta (1969), Genetics 61: 763; Ewens (2004), Mathematical Population Genetics, ch. 2-5; exact, from the Markov chain.',
  parameters: [
    ...mutationParameters,
    labParameter('generations', { meaning: 'generations up to which it is given', most: 10_000 }),
  ],
  ...fate,
  measures: [
    {
      name: 'fixed',
      title: 'fixed by then',
      unit: '',
      description: 'Share of those that will be fixed which are fixed by then.',
    },
    { name: 'lost', title: 'lost by then', unit: '', description: 'Share of those that will be lost which are lost by then.' },
    {
      name: 'probability',
      title: 'P(fixed)',
      unit: '',
      description: 'Probability that the mutation is fixed; the same in every row.',
    },
    {
      name: 'kimura',
      title: 'by formula',
      unit: '',
      description: 'The same by its formula (Kimura 1962 for wright-fisher, Moran 1958).',
    },
    {
      name: 'mean_fixed',
      title: 'mean time',
      unit: 'generations',
      description: 'Mean time to fixation of those that are fixed; the same in every row.',
    },
    { name: 'median_fixed', title: 'median', unit: 'generations', description: 'By when half of those that are fixed are.' },
    {
      name: 'mean_lost',
      title: 'mean to loss',
      unit: 'generations',
      description: 'Mean time to loss of those that are lost; the same in every row.',
    },
  ],
  figure: {
    across: 'generation',
    lines: [
      { measure: 'fixed', name: 'fixed' },
      { measure: 'lost', name: 'lost', dashed: true },
    ],
    upLabel: 'Share that has come to its end',
    by: 'process',
  },
  measure({ values: { size, strength, copies, generations } }) {
    return fixationProcesses.flatMap((process) => {
      const s = strength / size;
      const chain = fixationChain(process, size, s);
      const { fixed, lost } = fixationTimes(chain, copies);
      const perGeneration = chain.stepsPerGeneration;
      const by = (ended: Float64Array, generation: number) =>
        ended[Math.min(ended.length - 1, generation * perGeneration)] / ended[ended.length - 1];
      const same = [
        chain.fixation[copies],
        fixationProbability(process, size, s, copies),
        chain.timeToFixation[copies] / perGeneration,
        timeQuantile(fixed, 0.5) / perGeneration,
        chain.timeToLoss[copies] / perGeneration,
      ];
      return Array.from({ length: generations + 1 }, (_, generation) => ({
        keys: [process, generation],
        measures: [by(fixed, generation), by(lost, generation), ...same],
      }));
    });
  },
};
