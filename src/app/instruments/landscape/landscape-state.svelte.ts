import type { PlaneChoice } from '../../../worker/landscape/choose-plane.ts';
import type { LandscapeFrame } from '../../../worker/landscape/landscape-show.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { roundDown } from './axis-steps.ts';

/** The page's data on the landscape that is shown: the plane, the mean and the forces on it. */
export class LandscapeState {
  /** The last painting; its buffer belongs to the view. */
  frame = $state.raw<LandscapeFrame>();
  /** Whether three models are shown side by side instead of the world. */
  models = $state(false);
  /** Magnification of the mean step. */
  magnified = $state(1);

  /** The scene that is about three models opens with them. */
  constructor(private readonly world: WorldScope) {
    this.models = world.text?.name === 'three-models';
  }

  /** Chooses the magnification of a step of `pixels` pixels: 1, 2 or 5 times a power of ten, the former one as long as it fits. */
  magnify(pixels: number): void {
    const drawn = pixels * this.magnified;
    if (!(pixels > 0) || (drawn >= 16 && drawn <= 72)) return;
    this.magnified = roundDown(64 / pixels);
  }

  /** Shows another plane, or the same again for the present population. */
  async choose(choice: PlaneChoice): Promise<void> {
    const { page, picked, lineage } = this.world;
    await page.notices.attempt(page.worker.view.choosePlane(choice));
    page.view?.fit();
    // Places of ancestors are those in the plane.
    if (picked) lineage.show(picked.id);
  }
}
