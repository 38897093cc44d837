import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'traits',
  title: 'Traits',
  keys: ['v'],
  summary: 'plots of everything that is measured',
  icon: 'M3 16 H17 M3 16 V4 M5.5 13 L9 9.5 L11.5 11 L16 5.5',
  load: () => import('./TraitsPanel.svelte'),
};
