import { join } from 'node:path';
import type { AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { type Packable, pack, software, unpack } from '../../export/index.ts';
import { digestText } from '../../export/run-identity.ts';
import { showText } from '../../parameter/show.ts';
import { makeDirectory, orUserError, removeQuietly, syncFolder } from '../files.ts';
import type { Io } from '../io.ts';
import { chooseAnother } from '../ownership/owned-folder.ts';
import { newOwner, type Owner, ownerName } from '../ownership/owner.ts';
import { type ResultFiles, writeResults } from '../result-files.ts';
import { readSealed, sealedChunks } from '../sealed-file.ts';
import { Claims } from '../shares/claims.ts';
import { publish } from '../shares/publish.ts';
import type { ShareFlags } from '../shares/share-flags.ts';
import { defaultLease } from '../shares/share-work.ts';
import { tidyShared } from '../shares/tidy-shared.ts';
import { UserError } from '../user-error.ts';

const magic = 'UPSLOPEF';

/** What to do where a fork cannot be kept. */
export const forksAdvice = 'free space and give the same command again';

/** Identity of forks for a store. @param question all that they depend on except their seeds and the version of the software, as JSON */
export const identifyForks = (question: Readonly<Record<string, unknown>>): string =>
  digestText(canonicalJson({ ...question, software: software.version }));

/** The folder of --out of a command whose finished forks are kept there. Several processes may share it. */
export class ForkFolder {
  readonly io: Io;
  readonly path: string;
  readonly owner: Owner;
  /** Seconds without a heartbeat after which a fork of another process is taken over. */
  readonly lease: number;

  private constructor(io: Io, path: string, lease: number) {
    this.io = io;
    this.path = path;
    this.lease = lease;
    this.owner = newOwner(io);
    this.makeFolder('forks', chooseAnother);
  }

  /** Makes the folder; undefined without --out. @throws {UserError} where it cannot be written in */
  static of(
    io: Io,
    { out, lease = defaultLease }: Pick<ShareFlags, 'lease'> & { readonly out?: string },
  ): ForkFolder | undefined {
    return out === undefined ? undefined : new ForkFolder(io, out, lease);
  }

  /** The store for forks of an identity, as `identifyForks` makes it. */
  store(identity: string): ForkStore {
    return new ForkStore(this, identity);
  }

  /** Makes a folder within this one. A link is refused, because its target is not ours. @returns its path */
  makeFolder(name: string, advice = forksAdvice): string {
    const { files } = this.io;
    const parts = name.split('/');
    for (const [k] of parts.entries()) {
      const place = join(this.path, ...parts.slice(0, k + 1));
      const shown = showText(place, 200);
      orUserError(`cannot make ${shown}`, advice, () => {
        makeDirectory(files, place);
        if (!files.lstatSync(place).isDirectory()) throw new UserError(`${shown} is a link; remove it, or ${chooseAnother}`);
      });
    }
    return join(this.path, name);
  }
}

/** Milliseconds that a process waits for others that write the same results. */
const patience = 60_000;

/** Writes what was computed from forks beside them. @throws {UserError} where that fails */
export const writeForkResults = ({ io, path }: ForkFolder, files: ResultFiles): Promise<void> =>
  writeResults(io, path, files, forksAdvice, patience);

/** Finished forks, one file each, so that a stopped command can continue; and claims on those that are being made. */
export class ForkStore {
  readonly shown: string;
  private readonly folder: ForkFolder;
  private readonly place: string;
  private readonly claimed: string;

  /** Use `ForkFolder.store`. */
  constructor(folder: ForkFolder, identity: string) {
    this.folder = folder;
    this.place = folder.makeFolder(`forks/${identity}`);
    this.claimed = folder.makeFolder(`forks/${identity}/claims`);
    this.shown = showText(this.place, 200);
  }

  /** Seconds without a heartbeat after which a claim is taken over. */
  get lease(): number {
    return this.folder.lease;
  }

  claims(): Claims {
    return new Claims(this.folder.io, this.claimed, this.folder.owner, this.lease);
  }

  /** Id of a fork by its name among those of this identity. */
  idOf(name: string): string {
    return digestText(name);
  }

  has(id: string): boolean {
    return this.folder.io.files.existsSync(this.pathOf(id));
  }

  /** A finished fork; one that is damaged is removed, so that it is made again. */
  find(id: string): AssayForkResult | undefined {
    const path = this.pathOf(id);
    const { files } = this.folder.io;
    if (!files.existsSync(path)) return undefined;
    const bytes = orUserError(`cannot read ${showText(path, 200)}`, 'remove it and give the same command again', () =>
      readSealed(files, path, magic),
    );
    if (bytes) return unpack(bytes) as unknown as AssayForkResult;
    removeQuietly(files, path);
    return undefined;
  }

  /** Keeps a fork, unless another process has kept the same one. */
  keep(id: string, result: AssayForkResult): void {
    const { io, owner } = this.folder;
    orUserError(`cannot write in ${this.shown}`, forksAdvice, () =>
      publish(io.files, this.place, nameOf(id), ownerName(owner), sealedChunks(magic, pack(result as unknown as Packable))),
    );
  }

  /** Waits until the names of forks are on the disk. */
  sync(): void {
    orUserError(`cannot write in ${this.shown}`, forksAdvice, () => syncFolder(this.folder.io.files, this.place));
  }

  /** Removes leftovers of dead processes and of this one, and claims on finished forks. Never throws. */
  tidy(): void {
    const { io, owner } = this.folder;
    tidyShared(io, owner, { results: [this.place], claims: this.claimed, isDone: (id) => this.has(id) });
  }

  private pathOf(id: string): string {
    return join(this.place, nameOf(id));
  }
}

const nameOf = (id: string) => `${id}.fork`;
