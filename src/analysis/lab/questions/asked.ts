import { landscapeForms, makeLandscape } from '../../../habitat/landscape/forms.ts';
import { isSampled } from '../../../habitat/landscape/landscape.ts';
import { readSchema } from '../../../scene/schema-node.ts';
import type { LabQuestion } from './question.ts';

/** Loci if neither the question nor the landscape sets them. */
export const usualLoci = 10;

/** Names of the numeric parameters of a landscape. */
export function formVariables(form: string): readonly string[] {
  const found = landscapeForms().find(({ id }) => id === form);
  if (!found) return [];
  return Object.entries(found.parameters.shape)
    .filter(([, schema]) => typeof readSchema(schema as Parameters<typeof readSchema>[0]).fallback === 'number')
    .map(([name]) => name);
}

/** Loci that a landscape asks for, or the fewest it can have if it cannot have the usual number. */
export function ownDimensions(form: string, parameters: Readonly<Record<string, unknown>>, usual: number): number {
  const found = landscapeForms().find(({ id }) => id === form);
  const parsed = found?.parameters.safeParse(parameters);
  if (!found || !parsed?.success) return usual;
  const asked = found.dimensionsOf?.(parsed.data);
  if (asked !== undefined) return asked;
  return found.range && found.range[1] < usual ? found.range[0] : usual;
}

/** Ids of the landscapes to which a question applies; none for a question without one. */
export function formsOf({ landscapes }: LabQuestion): readonly string[] {
  if (landscapes === 'none') return [];
  const all = landscapeForms().map(({ id }) => id);
  if (landscapes === 'any') return all;
  if (landscapes === 'data')
    return all.filter((id) => isSampled(makeLandscape(id, ownDimensions(id, {}, usualLoci), {}, 'check')));
  return landscapes;
}

/** Values of all parameters of a question: the given ones and defaults. */
export function valuesOf(
  question: LabQuestion,
  form: string,
  parameters: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    question.parameters.map(({ name, fallback }) => [
      name,
      given[name] ?? fallback ?? ownDimensions(form, parameters, usualLoci),
    ]),
  );
}
