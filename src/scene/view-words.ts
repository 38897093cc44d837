// Names that `view` may use. The page gives them their meaning; scenes are checked without a page, so the names are listed here.

/** Ids of the instruments of the page's dock, in the order of their tabs: each names the folder of its instrument in src/app/instruments. */
export const instrumentIds = [
  'mechanisms',
  'landscape',
  'organism',
  'hands',
  'traits',
  'price',
  'climb',
  'tree',
  'fossils',
  'runs',
  'notebook',
  'scene',
  'export',
] as const;
export type InstrumentId = (typeof instrumentIds)[number];

/** Speeds of the page, the slowest first: multiples of the usual one, and as fast as possible. */
export const speedNames = ['x1', 'x2', 'x4', 'x8', 'x16', 'max'] as const;
export type SpeedName = (typeof speedNames)[number];

/** Forms of bodies that scenes may give another trait than the usual one. */
export const bodyParts = ['build', 'head', 'fan', 'bands'] as const;
export type BodyPart = (typeof bodyParts)[number];

/**
 * What colour shows: descent from a founder, a species, a trait; in the plane a share of a full reserve, of the life span, or the chance to eat;
 * on a landscape log fitness.
 */
export type Palette = 'lineage' | 'species' | 'energy' | 'age' | 'chance:eat' | 'fitness' | `trait:${string}`;

/** The palettes of a world. @param gives what its habitat gives @param traits ids of traits that its populations have */
export const palettesOf = (gives: readonly string[], traits: readonly string[]): Palette[] => [
  'lineage',
  'species',
  ...(gives.includes('gradient') ? (['fitness'] as const) : []),
  ...(gives.includes('energy') ? (['energy', 'age'] as const) : []),
  ...(gives.includes('policy') ? (['chance:eat'] as const) : []),
  ...traits.map((id): Palette => `trait:${id}`),
];
