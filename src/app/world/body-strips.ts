import { type BodyForm, formsIn } from '../../worker/body-forms.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import { type FrameColumn, frameColumns, frameStride } from '../../worker/frame-layout.ts';

/** Bodies of a legend: those of the populations, or one of a trait from low to high. */
export interface BodyStripText {
  readonly label: string;
  readonly title: string;
  readonly count: number;
  readonly floats: Float32Array;
}

/** Shares of a form that are drawn. */
const shares = [0, 0.5, 1];
/** What bodies are like where nothing else is said: plain and well fed. */
const plain: Partial<Record<FrameColumn, number>> = {
  size: 1,
  colour: 0.6,
  lit: 1,
  speed: 0.4,
  diet: 0.4,
  marker: 0.5,
  reserve: 1,
  age: 0.4,
  eyes: 0.7,
};

/** Bodies as floats of a frame: plain and well fed but for what is given. */
export const stripOf = (bodies: readonly Partial<Record<FrameColumn, number>>[]): Float32Array => {
  const floats = new Float32Array(bodies.length * frameStride);
  bodies.forEach((body, i) => {
    const all = { ...plain, ...body };
    frameColumns.forEach((column, at) => {
      floats[i * frameStride + at] = all[column] ?? 0;
    });
  });
  return floats;
};

/** One body of each population, where there are several. */
export function populationStrips({ populations }: WorldText): readonly BodyStripText[] {
  if (populations.length < 2) return [];
  return populations.map(({ title, bites }, population) => ({
    label: title.toLowerCase(),
    title,
    count: 1,
    floats: stripOf([{ population, jaw: bites ? 1 : 0 }]),
  }));
}

/**
 * The forms that show traits of a world, each from low to high: those first that its scene gives a trait, and that of the colour.
 * @param palette what colour shows: it changes with the form if it is of the same trait
 */
export function formStrips({ populations, view }: WorldText, palette: string): readonly BodyStripText[] {
  const traits = populations[0]?.traits ?? [];
  const isOwn = ({ part, trait }: BodyForm) => view.bodies?.[part] !== undefined || palette === `trait:${trait}`;
  const forms = formsIn(view, () => traits);
  return [...forms.filter(isOwn), ...forms.filter((form) => !isOwn(form))].flatMap(({ column, trait, form }) => {
    const title = traits.find(({ id }) => id === trait)?.title;
    if (title === undefined) return [];
    const floats = stripOf(
      shares.map((share) => ({ [column]: share, ...(palette === `trait:${trait}` ? { colour: share } : {}) })),
    );
    return [{ label: title.toLowerCase(), title: `${title}, from low to high: ${form}`, count: shares.length, floats }];
  });
}
