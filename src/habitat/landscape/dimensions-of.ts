import { landscapeForms } from './forms.ts';
import type { LandscapeParameters } from './parameters.ts';

/** Loci that fitness reads on the landscape that a scene asks for. */
export function dimensionsOf({ form, forms, dimensions }: LandscapeParameters): number {
  const asked = landscapeForms().find(({ id }) => id === form);
  return asked?.dimensionsOf?.(forms[form]) ?? dimensions;
}
