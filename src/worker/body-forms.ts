// Which traits and states the drawn body of an organism shows, and by which form.
import type { SceneView } from '../scene/view.ts';
import type { BodyPart } from '../scene/view-words.ts';
import type { FrameColumn } from './frame-layout.ts';
import type { TraitText } from './trait-range.ts';

/** A trait that the drawn body shows. */
export interface BodyForm {
  /** Name in scenes, which may give the form another trait. */
  readonly part: BodyPart;
  /** Column of the frame, and name in the shader. */
  readonly column: FrameColumn;
  readonly trait: string;
  /** What changes of the body where the trait is higher. */
  readonly form: string;
  /** Values drawn as the least and as the most of the form, in units of the trait; the same in all scenes, so that bodies compare. */
  readonly least: number;
  readonly most: number;
}

/** Traits and the forms that show them: the one place that says so. Size is length and girth in proportion, so it has no share. */
export const bodyForms: readonly BodyForm[] = [
  { part: 'build', column: 'speed', trait: 'body.speed', form: 'slender body, long fins and tail', least: 0.1, most: 2.5 },
  { part: 'head', column: 'diet', trait: 'diet.fruit', form: 'narrow head', least: 0, most: 1 },
  { part: 'fan', column: 'display', trait: 'display', form: 'wide fan', least: 0, most: 15 },
  { part: 'bands', column: 'marker', trait: 'marker.1', form: 'dark bands', least: -1, most: 1 },
];

/** States that the drawn body shows besides traits. */
export const bodyStates: readonly { readonly column: FrameColumn; readonly title: string; readonly form: string }[] = [
  { column: 'reserve', title: 'Reserve', form: 'full and bright with a full reserve, thin and dark with an empty one' },
  { column: 'thrust', title: 'Thrust', form: 'beat of the tail' },
  { column: 'turn', title: 'Turn', form: 'bend of the body' },
  { column: 'jaw', title: 'Hunters', form: 'jaws and a red outline; open jaws bite' },
  { column: 'age', title: 'Age', form: 'small and pale in the first twelfth of the life span, grey towards its end' },
  { column: 'meal', title: 'Meals', form: 'a glint at the mouth' },
  { column: 'signal', title: 'Signals', form: 'arcs ahead of the head, the stronger the signal' },
  { column: 'speckles', title: 'Transposons', form: 'dark speckles, the more copies' },
  { column: 'drivers', title: 'Drivers', form: 'red rings on the back, twice as many with two copies as with one' },
  { column: 'learned', title: 'Learning', form: 'a bright head, the more was learned or copied within life' },
  { column: 'hurt', title: 'Wounds', form: 'flushed red by bites in the last tick' },
  {
    column: 'eyes',
    title: 'Senses',
    form: 'eyes, the larger the more inputs the senses have; none if only the organism itself is sensed',
  },
];

/** The value of a trait as a share of its form, from 0 to 1. */
export function formShare(value: number, { least, most }: BodyForm): number {
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}

/**
 * The forms of bodies in a scene that may give some of them traits: these are shown in the range of the colour of that trait, or from the least to
 * the greatest value that the scene allows. The same objects where it gives none.
 * @param traits of the population, with their ranges
 */
export function formsIn({ bodies, colour, range }: SceneView, traits: () => readonly TraitText[]): readonly BodyForm[] {
  if (!bodies) return bodyForms;
  return bodyForms.map((form) => {
    const trait = traits().find(({ id }) => id === bodies[form.part]);
    if (!trait) return form;
    const [least, most] = (colour === `trait:${trait.id}` && range) || [trait.minimum, trait.maximum];
    return { ...form, trait: trait.id, least, most };
  });
}
