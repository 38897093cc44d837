/** Chooses which of many life events sound, and how: few of many, evenly, high for births and low for deaths. Knows nothing of audio. */
import { heardAs, lifeEventKinds, lifeEventStride } from '../../worker/life-event-kinds.ts';

/** Voices a second at most, however much happens: more is a noise and no longer single ticks. */
export const voicesPerSecond = 24;
/** Voices that may begin at once after a silence. */
export const voicesAtOnce = 6;

/** One tick to be heard. */
export interface Voice {
  readonly tone: 'high' | 'low';
  /** Pitch, Hz. */
  readonly hertz: number;
  /** From -1, left, to 1, right. */
  readonly pan: number;
  /** Loudness as a share of the usual one. */
  readonly level: number;
  /** When it begins, as a share of the time that the events took. */
  readonly at: number;
}

/** What voices depend on besides their events. */
export interface Listener {
  /** Colour of an organism from 0 to 1; undefined if it is not shown. */
  colourOf(id: number): number | undefined;
  /** Where a place is in the view: from -1, left or upper edge, to 1, right or lower edge, and beyond. */
  placeOf(x: number, y: number): { readonly across: number; readonly down: number };
}

/** Semitones of a major pentatonic scale: any of its notes are consonant. */
const scale = [0, 2, 4, 7, 9];
/** Frequency of the scale's first note (A2), Hz. */
const lowest = 110;
/** First of the ten notes of each tone: E3, 165 Hz, and A5, 880 Hz. */
const firstNote = { low: 3, high: 15 } as const;
const notes = 10;
/** The farthest to one side: both ears hear everything. */
const widest = 0.7;
/** Loudness of what is out of view. */
const outside = 0.4;
/** Step by which the choice moves from call to call: the golden section, which favours no place in the list. */
const golden = 0.618_033_988_749_895;

/** Pitch in Hz of a colour: two octaves for each tone, without overlap. @param colour from 0 to 1; what is beyond has the note at the end */
export function pitchOf(tone: 'high' | 'low', colour: number): number {
  const note = firstNote[tone] + Math.min(notes - 1, Math.max(0, Math.floor(colour * notes)));
  return lowest * 2 ** (Math.floor(note / scale.length) + scale[note % scale.length] / 12);
}

/** Leaves out events evenly, so that at most `voicesPerSecond` sound over time and `voicesAtOnce` more after a silence. */
export class Thinning {
  private allowance = voicesAtOnce;
  private phase = 0.5;

  /**
   * Indices of the events that sound, in order; each of the events is as likely as the others.
   * @param count of events since the last call
   * @param seconds since then
   */
  choose(count: number, seconds: number): number[] {
    this.allowance = Math.min(voicesAtOnce, this.allowance + voicesPerSecond * seconds);
    const few = Math.min(count, Math.floor(this.allowance));
    this.allowance -= few;
    if (few < count) this.phase = (this.phase + golden) % 1;
    return Array.from({ length: few }, (_, k) => (few === count ? k : Math.floor(((k + this.phase) * count) / few)));
  }
}

/**
 * Voices of life events (`LifeEvents.take`): those that the thinning leaves of births and deaths.
 * A birth has the colour of its parent, a death its own; without one, as after many ticks in one frame, the note is a middle one.
 * @param seconds since the last call
 */
export function chooseVoices(events: Float64Array, seconds: number, thinning: Thinning, listener: Listener): Voice[] {
  const heard: { readonly tone: 'high' | 'low'; readonly i: number; readonly ordinal: number }[] = [];
  const counts = new Float64Array(lifeEventKinds.length);
  for (let i = 0; i < events.length; i += lifeEventStride) {
    const tone = heardAs[lifeEventKinds[events[i]]];
    if (tone) heard.push({ tone, i, ordinal: counts[events[i]]++ });
  }
  return thinning.choose(heard.length, seconds).map((index) => {
    const { tone, i, ordinal } = heard[index];
    const [kind, id, parent, x, y] = events.subarray(i, i + lifeEventStride);
    const { across, down } = listener.placeOf(x, y);
    return {
      tone,
      hertz: pitchOf(tone, listener.colourOf(tone === 'high' ? parent : id) ?? 0.5),
      pan: widest * Math.min(1, Math.max(-1, across)),
      level: Math.max(Math.abs(across), Math.abs(down)) > 1 ? outside : 1,
      // A list is by kinds, each in the order of time.
      at: (ordinal + 0.5) / counts[kind],
    };
  });
}
