import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExtensionName } from '../habitat/vocabulary.ts';
import { showText } from '../parameter/show.ts';
import { extensionProblem } from '../scene/vocabulary-of.ts';
import { type Catalogue, type Extension, standard } from '../simulation/catalogue.ts';
import type { Io } from './io.ts';
import { oneLine } from './one-line.ts';
import { quote } from './quote.ts';
import { UserError } from './user-error.ts';

/** Catalogues of this thread, by the files of their extensions: modules are loaded once, too. */
const loaded = new Map<string, Promise<Catalogue>>();

/**
 * The standard catalogue with extensions.
 * @param files modules whose default exports are extensions, in the order in which they are added
 * @throws {UserError} one line that says which module is not one, and why
 */
export function loadCatalogue(files: readonly string[]): Promise<Catalogue> {
  const paths = files.map((file) => resolve(file));
  const key = JSON.stringify(paths);
  const catalogue = loaded.get(key) ?? extend(paths, files);
  loaded.set(key, catalogue);
  return catalogue;
}

async function extend(paths: readonly string[], names: readonly string[]): Promise<Catalogue> {
  let catalogue = standard;
  for (const [index, path] of paths.entries()) {
    const shown = showText(names[index], 200);
    const extension = await loadModule(path, shown);
    try {
      catalogue = catalogue.with(extension as Extension);
    } catch (error) {
      throw new UserError(`${shown}: ${oneLine((error as Error).message)}`);
    }
  }
  return catalogue;
}

async function loadModule(path: string, shown: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(path).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`cannot load the extension ${shown}: ${oneLine(reason)}; give a module of JavaScript`);
  }
  if (module.default !== undefined) return module.default;
  throw new UserError(`${shown} has no default export; write: export default { name, version, mechanisms, ... }`);
}

/**
 * Refuses what was made with other extensions than the command was given.
 * @param made as snapshots and provenance name them
 * @throws {UserError}
 */
export function checkExtensions({ catalogue }: Pick<Io, 'catalogue'>, path: string, made: readonly ExtensionName[] = []): void {
  const problem = extensionProblem(made, catalogue);
  if (problem !== undefined) throw new UserError(`${showText(path, 200)} ${problem} (--extension)`);
}

/** The extensions of a command as further commands take them. */
export const extensionFlags = ({ extensionFiles }: Pick<Io, 'extensionFiles'>): string =>
  extensionFiles.map((file) => ` --extension ${quote(file)}`).join('');
