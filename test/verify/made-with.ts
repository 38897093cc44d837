import { canonicalJson } from '../../src/export/canonical-json.ts';
import { digestText } from '../../src/export/run-identity.ts';
import { sceneHash } from '../../src/export/scene-hash.ts';
import golden from '../golden/hashes.json';

type SceneJson = Readonly<Record<string, unknown>>;

/** Eight hexadecimal digits of the golden hashes: other ones exactly where the engine, or what pins it, has changed. */
export function engineHash(hashes: Readonly<Record<string, string>>): string {
  return digestText(canonicalJson(hashes)).slice(0, 8);
}

const files = import.meta.glob<SceneJson>('../../scenes/*.json', { eager: true, import: 'default' });

/** The scenes of the project as they were when this was bundled, by name. */
export const sceneFiles: Readonly<Record<string, SceneJson>> = Object.fromEntries(
  Object.entries(files).map(([path, json]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), json]),
);

/** What numbers are made with: the hash of the engine and those of the scenes by name. */
export interface MadeWith {
  readonly engine: string;
  readonly scenes: Readonly<Record<string, string>>;
}

/** What this program makes numbers with. Known when it was bundled, so that a run of hours says what it began with. */
export const present: MadeWith = {
  engine: engineHash(golden),
  scenes: Object.fromEntries(Object.entries(sceneFiles).map(([name, json]) => [name, sceneHash(json)])),
};
