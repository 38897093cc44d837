import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'landscape',
  title: 'Landscape',
  keys: ['l'],
  summary: 'the plane, steps compared with the gradient',
  icon: 'M10 3 C15 3 17.5 6 17 10.5 C16.5 15 13 17 9 16.8 C5 16.6 2.5 14 3 10 C3.5 6 6 3 10 3 Z M10.5 6.5 C13 6.5 14 8.5 13.5 10.8 C13 13 11 13.8 9 13.5 C7 13.2 6 11.5 6.5 9.5 C7 7.8 8.5 6.5 10.5 6.5 Z M10 9.8 H10.1',
  when: ({ landscape }) => landscape !== undefined,
  missing: 'This world has no landscape. Open a scene with one, such as Annealing.',
  stage: () => import('./Stage.svelte'),
  load: () => import('./LandscapePanel.svelte'),
};
