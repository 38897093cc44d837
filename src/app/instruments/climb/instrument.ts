import type { Instrument } from '../instrument.ts';

export const climb: Instrument = {
  id: 'climb',
  title: 'Climb',
  keys: ['c'],
  summary: 'selection compared with the gradient',
  icon: 'M3 16 H17 M4 16 L14 5 M14 5 H9.5 M14 5 V9.5',
  load: () => import('./ClimbPanel.svelte'),
};
