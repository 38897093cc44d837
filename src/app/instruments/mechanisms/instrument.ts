import type { Instrument } from '../instrument.ts';
import MechanismsPanel from './MechanismsPanel.svelte';

export const instrument: Instrument = {
  id: 'mechanisms',
  title: 'Mechanisms',
  keys: ['m'],
  summary: 'switches and parameters',
  icon: 'M3 6 H9 M13 6 H17 M11 4 A2 2 0 1 0 11 8 A2 2 0 1 0 11 4 M3 14 H6 M10 14 H17 M8 12 A2 2 0 1 0 8 16 A2 2 0 1 0 8 12',
  // It comes with the page: it is what a new page shows beside the first frame.
  load: () => Promise.resolve({ default: MechanismsPanel }),
};
