import { icons } from '../../ui/icons.ts';
import type { Instrument } from '../instrument.ts';

export const instrument: Instrument = {
  id: 'scene',
  title: 'Scene editor',
  keys: ['s'],
  summary: 'write a scene and run it',
  icon: icons.scene,
  canWiden: true,
  load: () => import('./ScenePanel.svelte'),
};
