import { join, resolve } from 'node:path';
import { branchName } from '../../experiment/left-files.ts';
import type { ServedIndex } from '../../experiment/served-index.ts';
import { showText } from '../../parameter/show.ts';
import { readCheckpoint } from '../checkpoint.ts';
import { orUserError, readAll } from '../files.ts';
import type { Io } from '../io.ts';
import { readRecordedRun } from '../replay.ts';
import { checkpointName, inspectDirectory, provenanceName } from '../run-directory.ts';
import { UserError } from '../user-error.ts';

const advice = 'give the --out folder of upslope run';

/** A folder of a run, read again at each request: the run may continue in the meantime. */
export class ServedRun {
  private readonly io: Io;
  private readonly folder: string;
  private readonly name: string;

  /**
   * @param folder of a finished or unfinished run
   * @throws {UserError} one line where it is not one, or cannot be read
   */
  constructor(io: Io, folder: string) {
    this.io = io;
    this.folder = resolve(folder);
    this.name = showText(folder, 200);
    this.index();
  }

  /** @throws {UserError} one line where the run can no longer be opened */
  index(): ServedIndex {
    const { io, folder, name } = this;
    const contents = inspectDirectory(io.files, folder, advice);
    if (contents === 'unfinished run') {
      readCheckpoint(io.files, join(folder, checkpointName), 'look');
      return { name, from: 'checkpoint' };
    }
    if (contents !== 'finished run') {
      throw new UserError(`${name} is not the folder of a run: it has no ${provenanceName} and no ${checkpointName}; ${advice}`);
    }
    readRecordedRun(io, join(folder, provenanceName));
    return { name, from: this.names().includes(branchName) ? 'branch' : 'provenance' };
  }

  /**
   * The kept state, as a snapshot.
   * @throws {UserError} where none is kept, or it cannot be read
   */
  state(): Uint8Array {
    const { io, folder } = this;
    if (this.index().from === 'checkpoint') return readCheckpoint(io.files, join(folder, checkpointName), 'look').snapshot;
    const path = join(folder, branchName);
    return orUserError(`cannot read ${showText(path, 200)}`, advice, () => readAll(io.files, path));
  }

  /** Path of a file in the folder itself, by its name; undefined where it is missing, or a link. */
  file(name: string): string | undefined {
    if (!this.names().includes(name)) return undefined;
    const path = join(this.folder, name);
    return this.io.files.lstatSync(path).isFile() ? path : undefined;
  }

  private names(): readonly string[] {
    return this.io.files.readdirSync(this.folder);
  }
}
