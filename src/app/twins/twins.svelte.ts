import type { WorldView } from '../../view/world-view.ts';
import type { Connection, SimulationWorker } from '../../worker/connect.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { Figures } from '../../worker/figures.ts';
import type { Highlight } from '../../worker/highlighter.ts';
import type { WorldScope } from '../session/world-scope.svelte.ts';
import { whole } from '../ui/words.ts';
import { Replicates } from './replicates.svelte.ts';
import { TwinChanges } from './twin-changes.svelte.ts';
import { TwinFrames } from './twin-frames.ts';
import { type MeasureDifference, subtractSeries, twinMeasures } from './twin-measures.ts';
import { TwinPicks } from './twin-picks.ts';

/** Milliseconds between two readings of the measures. */
const readEvery = 400;

/**
 * A twin of the world that is shown: it began in the same state, makes the same draws, and differs in what a person changes in one of them. It lives in a
 * worker of its own, which stays in step with the world's.
 */
export class Twins {
  figures = $state.raw<Figures>();
  differences = $state.raw<readonly MeasureDifference[]>([]);
  view = $state.raw<WorldView>();
  ended = $state(false);
  readonly gone: Promise<undefined>;
  readonly changes = new TwinChanges(this);
  /** Replicates of the pair, made in the background. */
  readonly replicates: Replicates;
  readonly frames = new TwinFrames(this);
  readonly picks = new TwinPicks(this);
  /** Ends the derived values. */
  endEffects: () => void = () => {};
  private leave: (nothing: undefined) => void = () => {};
  private readonly timer: ReturnType<typeof setInterval>;
  private reading = false;

  constructor(
    readonly world: WorldScope,
    private readonly connection: Connection,
    /** The twin's own description. */
    readonly text: WorldText,
    /** Tick at which the twin was made. */
    readonly since: number,
  ) {
    this.gone = new Promise((resolve) => {
      this.leave = resolve;
    });
    this.timer = setInterval(() => void this.read(), readEvery);
    this.replicates = new Replicates(this);
  }

  get worker(): SimulationWorker {
    return this.connection.worker;
  }

  /** The title of the world with what differs on either side. @param isBeside whether the twin is on the right, otherwise below */
  titled(isBeside: boolean): string {
    const [first, second] = isBeside ? ['left', 'right'] : ['above', 'below'];
    const { here, there } = this.changes.difference;
    const sides = [here && `${first}: ${here}`, there && `${second}: ${there}`].filter((side) => side !== '');
    return [this.text.title, ...sides].join(', ');
  }

  /** Measures of which the difference is shown. */
  get measures() {
    return twinMeasures(this.text);
  }

  /** Brings the twin as it is at a tick, which its world has reached, into its view. */
  async fetch(tick: number): Promise<void> {
    const { worker, view, world } = this;
    if (!view || this.ended) return;
    const { palette } = world.page.looks;
    const ask = async () => {
      const frame = await worker.twins.frameAt(tick, { buffer: new ArrayBuffer(0), palette, shown: '' });
      return { frame, ground: await worker.view.ground(new ArrayBuffer(0)) };
    };
    const shown = await Promise.race([ask(), this.gone]);
    if (!shown || this.ended) return;
    view.showFrame(shown.frame);
    view.showGround(shown.ground);
  }

  /** The changes of the two are others now. */
  changed(): void {
    this.replicates.begin();
    void this.read();
  }

  /** Reads the measures of both, and their differences. */
  async read(): Promise<void> {
    if (this.reading || this.ended || document.hidden) return;
    this.reading = true;
    const { measures, world, worker } = this;
    const columns = measures.map(({ column }) => column);
    const both = Promise.all([world.worker.twins.series(columns), worker.twins.series(columns)]);
    const read = await Promise.race([both, this.gone]).catch(() => undefined);
    this.reading = false;
    if (read && !this.ended) this.differences = subtractSeries(measures, ...read, this.changes.sign);
  }

  showFigures(figures: Figures): void {
    const before = this.figures;
    if (before && before.tick === figures.tick && before.status === figures.status && figures.trouble === '') return;
    this.figures = figures;
    if (figures.trouble) {
      this.world.page.notices.say({ text: `Twin: ${figures.trouble} This world continues alone.`, kind: 'trouble' });
      this.end();
      return;
    }
    if (figures.status === 'extinct' && before && before.status !== 'extinct')
      this.world.page.notices.say({
        text: `The twin is extinct at tick ${whole(figures.tick)}. This world continues.`,
        kind: 'plain',
      });
  }

  highlightOf(highlight: Highlight | undefined): Highlight | undefined {
    return this.picks.highlightOf(highlight);
  }

  /** Id in the twin of an organism of the world; undefined if it does not live there. */
  twinOf(population: string, id: number): Promise<number | undefined> {
    return this.picks.twinOf(population, id);
  }

  /** Closes the twin; the world continues. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.timer);
    this.leave(undefined);
    this.replicates.end();
    this.connection.close();
    const { world } = this;
    if (world.twins === this) world.twins = undefined;
    void world.worker.twins.untie().catch(() => {});
    this.endEffects();
    void world.refresh();
  }

  /** The twin's worker has ended. */
  stopped(text: string): void {
    this.world.page.notices.say({ text: `The twin has stopped: ${text}. This world continues.`, kind: 'trouble' });
    this.end();
  }
}
