import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'notebook',
  title: 'Notebook',
  keys: ['n'],
  summary: 'runs stored in this browser',
  icon: 'M5 3 H16 V17 H5 Z M8 3 V17 M10.5 7 H13.5 M10.5 10 H13.5',
  moreKeys: [{ keys: ['k'], shown: ['k'], text: 'Keep this moment in the notebook', run: (page) => void page.notebook.keep() }],
  load: () => import('./NotebookPanel.svelte'),
};
