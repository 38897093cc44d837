import { namedStream } from '../../math/streams.ts';
import { type ClimbWindow, type CountedCensus, climbOfWindow } from './climb-of-window.ts';

/** A population's climb, window by window: give it each census and the next one, in their order. @experimental */
export class ClimbLog {
  readonly windows: ClimbWindow[];
  /** Standard deviation of each trait at the first census: the unit of all results. Empty before. */
  scale: Float64Array;

  /**
   * @param name of the population
   * @param width traits a row of a census
   * @param seed of the run: determines the halves into which clades fall
   * @param most windows that are kept: the first ones are dropped
   */
  constructor(
    private readonly name: string,
    private readonly width: number,
    private readonly seed: string,
    saved: { readonly windows: readonly ClimbWindow[]; readonly scale: Float64Array } = {
      windows: [],
      scale: new Float64Array(0),
    },
    private readonly most = Number.POSITIVE_INFINITY,
  ) {
    this.windows = [...saved.windows];
    this.scale = saved.scale;
  }

  add(opened: CountedCensus, closed: CountedCensus): void {
    if (opened.count === 0 || closed.count === 0) return;
    if (this.scale.length === 0) this.scale = deviationsOf(opened, this.width);
    const stream = namedStream(this.seed, `climb ${this.name} ${opened.tick}`);
    const earlier = this.windows.at(-1);
    const before = earlier?.to === opened.tick ? earlier.gradient : undefined;
    this.windows.push(climbOfWindow(opened, closed, this.width, this.scale, before, stream));
    if (this.windows.length > this.most) this.windows.shift();
  }
}

/** Standard deviation of each trait; 0 if it is only rounding. */
function deviationsOf({ count, traits }: CountedCensus, width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, t) => {
    let [mean, square, largest] = [0, 0, 0];
    for (let k = 0; k < count; k++) mean += traits[k * width + t] / count;
    for (let k = 0; k < count; k++) {
      const away = traits[k * width + t] - mean;
      square += (away * away) / count;
      largest = Math.max(largest, Math.abs(traits[k * width + t]));
    }
    const deviation = Math.sqrt(square);
    return deviation > 1e-6 * largest ? deviation : 0;
  });
}
