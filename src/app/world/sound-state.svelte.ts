import type { WorldView } from '../../view/world-view.ts';
import { heardKinds, type LifeEventKind } from '../../worker/life-event-kinds.ts';
import type { WorldScope } from '../session/world-scope.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import { messageOf } from '../ui/words.ts';
import type { SoundPlayer } from './sound.ts';

/** Whether births and deaths are heard. Off when the page opens: browsers allow sound only after a press, so nothing is remembered. */
export class SoundState {
  on = $state(false);
  private context: AudioContext | undefined;
  private player: SoundPlayer | undefined;

  constructor(private readonly page: { readonly world: WorldScope; readonly notices: Notices }) {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.player?.rest();
    });
  }

  /** Kinds of life events that are wanted now, whatever is drawn. */
  get kinds(): readonly LifeEventKind[] {
    return this.on ? heardKinds : [];
  }

  /** Switches the sound on or off. On a landscape, where places are genomes, a notice says which worlds have sound. */
  async toggle(): Promise<void> {
    const { world, notices } = this.page;
    if (this.on) {
      this.on = false;
      this.player?.rest();
      return;
    }
    if (world.text?.landscape) {
      notices.say({ text: 'Sound works only in worlds where organisms have places. Open one, such as Meadow.', kind: 'plain' });
      return;
    }
    this.on = true;
    try {
      // At once, within the press that asks for it: some browsers allow it only there.
      if (!this.context) {
        this.context = new AudioContext({ latencyHint: 'playback' });
        this.context.resume().catch(() => {});
      }
      const { SoundPlayer } = await import('./sound.ts');
      this.player ??= new SoundPlayer(this.context);
      if (!this.on) this.player.rest();
    } catch (error) {
      this.on = false;
      void this.context?.suspend();
      notices.say({ text: `Sound is not available in this browser: ${messageOf(error)}`, kind: 'trouble' });
    }
  }

  /** Plays what has happened since the last call. @param view that still shows the world as it was before */
  hear(events: Float64Array | undefined, view: WorldView): void {
    if (this.on && events && !document.hidden) this.player?.hear(events, view, performance.now());
  }
}
