import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import type { Scene } from '../scene/schema.ts';
import { type Files, orUserError, readAll } from './files.ts';
import type { Io } from './io.ts';
import { UserError } from './user-error.ts';

const texts = import.meta.glob<string>('../../scenes/*.json', { eager: true, import: 'default', query: '?raw' });

/** Texts of the built-in scenes, by name. */
export const builtInScenes: ReadonlyMap<string, string> = new Map(
  Object.entries(texts).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), text]),
);

/** Largest scene file that is read; the scene's own limits are tighter. */
const mostBytes = 16_000_000;

/**
 * A scene by the name of a built-in one, or from a file.
 * @throws {UserError
 * SceneError} one line with the problem and what to do
 */
export function loadScene({ files, catalogue }: Pick<Io, 'files' | 'catalogue'>, nameOrPath: string): Scene {
  const builtIn = builtInScenes.get(nameOrPath);
  if (builtIn !== undefined) return catalogue.readSceneText(builtIn, `scenes/${nameOrPath}.json`);
  if (/^[\w-]+$/.test(nameOrPath) && !files.existsSync(nameOrPath)) {
    throw new UserError(`there is no scene '${showText(nameOrPath)}'; ${suggest(nameOrPath, [...builtInScenes.keys()])}`);
  }
  const text = readText(files, nameOrPath, 'give the name of a scene (see: upslope scenes) or of a file');
  return catalogue.readSceneText(text, nameOrPath);
}

/** Text of a file that a person named. */
export function readText(files: Files, path: string, advice: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readBytes(files, path, advice));
}

/** Bytes of a text file that a person named. */
export function readBytes(files: Files, path: string, advice: string): Uint8Array {
  const shown = showText(path, 200);
  return orUserError(`cannot read ${shown}`, advice, () => {
    const bytes = readAll(files, path, mostBytes);
    if (bytes.length > mostBytes) throw new UserError(`${shown} has more than ${mostBytes} bytes; ${advice}`);
    // The default of some Windows editors and shells.
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      throw new UserError(`${shown} is text in UTF-16; save it as UTF-8`);
    }
    return bytes;
  });
}
