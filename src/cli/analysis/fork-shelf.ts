import { join } from 'node:path';
import type { AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { type Packable, pack, software, unpack } from '../../export/index.ts';
import { digestText } from '../../export/run-identity.ts';
import { orUserError } from '../files.ts';
import type { Io } from '../io.ts';
import { chooseAnother, OwnedFolder } from '../ownership/owned-folder.ts';
import { readSealed, writeSealed } from '../sealed-file.ts';

const magic = 'UPSLOPEF';

/** Identity of forks for a shelf. @param question all that they depend on except their seeds and the version of the software, as JSON */
export const identifyForks = (question: Readonly<Record<string, unknown>>): string =>
  digestText(canonicalJson({ ...question, software: software.version }));

/** The folder of --out of a command whose finished forks are kept there; undefined where it is not given. */
export const takeForkFolder = async (io: Io, out: string | undefined): Promise<OwnedFolder | undefined> =>
  out === undefined ? undefined : await OwnedFolder.take(io, out, chooseAnother, 'free space and give the same command again');

/** Finished forks, one file each, so that a stopped assay can continue. */
export class ForkShelf {
  private readonly folder: OwnedFolder;
  private readonly identity: string;

  /** @param identity of all that forks depend on except their seeds */
  constructor(folder: OwnedFolder, identity: string) {
    this.folder = folder;
    this.identity = identity;
    folder.makeFolderOf(this.nameOf(''));
  }

  find(seed: string): AssayForkResult | undefined {
    const path = join(this.folder.path, this.nameOf(seed));
    const { files } = this.folder.io;
    if (!files.existsSync(path)) return undefined;
    const bytes = orUserError(`cannot read ${path}`, 'remove it and give the same command again', () =>
      readSealed(files, path, magic),
    );
    // A damaged fork, or one of an earlier version, is made again.
    return bytes && (unpack(bytes) as unknown as AssayForkResult);
  }

  keep(seed: string, result: AssayForkResult): void {
    const path = join(this.folder.path, this.nameOf(seed));
    orUserError(`cannot write ${path}`, this.folder.advice, () =>
      writeSealed(this.folder.io.files, path, magic, pack(result as unknown as Packable), () => this.folder.check()),
    );
  }

  private nameOf(seed: string): string {
    return `forks/${this.identity}/${digestText(seed)}.fork`;
  }
}
