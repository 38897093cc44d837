// What of all that can be drawn is in the world now: for the legend.
import { type BodyForm, bodyStates, formsIn } from '../../worker/body-forms.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import { type FrameColumn, frameColumns, frameStride } from '../../worker/frame-layout.ts';
import { type GroundPart, groundParts } from '../../worker/ground-parts.ts';

/** Something drawn: what it shows, and how. */
export interface DrawnThing {
  readonly title: string;
  readonly drawn: string;
}

/** Forms of bodies that show traits of a world, and states that some organism is in. */
export function drawnBodies({ populations, view }: WorldText, floats: Float32Array, count: number): readonly DrawnThing[] {
  const traits = populations[0]?.traits ?? [];
  const some = (column: FrameColumn) => {
    for (let i = frameColumns.indexOf(column); i < count * frameStride; i += frameStride) if (floats[i] !== 0) return true;
    return false;
  };
  const titled = ({ trait, form }: BodyForm): readonly DrawnThing[] => {
    const title = traits.find(({ id }) => id === trait)?.title;
    return title === undefined ? [] : [{ title, drawn: `more of it: ${form}` }];
  };
  const size = traits.find(({ id }) => id === 'body.size');
  return [
    ...(size ? [{ title: size.title, drawn: 'area of the body' }] : []),
    ...formsIn(view, () => traits).flatMap(titled),
    // Meals are among the events, which can be chosen.
    ...bodyStates.filter(({ column }) => column !== 'meal' && some(column)).map(({ title, form }) => ({ title, drawn: form })),
  ];
}

/**
 * Parts of the ground of which there is some.
 * @param bytes as in a frame of the ground
 * @param edge of the world: where that is water, barriers are water too
 */
export function drawnGround(
  bytes: Uint8Array,
  edge: WorldText['edge'],
): readonly (DrawnThing & { readonly colour: GroundPart | 'water' })[] {
  const cells = bytes.length / 6;
  const has = (part: number) => {
    for (let cell = 0; cell < cells; cell++) {
      // A cue is from -1 to 1, and drawn above 0.
      const value = part === 4 ? bytes[cells * 4 + cell] : bytes[cell * 4 + (part === 5 ? 1 : part)];
      const isSecond = bytes[cells * 5 + cell] > 0;
      if ((part === 1 && isSecond) || (part === 5 && !isSecond)) continue;
      if (value > (part === 3 ? 128 : 0)) return true;
    }
    return false;
  };
  const water = { colour: 'water', title: 'Water', drawn: 'nothing lives in it' } as const;
  return groundParts.filter((_, part) => has(part)).map((part) => (part.colour === 'barrier' && edge === 'water' ? water : part));
}
