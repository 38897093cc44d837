import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'climb',
  title: 'Climb',
  keys: ['c'],
  summary: 'genome space: whether lineages climb the gradient, while they live',
  takesHalf: true,
  icon: 'M3 16 H17 M4 16 L14 5 M14 5 H9.5 M14 5 V9.5',
  load: () => import('./ClimbPanel.svelte'),
};
