import { frameStride } from '../worker/frame-layout.ts';
import type { LifeLayer, Whereabouts } from './life-layer.ts';
import type { Painter, Texels } from './painter.ts';
import type { ShownOrganisms } from './shown-organisms.ts';

/** What has happened to organisms, and the path of the picked one: the layer that draws them is loaded with the first of it. */
export class Life {
  private layer: LifeLayer | undefined;
  private loading = false;

  /** @param scale of colours */
  constructor(
    private readonly scale: Texels,
    private readonly organisms: ShownOrganisms,
  ) {}

  /** Forgets everything, as when another world is shown. */
  clear(): void {
    this.layer?.clear();
  }

  /** Whether something is still to be seen change. */
  active(now: number): boolean {
    return this.layer?.active(now) ?? false;
  }

  draw(painter: Painter, now: number): void {
    this.layer?.draw(painter, now);
  }

  /**
   * Shows what has happened. What happens before the layer is loaded is not shown.
   * @param followed organism whose path is drawn, or -1
   * @param period sides of a world that wraps
   */
  show(events: Float64Array | undefined, followed: number, period: readonly [number, number] | undefined, now: number): void {
    const { layer } = this;
    if (!layer) {
      if (events || followed >= 0) this.load();
      return;
    }
    layer.follow(followed, followed < 0 ? undefined : this.where(followed), period);
    if (events) layer.add(events, this.where, period, now);
  }

  private readonly where: Whereabouts = (id) => {
    const { floats } = this.organisms;
    const i = this.organisms.indexOf(id) * frameStride;
    return i < 0 ? undefined : { x: floats[i], y: floats[i + 1], colour: floats[i + 5] };
  };

  private load(): void {
    if (this.loading) return;
    this.loading = true;
    import('./life-layer.ts').then(
      ({ LifeLayer }) => {
        this.layer = new LifeLayer(this.scale, performance.now());
      },
      // Without a connection the world is drawn all the same.
      () => {},
    );
  }
}
