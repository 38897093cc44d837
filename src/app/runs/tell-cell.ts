/** A value as people say it: switches are on or off, words and numbers are themselves. */
export const describeValue = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : typeof value === 'string' ? value : JSON.stringify(value);

/** Short name of a combination, by the values of what varies. */
export const describeCell = (values: readonly unknown[]): string =>
  values.length === 0 ? 'all runs' : values.map(describeValue).join(', ');
