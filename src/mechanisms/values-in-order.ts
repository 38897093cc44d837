/**
 * The values of a record: those that are named first, in that order, then the others in the order of their names. With the names of
 * a module (`import * as all`) a new export needs no second line.
 */
export function valuesInOrder<R extends Readonly<Record<string, unknown>>>(
  record: R,
  first: readonly (keyof R & string)[],
): R[keyof R][] {
  const others = Object.keys(record)
    .filter((name) => !first.includes(name))
    .sort();
  return [...first, ...others].map((name) => record[name] as R[keyof R]);
}
