import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'hands',
  title: 'Hands',
  keys: ['h'],
  summary: 'food, walls, cloning, carrying, the freezer',
  icon: 'M7 10 V4.5 A1.2 1.2 0 0 1 9.4 4.5 V9 V3.7 A1.2 1.2 0 0 1 11.8 3.7 V9 V4.7 A1.2 1.2 0 0 1 14.2 4.7 V11 C14.2 15 12.5 17 10 17 C7.5 17 6.6 15.6 4.3 11.4 C3.6 10 5.4 9 6.3 10.2 L7 11.2',
  when: ({ hands }) => hands,
  missing: 'Editing by hand works only in plane worlds. Open one, such as Meadow.',
  moreKeys: [
    {
      keys: ['x'],
      shown: ['x'],
      text: 'Use the chosen hand at the middle of the view',
      run: (page) => void page.world.hands.atMiddle(),
    },
  ],
  load: () => import('./HandsPanel.svelte'),
};
