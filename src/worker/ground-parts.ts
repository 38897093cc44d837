// What a ground consists of, in the order of the bytes of a cell, and how the view draws it.
/** Parts of the ground: the name of their colour in the view, and how they look. */
export const groundParts = [
  { colour: 'grass', title: 'Grass', drawn: 'tufts and blades; straw in lean seasons, lush in rich ones' },
  { colour: 'fruit', title: 'Fruit', drawn: 'berries that ripen one by one' },
  { colour: 'carrion', title: 'Carrion', drawn: 'dark ground with pale remains' },
  { colour: 'cue', title: 'Cue', drawn: 'a blue tint' },
  { colour: 'barrier', title: 'Barriers', drawn: 'hatched stone' },
  { colour: 'second', title: 'Fruit of the second kind', drawn: 'violet berries' },
] as const;
export type GroundPart = (typeof groundParts)[number]['colour'];
