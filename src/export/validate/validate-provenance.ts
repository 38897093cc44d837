import { safeParse } from '../../parameter/safe-parse.ts';
import { describeIssue } from '../../scene/describe-issue.ts';
import { describeJsonProblem } from '../../scene/read-json.ts';
import { type Provenance, provenanceSchema } from '../provenance.ts';
import { FormatError } from './format-error.ts';

/** Longest provenance that is read, in characters; enough for a scene and its changes. */
const longest = 4_000_000;

/**
 * Checks `provenance.json` and returns it. The scene in it is checked where it is used.
 * @throws {FormatError} that names the first wrong place or key
 */
export function validateProvenance(name: string, chunks: Iterable<Uint8Array>): Provenance {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for (const chunk of chunks) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > longest) break;
    }
    text += decoder.decode();
  } catch {
    if (text.length <= longest) throw new FormatError(name, 'is not UTF-8; use another copy');
  }
  const problem = describeJsonProblem(text, 'provenance', longest);
  if (problem !== undefined) throw new FormatError(name, problem);
  const parsed = safeParse(provenanceSchema, JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new FormatError(name, describeIssue(parsed.error.issues[0], provenanceSchema)[0]);
}
