import { transfer } from 'comlink';
import type { WorldView } from '../../view/world-view.ts';
import type { SimulationWorker } from '../../worker/connect.ts';
import type { Figures } from '../../worker/figures.ts';
import type { FrameRequest } from '../../worker/topics/view.ts';

/** Milliseconds between two pictures of the ground. */
const groundEvery = 120;

/** How the world is drawn, and so its twin. */
export type TwinLooks = Pick<FrameRequest, 'palette' | 'highlight' | 'events'>;

/** What frames need of the twin that they show. */
export interface ShownTwin {
  readonly worker: SimulationWorker;
  readonly view: WorldView | undefined;
  /** Whether it is there no longer. */
  readonly ended: boolean;
  /** Resolves when it is there no longer. */
  readonly gone: Promise<undefined>;
  showFigures(figures: Figures): void;
  highlightOf(highlight: FrameRequest['highlight']): FrameRequest['highlight'];
}

const nothing = () => {};

/** Fetches the frames of a twin that belong to those of its world, in buffers that go back and forth. */
export class TwinFrames {
  private frames = [new ArrayBuffer(0), new ArrayBuffer(0)];
  private grounds = [new ArrayBuffer(0), new ArrayBuffer(0)];
  private shown = '';
  private groundAt = 0;
  private groundOf = '';

  constructor(private readonly twin: ShownTwin) {}

  /** The view is a new one: it has nothing yet. */
  reset(): void {
    this.shown = '';
    this.groundOf = '';
  }

  /** Asks for the twin at a tick of which its world has given a frame. @returns shows it; never fails, so that the world is drawn in any case */
  async ask(tick: number, { palette, highlight, events }: TwinLooks): Promise<() => void> {
    const { twin } = this;
    if (twin.ended) return nothing;
    const buffer = this.frames.pop() ?? new ArrayBuffer(0);
    const request = { buffer, palette, highlight: twin.highlightOf(highlight), events: events ?? [], shown: this.shown };
    const answer = twin.worker.twins.frameAt(tick, transfer(request, [buffer]));
    const frame = await Promise.race([answer, twin.gone]).catch(() => undefined);
    if (!frame || twin.ended) {
      this.frames.push(new ArrayBuffer(0));
      return nothing;
    }
    return () => {
      twin.showFigures(frame.figures);
      const { view } = twin;
      if (!frame.fresh || !view) this.frames.push(frame.buffer);
      else {
        this.frames.push(view.showFrame(frame) ?? new ArrayBuffer(0));
        this.shown = frame.stamp;
      }
      this.askForGround(frame.figures);
    };
  }

  private askForGround({ tick, changes }: Figures): void {
    const { twin } = this;
    const now = performance.now();
    const groundOf = `${tick} ${changes}`;
    if (!twin.view || groundOf === this.groundOf || now - this.groundAt < groundEvery) return;
    const buffer = this.grounds.pop();
    if (!buffer) return;
    this.groundAt = now;
    this.groundOf = groundOf;
    twin.worker.view.ground(transfer(buffer, [buffer])).then(
      (ground) => this.grounds.push(twin.view?.showGround(ground) ?? new ArrayBuffer(0)),
      () => {
        this.grounds.push(new ArrayBuffer(0));
        this.groundOf = '';
      },
    );
  }
}
