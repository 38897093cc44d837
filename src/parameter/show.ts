/** A path into JSON: keys of objects and indices of lists. */
export type JsonPath = readonly (string | number)[];

/** Makes foreign text safe for one line of a message: no control or invisible characters, at most `length` characters. */
export function showText(text: string, length = 60): string {
  const characters = [...text.slice(0, 2 * length + 2)];
  const short = characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
  return short.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

/** A value as JSON, cut to fit a message. */
export function showValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return `'${showText(value, 40)}'`;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return `a ${typeof value}`;
  }
}

/** A path in the usual notation: `habitat.barriers[0].x`. */
export function showPath(path: JsonPath): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[\w$.-]{1,60}$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `['${showText(key)}']`;
  }
  return text;
}
