import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'fossils',
  title: 'Fossils',
  keys: ['[', ']'],
  summary: 'the fossils of this run, one by one, and their tournament',
  icon: 'M10 10 C10 8.5 12 8.5 12 10 C12 12.5 8 12.5 8 9.8 C8 6.5 14 6.5 14 10.2 C14 15 6 15 6 9.5 C6 4 16.5 4 16.5 10.5 C16.5 14 14 16.5 10.5 16.5',
  press: (page, key) => page.world.fossils.step(key === '[' ? -1 : 1),
  load: () => import('./FossilsPanel.svelte'),
};
