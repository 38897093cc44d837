/** A value in words: switches are on or off, words and numbers are unchanged. */
export const describeValue = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : typeof value === 'string' ? value : JSON.stringify(value);

/** Short name of a combination, by the values of the varied parameters. */
export const describeCell = (values: readonly unknown[]): string =>
  values.length === 0 ? 'all runs' : values.map(describeValue).join(', ');
