import type { AssayFork, AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import type { AssaySummary } from '../../analysis/assay/summarise-assay.ts';

/** What a thread of an assay is asked: one fork, or what all of them say together. */
export type AssayRequest =
  | { readonly kind: 'fork'; readonly index: number; readonly snapshot: ArrayBuffer; readonly fork: AssayFork }
  | {
      readonly kind: 'summary';
      readonly forks: readonly AssayForkResult[];
      readonly genomes: Float64Array;
      readonly clades: Float64Array;
      readonly seed: string;
    };

export type AssayReply =
  | { readonly kind: 'fork'; readonly index: number; readonly result: AssayForkResult }
  | { readonly kind: 'summary'; readonly summary: AssaySummary }
  | { readonly kind: 'failed'; readonly message: string };

/** A world as it is, ready to be assayed. */
export interface AssayStart {
  readonly snapshot: ArrayBuffer;
  readonly tick: number;
  readonly seed: string;
  /** Name and title of the population. */
  readonly population: string;
  readonly title: string;
  /** Clades of the living and their assayed genomes, in the order of ids; the tick since which clades count. */
  readonly clades: Float64Array;
  readonly genomes: Float64Array;
  readonly since: number;
  /** Names of the assayed loci. */
  readonly loci: readonly string[];
}

/** A thread that answers one request after the other. */
export interface AssayThread {
  ask(request: AssayRequest): Promise<AssayReply>;
  end(): void;
}

/** Starts a worker for an assay. */
export function startAssayThread(): AssayThread {
  const worker = new Worker(new URL('./assay-worker.ts', import.meta.url), { type: 'module', name: 'assay' });
  return {
    ask: (request) =>
      new Promise((settle) => {
        worker.onmessage = ({ data }: MessageEvent<AssayReply>) => settle(data);
        worker.onerror = (event) => settle({ kind: 'failed', message: event.message || 'its program could not be loaded' });
        worker.postMessage(request);
      }),
    end: () => worker.terminate(),
  };
}
