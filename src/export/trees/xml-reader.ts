// Reads XML as our writers write it, and as strictly as XML 1.0 asks, element by element.
import { isXmlCharacter } from '../xml-text.ts';
import { bytes, TextReader, type TextSource } from './text-reader.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';
const nameBytes = bytes(`${letters}0123456789.:-`);
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const [LESS, GREATER, SLASH, EQUALS, QUOTE, APOSTROPHE, BANG, QUESTION] = [...`<>/="'!?`].map((one) => one.charCodeAt(0));
/** Most bytes of one text: far more than any tree's, and few enough to hold. */
const longestText = 65_536;

/**
 * A reader of elements, in pieces of a file: `next` moves to the beginning or end of an element or to a text. It knows elements,
 * attributes, the five named references, numbered ones, comments and the declaration of UTF-8; document types, CDATA sections,
 * processing instructions and other encodings are refused. Not recursive. Throws TreeTextError.
 */
export class XmlReader {
  /** Name of the element that begins or ends here. */
  name = '';
  /** Of the element that begins here. */
  attributes: ReadonlyMap<string, string> = new Map();
  /** The text here, references replaced; without those between elements that are spaces alone. */
  text = '';
  /** Where the present piece begins. */
  line = 1;
  column = 1;
  readonly #reader: TextReader;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #open: string[] = [];
  readonly #buffer = new Uint8Array(longestText);
  #closesItself = false;
  #hasRoot = false;

  constructor(source: TextSource) {
    this.#reader = new TextReader(source);
    if (this.#reader.code !== LESS) this.#reader.fail(`expected '<?xml', found ${this.#reader.here()}`);
  }

  next(): 'open' | 'close' | 'text' | 'end' {
    const reader = this.#reader;
    if (this.#closesItself) {
      this.#closesItself = false;
      this.name = this.#open.pop() as string;
      return 'close';
    }
    for (;;) {
      [this.line, this.column] = [reader.line, reader.column];
      if (reader.code < 0) {
        if (this.#open.length > 0) this.fail(`<${this.#open.at(-1)}> is not closed`);
        if (!this.#hasRoot) this.fail('the file has no element');
        return 'end';
      }
      if (reader.code !== LESS) {
        const written = this.#readText(LESS);
        if (/^[ \t\r\n]*$/.test(written)) continue;
        if (written.includes(']]>')) this.fail("']]>' must not occur in a text");
        if (this.#open.length === 0) this.fail('a text outside of all elements');
        this.text = this.#withoutReferences(written);
        return 'text';
      }
      reader.advance();
      if (reader.code === BANG) this.#skipComment();
      else if (reader.code === QUESTION) this.#readDeclaration();
      else if (reader.code === SLASH) return this.#close();
      else return this.#begin();
    }
  }

  /** @throws {TreeTextError} at the present piece */
  fail(message: string): never {
    this.#reader.fail(message, this.line, this.column);
  }

  #begin(): 'open' {
    const reader = this.#reader;
    this.name = this.#readName();
    if (this.#open.length === 0 && this.#hasRoot) this.fail('a second element outside of all others');
    this.#hasRoot = true;
    const attributes = new Map<string, string>();
    for (;;) {
      const spaced = this.#skipSpaces();
      if (reader.code === GREATER || reader.code === SLASH) break;
      if (!spaced) reader.fail(`expected a space, found ${reader.here()}`);
      const name = this.#readName();
      if (attributes.has(name)) this.fail(`attribute ${name} of <${this.name}> is given twice`);
      this.#skipSpaces();
      this.#expect(EQUALS);
      this.#skipSpaces();
      const quote = reader.code;
      if (quote !== QUOTE && quote !== APOSTROPHE) reader.fail(`expected a quote, found ${reader.here()}`);
      reader.advance();
      const value = this.#withoutReferences(this.#readText(quote));
      this.#expect(quote);
      attributes.set(name, value);
    }
    this.attributes = attributes;
    if (reader.code === SLASH) {
      reader.advance();
      this.#closesItself = true;
    }
    this.#expect(GREATER);
    this.#open.push(this.name);
    return 'open';
  }

  #close(): 'close' {
    this.#reader.advance();
    this.name = this.#readName();
    this.#skipSpaces();
    this.#expect(GREATER);
    const begun = this.#open.pop();
    if (begun !== this.name) this.fail(begun ? `</${this.name}> where <${begun}> is open` : `</${this.name}> was not opened`);
    return 'close';
  }

  #readName(): string {
    const [line, column] = [this.#reader.line, this.#reader.column];
    const name = this.#reader.take(nameBytes);
    if (!letters.includes(name[0] ?? '?')) {
      this.#reader.fail(name === '' ? `expected a name, found ${this.#reader.here()}` : `'${name}' is not a name`, line, column);
    }
    return name;
  }

  /** True where there was at least one. */
  #skipSpaces(): boolean {
    const [line, column] = [this.#reader.line, this.#reader.column];
    this.#reader.skip(true);
    return this.#reader.line !== line || this.#reader.column !== column;
  }

  #expect(code: number): void {
    const reader = this.#reader;
    if (reader.code !== code) reader.fail(`expected '${String.fromCharCode(code)}', found ${reader.here()}`);
    reader.advance();
  }

  /** Text up to a sign, which is not taken, or to the end of the file. */
  #readText(end: number): string {
    const length = this.#reader.copyUntil(end, this.#buffer);
    const encoded = this.#buffer.subarray(0, length);
    const text = this.#decoded(encoded);
    if (end !== LESS && text.includes('<')) this.fail("'<' must not occur in an attribute");
    return text;
  }

  #decoded(encoded: Uint8Array): string {
    let isPlain = encoded.length < 64;
    for (let i = 0; isPlain && i < encoded.length; i++) isPlain = encoded[i] >= 32 && encoded[i] < 127;
    if (isPlain) return String.fromCharCode.apply(null, encoded as unknown as number[]);
    let text: string;
    try {
      text = this.#decoder.decode(encoded);
    } catch {
      this.fail('bytes that are not UTF-8');
    }
    const wrong = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.exec(text);
    if (wrong) this.fail(`character ${wrong[0].codePointAt(0)} must not occur in XML`);
    return text;
  }

  #withoutReferences(text: string): string {
    if (!text.includes('&')) return text;
    return text.replace(/&([^;&]*)(;?)/g, (reference, name: string, ending: string) => {
      const numbered = /^#(?:(\d+)|x([0-9a-fA-F]+))$/.exec(name);
      const code = numbered ? Number.parseInt(numbered[1] ?? numbered[2], numbered[1] ? 10 : 16) : -1;
      if (ending === ';' && entities[name] !== undefined) return entities[name];
      if (ending === ';' && isXmlCharacter(code)) return String.fromCodePoint(code);
      return this.fail(`${JSON.stringify(reference.slice(0, 20))} is not a reference that XML defines`);
    });
  }

  #skipComment(): void {
    const reader = this.#reader;
    reader.advance();
    for (let dash = 0; dash < 2; dash++) {
      if (reader.code !== 45) this.fail('document types and CDATA sections are not read');
      reader.advance();
    }
    for (let dashes = 0; ; reader.advance()) {
      if (reader.code < 0) this.fail('a comment is not closed');
      if (dashes >= 2) {
        if (reader.code !== GREATER) this.fail("'--' must not occur in a comment");
        reader.advance();
        return;
      }
      dashes = reader.code === 45 ? dashes + 1 : 0;
    }
  }

  #readDeclaration(): void {
    if (this.line !== 1 || this.column !== 1) this.fail('processing instructions are not read');
    const reader = this.#reader;
    let text = '';
    for (; reader.code !== GREATER; reader.advance()) {
      if (reader.code < 0 || text.length > 100) this.fail('the XML declaration is not closed');
      text += String.fromCharCode(reader.code);
    }
    reader.advance();
    if (!/^\?xml version="1\.0"( encoding="UTF-8")?\?$/.test(text)) {
      this.fail('the XML declaration must be <?xml version="1.0" encoding="UTF-8"?>');
    }
  }
}
