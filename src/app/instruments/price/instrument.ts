import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'price',
  title: 'Price',
  keys: ['p'],
  summary: 'Price’s equation of each trait',
  icon: 'M3 10 H17 M5 10 V5 H8 V10 M10 10 V14 H13 V10 M15 10 V7',
  canWiden: true,
  load: () => import('./PricePanel.svelte'),
};
