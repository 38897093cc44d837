// How GitHub names the headings of a page in links. The site of the documents and the test of links use the same rule.

/** Name of a heading in a link: lower case, letters, digits, `_` and `-` alone, a hyphen for each blank. */
export const headingSlug = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
