import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

/** A text that no link is. Its own class, so that this module shares nothing with the engine and can be loaded apart. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/** Longest packed text that is read, in characters. */
const longestPacked = 300_000;

/** A text as deflated bytes in the alphabet of base64url, which an address carries unchanged. */
export function packLink(text: string): string {
  const bytes = deflateSync(strToU8(text), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Reads what `packLink` wrote.
 * @param longest bytes that the text may have
 * @throws {LinkError} if it is empty, cut off, changed, or longer than a link can be.
 */
export function unpackLink(packed: string, longest: number): string {
  if (packed.length > longestPacked) throw new LinkError(`link: has ${packed.length} characters; open a file instead`);
  const broken = 'link: is cut off or changed; copy the whole address again';
  if (!/^[A-Za-z0-9_-]+$/.test(packed)) throw new LinkError(broken);
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return strFromU8(inflate(bytes, longest));
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError(broken);
  }
}

/** Inflates piece by piece and stops beyond a limit of bytes: a few bytes may expand to gigabytes. @throws {LinkError} beyond it */
function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    length += chunk.length;
    if (length > limit) throw new LinkError(`link: unpacks to more than ${limit} bytes; open a file instead`);
    chunks.push(chunk);
    ended ||= final;
  });
  const step = 1024;
  for (let from = 0; from < bytes.length; from += step) {
    stream.push(bytes.subarray(from, from + step), from + step >= bytes.length);
  }
  if (!ended) throw new Error('cut off');
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
