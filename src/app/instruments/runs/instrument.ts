import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'runs',
  title: 'Runs',
  keys: ['r'],
  summary: 'many runs of this world, compared',
  icon: 'M3 16 H17 M3 16 V4 M5.5 13 C9 12 11.5 8 16 4.5 M5.5 13 C9 12.5 12 10.5 16 9 M5.5 13 C9 13.2 12 13.4 16 13.2',
  canWiden: true,
  load: () => import('./RunsPanel.svelte'),
};
