const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648, padded) of a text in UTF-8. */
export function encodeBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    encoded += digits[word >>> 18] + digits[(word >>> 12) & 63];
    encoded += i + 1 < bytes.length ? digits[(word >>> 6) & 63] : '=';
    encoded += i + 2 < bytes.length ? digits[word & 63] : '=';
  }
  return encoded;
}
