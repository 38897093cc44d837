import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'organism',
  title: 'Picked organism',
  keys: ['o'],
  summary: 'genome, policy, line of descent, its story',
  icon: 'M16 4 C10 3.5 4 8 5 15 C12 16.5 16.5 10 16 4 Z M12.5 7.5 H12.6',
  load: () => import('./OrganismPanel.svelte'),
};
