/** Reads what this browser remembers of the page; `otherwise` if there is nothing, or storage is closed to it. */
export function recall<T>(key: string, otherwise: T, isValid: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`upslope.${key}`) ?? 'null');
    return isValid(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** Stores a small value in this browser, if it is allowed. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`upslope.${key}`, JSON.stringify(value));
  } catch {
    // Private windows and full disks refuse: the page works without storage.
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** A check that a value is one of those listed. */
export function oneOf<T extends string>(...values: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => values.includes(value as T);
}
