/** Floats of one organism in a frame, in this order. The texture from which the view draws consists of these very bytes. */
export const frameColumns = [
  'x',
  'y',
  'headingX',
  'headingY',
  'size',
  'colour',
  'lit',
  'population',
  // What the body looks like, as shares: src/worker/body-forms.ts.
  'speed',
  'diet',
  'display',
  'marker',
  'reserve',
  'thrust',
  'turn',
  'jaw',
  'age',
  'meal',
  'signal',
  'speckles',
  'drivers',
  'learned',
  'hurt',
  'eyes',
] as const;
/** Name of a float of an organism in a frame. */
export type FrameColumn = (typeof frameColumns)[number];
/** Floats of one organism in a frame. */
export const frameStride = frameColumns.length;
/** Bytes of one organism in a frame: its floats, and its id as a float64 behind all floats. */
export const frameBytes = frameStride * 4 + 8;
/** Room in a frame is a multiple of this many organisms: a row of the view's texture. */
export const frameRow = 512;
