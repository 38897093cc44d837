import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'tree',
  title: 'Species',
  keys: ['t'],
  summary: 'their tree and Muller plot',
  icon: 'M3 10 H7 M7 5 V15 M7 5 H12 M12 3 V7 M12 3 H17 M12 7 H17 M7 15 H17',
  canWiden: true,
  moreKeys: [
    {
      keys: ['g'],
      shown: ['g'],
      text: 'Find the picked organism in the tree',
      run: (page) => {
        if (!page.world.picked) page.world.pickNearest();
        page.world.findInTree();
      },
    },
  ],
  load: () => import('./TreePanel.svelte'),
};
