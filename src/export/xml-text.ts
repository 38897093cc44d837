// Text as XML 1.0 can hold it.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/**
 * Escapes a text for content and attributes of XML 1.0 (section 2.2 of the standard). Characters that no XML file may hold (control
 * characters, lone surrogates, U+FFFE and U+FFFF) become U+FFFD. Tabs and line ends become references, because readers otherwise turn
 * them into spaces in attributes.
 */
export function xmlText(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code === 9 || code === 10 || code === 13) out += `&#${code};`;
    else if (isXmlCharacter(code)) out += entities[character] ?? character;
    else out += '\ufffd';
  }
  return out;
}

/** True for a code point that XML 1.0 allows. */
export function isXmlCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}
