import type { LandscapeFrame, PlaneChoice } from '../../worker/protocol.ts';
import type { Station } from '../station.svelte.ts';
import { roundDown } from './axis-steps.ts';

/** What the page knows of the landscape that is shown: the plane, the mean and what moves it. */
export class LandscapeState {
  /** The last painting; its buffer belongs to the view. */
  frame = $state.raw<LandscapeFrame>();
  /** Whether three models are shown side by side in the place of the world. */
  models = $state(false);
  /** How many times as long the mean step is drawn. */
  magnified = $state(1);
  private readonly station: Station;

  constructor(station: Station) {
    this.station = station;
  }

  /** Another world. The scene that is about three models opens with them. */
  clear(scene: string): void {
    this.frame = undefined;
    this.models = scene === 'three-models';
  }

  /** Chooses how many times as long a step of so many pixels is drawn: 1, 2 or 5 times a power of ten, the former one as long as it will do. */
  magnify(pixels: number): void {
    const drawn = pixels * this.magnified;
    if (!(pixels > 0) || (drawn >= 16 && drawn <= 72)) return;
    this.magnified = roundDown(64 / pixels);
  }

  /** Shows another plane, or the same anew as the population is now. */
  async choose(choice: PlaneChoice): Promise<void> {
    const { station } = this;
    await station.ask(station.worker.choosePlane(choice));
    station.view?.fit();
    // Places of ancestors are those in the plane.
    if (station.picked) station.lineage.show(station.picked.id);
  }
}
