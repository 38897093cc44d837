import { fixationProbability, fixationProcesses } from '../../../habitat/landscape/fixation-probability.ts';
import { fixationChain } from '../fixation-chain.ts';
import { fixationTimes, timeQuantile } from '../fixation-times.ts';
import { fate, mutationParameters } from './fate-of-a-mutation.ts';
import { type LabQuestion, labParameter } from './question.ts';

/** When mutations are fixed and when they are lost. */
export const times: LabQuestion = {
  id: 'times',
  title: 'Fixation times',
  summary:
    'Times at which mutations are fixed (among those that are) and lost (among those that are): the whole distribution, exactly.',
  source:
    'Kimura & Ohta (1969), Genetics 61: 763; Ewens (2004), Mathematical Population Genetics, ch. 2-5; exact, from the Markov chain.',
  parameters: [...mutationParameters, labParameter('generations', { meaning: 'last generation of the answer', most: 10_000 })],
  ...fate,
  measures: [
    {
      name: 'fixed',
      title: 'fixed by then',
      unit: '',
      description: 'Share fixed by then, among the mutations that are fixed in the end.',
    },
    {
      name: 'lost',
      title: 'lost by then',
      unit: '',
      description: 'Share lost by then, among the mutations that are lost in the end.',
    },
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
    {
      name: 'median_fixed',
      title: 'median',
      unit: 'generations',
      description: 'Time by which half of the mutations that are fixed in the end are fixed.',
    },
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
    upLabel: 'Share fixed or lost',
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
