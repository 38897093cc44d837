import meadow from '../../scenes/meadow.json';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';

const { foragers } = meadow.populations;

/** A meadow of 192 lengths with 150 founders. @param mechanisms switches beside those of the scene */
export const smallMeadow = (mechanisms: Readonly<Record<string, object>> = {}) => ({
  ...meadow,
  habitat: { ...meadow.habitat, width: 192, height: 192 },
  populations: { foragers: { ...foragers, founders: 150, mechanisms: { ...foragers.mechanisms, ...mechanisms } } },
});

/** The end of an address that opens a scene, seed 7, at a tick. */
export const linkTo = (scene: object, tick: number): string =>
  `#run=${packLink(encodeShare({ scene, seed: '7', changes: [], tick }))}`;
