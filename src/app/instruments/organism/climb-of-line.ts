import type { SpacePiece } from '../../../analysis/gains/genome-space.ts';
import type { StoryLine } from '../../../worker/story/report-story.ts';

/** What the lineage of an organism gained along the measured gradients; log fitness a generation. */
export interface LineClimb {
  readonly gain: number;
  readonly error: number;
  readonly from: number;
  readonly to: number;
  /** Organisms of the lineage at the end, and how it compares: up or down beyond its error, or neither. */
  readonly organisms: number;
  readonly course: 'climbed' | 'fell' | 'unknown';
}

/** The organism of a line from which the rest of it descends at a tick: the youngest that was born by then; -1 where the record has joined it away. */
export function founderAt({ id, birthTick, lineTick }: StoryLine, tick: number): number {
  let at = id.length - 1;
  while (at >= 0 && birthTick[at] > tick) at--;
  return at < 0 || (at + 1 < id.length && lineTick[at + 1] <= tick) ? -1 : id[at];
}

/**
 * The gains of a lineage over the last intervals, as far back as its groups were followed without a gap. Forks of different intervals are independent, so variances add.
 * @returns undefined if its group was not followed in the last interval
 */
export function climbOfLine(pieces: readonly SpacePiece[], line: StoryLine): LineClimb | undefined {
  const to = pieces.reduce((latest, piece) => Math.max(latest, piece.to.tick), Number.NEGATIVE_INFINITY);
  const opened = pieces.find((piece) => piece.to.tick === to)?.from.tick ?? to;
  const founder = founderAt(line, opened);
  const last = pieces.find((piece) => piece.to.tick === to && piece.founder === founder);
  let [gain, variance, from] = [0, 0, to];
  for (let piece = last; piece; ) {
    gain += piece.gain;
    variance += piece.error * piece.error;
    from = piece.from.tick;
    const { parent } = piece;
    piece = pieces.find((one) => one.to.tick === from && one.founder === parent);
  }
  if (!last || Number.isNaN(gain)) return undefined;
  const error = Math.sqrt(variance);
  return {
    gain,
    error,
    from,
    to,
    organisms: last.to.organisms,
    course: gain > 2 * error ? 'climbed' : gain < -2 * error ? 'fell' : 'unknown',
  };
}
