import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'export',
  title: 'Export',
  keys: ['e'],
  summary: 'tables, pictures, films',
  icon: 'M5 9 H4 V17 H16 V9 H15 M10 12 V3 M7 6 L10 3 L13 6',
  load: () => import('./ExportPanel.svelte'),
};
