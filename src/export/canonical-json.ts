/**
 * JSON with the keys of objects in order and without spaces: equal values give equal texts. For values that JSON can hold. A
 * key without a value counts as left out, and -0 differs from 0, because the two may give different runs.
 */
export function canonicalJson(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`).join()}}`;
}
