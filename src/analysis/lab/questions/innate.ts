// The question of the lab whether what organisms have to learn becomes innate, and how long that takes, with learning and without.

import type { LandscapePopulation } from '../../../habitat/landscape/landscape-population.ts';
import { withLabWorld } from '../lab-scene.ts';
import { type LabQuestion, labParameter } from './question.ts';

const recombining = { 'sexual-reproduction': { on: true }, recombination: { on: true, chromosomes: 1, length: 1 } };

/** Ways in which a population comes to the setting that is rewarded. */
const ways = [
  { way: 'clones', sexual: false, learning: false },
  { way: 'clones that learn', sexual: false, learning: true },
  { way: 'sex', sexual: true, learning: false },
  { way: 'sex and learning', sexual: true, learning: true },
] as const;

/** Standard deviations of a normal distribution within which half of it lies: founders have half of their loci open. */
const halfWithin = 0.6744897501960817;

/** What a population carries: shares of its loci, whether some organism has all loci right, and whether all loci have one setting each. */
interface Settings {
  readonly right: number;
  readonly wrong: number;
  readonly found: boolean;
  readonly uniform: boolean;
}

/** Reads the settings of all loci: right above `open`, wrong below minus it. */
function settingsOf({ table, layout, count }: LandscapePopulation, dimensions: number, open: number): Settings {
  const genome = table.f32('genome');
  const rights = new Uint32Array(dimensions);
  const wrongs = new Uint32Array(dimensions);
  let found = false;
  for (let row = 0; row < count; row++) {
    let good = 0;
    for (let k = 0; k < dimensions; k++) {
      const locus = genome[row * layout.stride + k];
      if (locus > open) {
        rights[k]++;
        good++;
      } else if (locus < -open) wrongs[k]++;
    }
    if (good === dimensions) found = true;
  }
  let [right, wrong] = [0, 0];
  let uniform = true;
  for (let k = 0; k < dimensions; k++) {
    right += rights[k];
    wrong += wrongs[k];
    uniform &&= [rights[k], wrongs[k], count - rights[k] - wrongs[k]].includes(count);
  }
  return { right: right / (count * dimensions), wrong: wrong / (count * dimensions), found, uniform };
}

/** Whether what had to be learned is fixed in the genes in the end, and how long that takes. */
export const innate: LabQuestion = {
  id: 'innate',
  title: 'What is learned becomes innate',
  summary:
    'In what share of populations every organism comes to have every locus right at birth, and how many generations that takes: clones and sexual populations, with learning by trial and without it. Nothing mutates, so a setting that no organism carries cannot come back.',
  source: 'Fontanari & Santos (2017), Eur. Phys. J. B 90: 186; Hinton & Nowlan (1987), Complex Systems 1: 495.',
  landscapes: ['needle'],
  parameters: [
    labParameter('dimensions', { fallback: 6 }),
    labParameter('size'),
    {
      name: 'trials',
      meaning: 'guesses in a life at the loci that genes leave open, if there is learning',
      unit: 'trials',
      fallback: 1000,
      least: 1,
      most: 1e6,
      whole: true,
    },
    labParameter('generations', { meaning: 'generations after which a population is given up', fallback: 2000 }),
  ],
  keys: [{ name: 'way', title: 'way', unit: '', kind: 'text', description: 'clones or sex, with learning or without.' }],
  measures: [
    {
      name: 'innate',
      title: 'all right',
      unit: '',
      description: 'Share of populations in which every organism has every locus right in the end.',
    },
    {
      name: 'time',
      title: 'generations',
      unit: 'generations',
      description: 'Mean generation in which that is so first, of the populations that come to it.',
    },
    {
      name: 'found',
      title: 'found',
      unit: '',
      description: 'Share of populations in which some organism ever has every locus right.',
    },
    { name: 'right', title: 'right', unit: '', description: 'Share of loci that are right in the end.' },
    { name: 'wrong', title: 'wrong', unit: '', description: 'Share of loci that are wrong in the end.' },
    {
      name: 'undecided',
      title: 'undecided',
      unit: '',
      description: 'Share of populations that were given up before each locus had one setting in all.',
    },
  ],
  figure: {
    across: 'way',
    lines: [
      { measure: 'innate', name: 'all right' },
      { measure: 'found', name: 'found', dashed: true },
    ],
    upLabel: 'Share of populations',
  },
  measure({ form, parameters, values: { dimensions, size, trials, generations }, seed }) {
    const { open = 0.5, reward = 19 } = parameters as { open?: number; reward?: number };
    const deviation = open > 0 ? open / halfWithin : 1;
    return ways.map(({ way, sexual, learning }) => {
      const mechanisms = {
        ...(sexual ? recombining : {}),
        'trial-learning': { on: learning, trials, reward },
      };
      const world = { form, parameters, model: 'wright-fisher', dimensions, size, sigma: 0, deviation, mechanisms } as const;
      return withLabWorld(world, seed, (simulation, population) => {
        let now = settingsOf(population, dimensions, open);
        let { found } = now;
        let generation = 0;
        // Without mutation nothing changes any more where each locus has one setting.
        while (generation < generations && !now.uniform) {
          simulation.step(1);
          generation++;
          now = settingsOf(population, dimensions, open);
          found ||= now.found;
        }
        const all = now.uniform && now.right === 1;
        return {
          keys: [way],
          measures: [Number(all), all ? generation : Number.NaN, Number(found), now.right, now.wrong, Number(!now.uniform)],
        };
      });
    });
  },
};
