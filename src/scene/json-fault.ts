/** The first fault that keeps a text from being strict JSON, and its place. */
export interface JsonFault {
  readonly kind: 'cut off' | 'broken' | 'deep' | 'twice' | 'foreign key';
  /** Place of the first character that is wrong. */
  readonly at: number;
  /** The key that is listed twice or not allowed. */
  readonly key?: string;
}

const space = /[ \t\n\r]*/y;
const text = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Looks for a fault in a JSON text: JSON's own grammar, keys that an object lists twice (a reader keeps one of them, and which is
 * up to the reader), the key `__proto__`, and brackets nested beyond `deepest`. Engines describe and locate faults differently, and do not
 * report keys; this is the same everywhere.
 * @returns undefined for a text that `JSON.parse` reads
 */
export function findJsonFault(json: string, deepest: number): JsonFault | undefined {
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(json)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const wrong = (): JsonFault => ({ kind: at < json.length && !isOpenText(json, at) ? 'broken' : 'cut off', at });
  /** Of each open bracket: the keys of an object so far, undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  /** Reads the key and colon before the next value, where that is in an object. */
  const takeKey = (): JsonFault | undefined => {
    const keys = open.at(-1);
    if (keys === undefined) return undefined;
    take(space);
    const start = at;
    const found = take(text);
    if (found === '') return wrong();
    const key = found.includes('\\') ? (JSON.parse(found) as string) : found.slice(1, -1);
    if (key === '__proto__') return { kind: 'foreign key', at: start, key };
    if (keys.has(key)) return { kind: 'twice', at: start, key };
    keys.add(key);
    take(space);
    if (json[at] !== ':') return wrong();
    at++;
    return undefined;
  };
  for (;;) {
    take(space);
    const bracket = json[at];
    if (bracket === '{' || bracket === '[') {
      if (open.length === deepest) return { kind: 'deep', at };
      at++;
      open.push(bracket === '{' ? new Set() : undefined);
      take(space);
      if (json[at] !== (bracket === '{' ? '}' : ']')) {
        const fault = takeKey();
        if (fault) return fault;
        continue;
      }
    } else if (take(text) === '' && take(plain) === '') return wrong();
    // A value has ended: close what ends with it, up to the comma before the next one.
    for (;;) {
      take(space);
      if (open.length === 0) return at < json.length ? { kind: 'broken', at } : undefined;
      const closing = open.at(-1) ? '}' : ']';
      if (json[at] === closing) {
        at++;
        open.pop();
        continue;
      }
      if (json[at] !== ',') return wrong();
      at++;
      const fault = takeKey();
      if (fault) return fault;
      break;
    }
  }
}

/** Whether a quoted text begins there and is not closed. */
function isOpenText(json: string, at: number): boolean {
  return json[at] === '"' && /^"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*\\?$/.test(json.slice(at));
}
