import { transfer } from 'comlink';
import { branchName } from '../../experiment/left-files.ts';
import type { CurrentRun } from '../current-run.ts';
import type { Playback } from '../playback.ts';
import type { RunHistory } from '../run-history.ts';
import { seriesEvery } from '../series.ts';
import type { ExportProgress, FormatText, ZippedRun } from '../zip-run.ts';

const describeBranch = (firstSeed: string, tick: number): string =>
  `draws come from this seed only since tick ${tick}, before that from ${JSON.stringify(firstSeed)}: scene and seed do not reproduce this run; ${branchName} is its state`;

/** The record in formats for other programs. Their writers are loaded when needed. */
export class ExportsTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
    private readonly playback: Playback,
  ) {}

  async formats(): Promise<readonly FormatText[]> {
    const { formatTexts } = await import('../zip-run.ts');
    return formatTexts;
  }

  /** Writes the record in some formats, checked, with provenance, as one archive. Pauses the world. @param folder of all files in it, with a slash at its end, or '' */
  async zip(formats: readonly string[], progress: (progress: ExportProgress) => void, folder = ''): Promise<ZippedRun> {
    const { world, record } = this.current.require();
    const { firstSeed, began } = this.current.origin;
    // A twin waits for its world as it is.
    if (this.playback.tether?.isFirst !== false) this.playback.player.pause();
    const isBranch = world.seed !== firstSeed;
    const options = {
      scene: world.initialScene as unknown as Record<string, unknown>,
      seedGenerated: false,
      record: { every: seriesEvery, genomes: 'none', csv: false } as const,
      environment: {
        page: globalThis.navigator?.userAgent ?? '',
        record: `kept in a page from tick ${began} on: lines of descent without living descendants or fossils are left out`,
        ...(isBranch ? { branch: describeBranch(firstSeed, this.history.line.from) } : {}),
      },
    };
    const extra = new Map(isBranch ? [[branchName, new Uint8Array(world.snapshot())]] : []);
    const { zipRun } = await import('../zip-run.ts');
    const zipped = await zipRun(world, record, formats, options, extra, progress, folder, firstSeed);
    return transfer(zipped, [zipped.bytes]);
  }
}
