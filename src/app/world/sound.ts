/** Plays births and deaths as quiet ticks, by Web Audio alone. Loaded when sound is first switched on. */
import type { WorldView } from '../../view/world-view.ts';
import { chooseVoices, type Listener, Thinning, type Voice } from './choose-voices.ts';

/** How each tone sounds. Lowpass as multiples of the pitch, from its beginning to its end: a pluck opens bright, a muted tick never does. */
const timbres = {
  high: { seconds: 0.22, attack: 0.003, peak: 0.06, bright: [5, 1.5] },
  low: { seconds: 0.26, attack: 0.008, peak: 0.12, bright: [2, 0.8] },
} as const;
/** What the output cannot exceed, as a share of full scale. */
const ceiling = 0.45;
/** Seconds between the choice of a voice and its beginning: a frame's delay must not reach into the past. */
const ahead = 0.03;
/** Longest time over which the events of one frame are spread, seconds. */
const longest = 0.25;
/** Milliseconds without an event after which the context is suspended. */
const silenceMilliseconds = 2000;
/** Fade of what still sounds when the sound is switched off: its time constant in seconds, and when nothing is left of it, milliseconds. */
const fade = 0.01;
const fadeMilliseconds = 80;

/** A limiter before an output: linear where it is quiet, and never above 0.45 of full scale. */
export function limit(context: BaseAudioContext, output: AudioNode): AudioNode {
  const limiter = context.createWaveShaper();
  limiter.curve = Float32Array.from({ length: 1025 }, (_, i) => ceiling * Math.tanh((i / 512 - 1) / ceiling));
  limiter.connect(output);
  return limiter;
}

/** Lets a voice sound. @param from seconds of the context's clock */
export function ring(context: BaseAudioContext, output: AudioNode, { tone, hertz, pan, level }: Voice, from: number): void {
  const { seconds, attack, peak, bright } = timbres[tone];
  const until = from + seconds;
  const source = context.createOscillator();
  source.type = 'triangle';
  source.frequency.value = hertz;
  const filter = context.createBiquadFilter();
  filter.type = 'lowpass';
  filter.frequency.setValueAtTime(bright[0] * hertz, from);
  filter.frequency.exponentialRampToValueAtTime(bright[1] * hertz, until);
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(peak * level, from + attack);
  gain.gain.exponentialRampToValueAtTime(1e-4 * level, until);
  const panner = context.createStereoPanner();
  panner.pan.value = pan;
  source.connect(filter).connect(gain).connect(panner).connect(output);
  source.start(from);
  source.stop(until);
}

/** Plays what happens in a world. While nothing does, its context is suspended and costs nothing. */
export class SoundPlayer {
  private readonly thinning = new Thinning();
  private readonly volume: GainNode;
  private readonly limiter: AudioNode;
  private heardAt = Number.NEGATIVE_INFINITY;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly context: AudioContext) {
    this.volume = context.createGain();
    this.volume.connect(context.destination);
    this.limiter = limit(context, this.volume);
    this.restIn(silenceMilliseconds);
  }

  /**
   * Plays events (`LifeEvents.take`), as far as they are not left out, spread over the time since the last ones.
   * @param view that shows the world as it was before them
   * @param now milliseconds
   */
  hear(events: Float64Array, view: Pick<WorldView, 'camera' | 'shown'>, now: number): void {
    const { context } = this;
    const seconds = Math.min(longest, (now - this.heardAt) / 1000);
    this.heardAt = now;
    this.restIn(silenceMilliseconds);
    const voices = chooseVoices(events, seconds, this.thinning, listenerIn(view));
    // What is planned while the clock rests would sound all at once.
    if (context.state !== 'running') {
      context.resume().catch(() => {});
      return;
    }
    this.volume.gain.cancelScheduledValues(0);
    this.volume.gain.setTargetAtTime(1, context.currentTime, fade);
    for (const voice of voices) ring(context, this.limiter, voice, context.currentTime + ahead + voice.at * seconds);
  }

  /** Fades out what still sounds, then suspends the context. */
  rest(): void {
    this.volume.gain.cancelScheduledValues(0);
    this.volume.gain.setTargetAtTime(0, this.context.currentTime, fade);
    this.restIn(fadeMilliseconds);
  }

  private restIn(milliseconds: number): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.context.suspend(), milliseconds);
  }
}

function listenerIn(view: Pick<WorldView, 'camera' | 'shown'>): Listener {
  const { camera } = view;
  return {
    colourOf: (id) => view.shown.look(id)?.colour,
    placeOf(x, y) {
      const place = camera.toScreen(x, y);
      return { across: (2 * place.x) / camera.width - 1, down: (2 * place.y) / camera.height - 1 };
    },
  };
}
