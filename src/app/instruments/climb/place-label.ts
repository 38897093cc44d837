/** Edges of a text in CSS pixels of the drawing. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The first of some places for a text that meets none of the texts that are drawn already, or undefined where each of them does. */
export const placeLabel = (places: readonly Box[], taken: readonly Box[]): Box | undefined =>
  places.find((place) => !taken.some((box) => meet(place, box)));
