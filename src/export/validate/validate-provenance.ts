import { type Provenance, provenanceSchema } from '../provenance.ts';
import { FormatError } from './format-error.ts';

/**
 * Checks `provenance.json` and returns it. The scene in it is checked where it is used.
 * @throws {FormatError} that names the first key that is wrong
 */
export function validateProvenance(name: string, chunks: Iterable<Uint8Array>): Provenance {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let json: unknown;
  try {
    for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
    json = JSON.parse(text + decoder.decode());
  } catch (error) {
    throw new FormatError(name, `is no JSON (${(error as Error).message})`);
  }
  const parsed = provenanceSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw new FormatError(path.length > 0 ? `${name}, ${path.join('.')}` : name, message);
}
