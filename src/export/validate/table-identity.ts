import { canonicalJson } from '../canonical-json.ts';
import { ParquetReader } from '../parquet-reader.ts';
import type { Provenance } from '../provenance.ts';
import type { FileSource } from './file-source.ts';
import { FormatError, quoted } from './format-error.ts';

/**
 * Checks that a Parquet table belongs to the run of a provenance, by what its footer states about the run (tables of earlier
 * versions state less), and that the table `runs` has its scene.
 * @param name of the file, for messages
 * @param run name of the run, where it is known
 * @throws {FormatError} for a table of another run, or a damaged one
 */
export async function checkIdentity(name: string, file: FileSource, provenance: Provenance, run?: string): Promise<void> {
  const reader = await ParquetReader.open(name, file);
  const { seed, hash, scene } = provenance;
  const expected: readonly (readonly [key: string, what: string, value: string | undefined])[] = [
    ['upslope.scene', 'scene', String(scene.name)],
    ['upslope.seed', 'seed', seed],
    ['upslope.hash', 'final hash', hash],
    ['upslope.run_id', 'name', run],
  ];
  for (const [key, what, value] of expected) {
    const found = reader.metadata.get(key);
    if (found === undefined || value === undefined || found === value) continue;
    throw new FormatError(name, `belongs to another run: its ${what} is ${quoted(found)}, not ${quoted(value)}`);
  }
  if (!reader.has('scene_json') || reader.groups.length === 0) return;
  const [scenes] = Array.from(await reader.read('scene_json', reader.groups[0]));
  if (scenes !== canonicalJson(scene)) throw new FormatError(name, 'has another scene than provenance.json');
}
