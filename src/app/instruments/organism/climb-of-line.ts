import type { Course } from '../../../analysis/gains/descent-groups.ts';
import type { SpacePiece } from '../../../analysis/gains/genome-space.ts';
import type { Story, StoryLine } from '../../../worker/story/story.ts';
import { countOf, whole } from '../../ui/words.ts';

/** What the lineage of an organism gained along the measured gradients; log fitness a generation. */
export interface LineClimb {
  readonly gain: number;
  readonly error: number;
  readonly from: number;
  readonly to: number;
  /** Organisms of the lineage at the end. */
  readonly organisms: number;
  /** How Climb judges the step of each of its intervals, the earliest first. */
  readonly courses: readonly Course[];
}

/** What Climb has followed so far. */
export interface FollowedClimb {
  readonly population: { readonly name: string; readonly title: string };
  readonly pieces: readonly SpacePiece[];
}

/** Where the rest of a line descends from at a tick: the youngest that was born by then, or why the record has none. */
function ancestorAt({ id, birthTick, lineTick }: StoryLine, tick: number): number | 'later' | 'joined' {
  let at = id.length - 1;
  while (at >= 0 && birthTick[at] > tick) at--;
  if (at + 1 < id.length && lineTick[at + 1] <= tick) return 'joined';
  return at < 0 ? 'later' : id[at];
}

/** The organism of a line from which the rest of it descends at a tick; -1 where the record has none. */
export function founderAt(line: StoryLine, tick: number): number {
  const found = ancestorAt(line, tick);
  return typeof found === 'number' ? found : -1;
}

/**
 * The gains of a lineage over the last intervals, as far back as its groups were followed without a gap. The interval in which a group is found first is left out:
 * its step begins at the mean of the population, and so holds how far the lineage was from it already. Forks of different intervals are independent, so variances add.
 * @returns a sentence that says why, if there is none
 */
export function climbOfLine(
  { population, pieces }: FollowedClimb,
  story: Pick<Story, 'population' | 'tick' | 'beginning' | 'line' | 'steps'>,
): LineClimb | string {
  if (population.name !== story.population)
    return `Climb follows ${population.title}. Choose the population of this organism there.`;
  const to = pieces.reduce((latest, piece) => Math.max(latest, piece.to.tick), Number.NEGATIVE_INFINITY);
  const opened = pieces.find((piece) => piece.to.tick === to)?.from.tick;
  if (opened === undefined) return 'Climb has found no lineages large enough to follow.';
  const last = `the last interval (ticks ${whole(opened)} to ${whole(to)})`;
  const own = story.steps.at(-1);
  if (own?.cause !== undefined && own.birthTick + own.age <= opened) return `It died before ${last}.`;
  const founder = ancestorAt(story.line, opened);
  if (founder === 'joined')
    return `The record has joined its ancestor at tick ${whole(opened)} to a later one, so its lineage is not known in ${last}.`;
  if (founder === 'later') {
    const [first] = story.line.birthTick;
    const began = `at tick ${whole(first)}, after ${last}${first > to ? '' : ' began'}.`;
    return story.beginning === 'introduced' ? `Its line was introduced ${began}` : `The record of its line begins ${began}`;
  }
  const end = pieces.find((piece) => piece.to.tick === to && piece.founder === founder);
  if (!end)
    return story.tick < opened
      ? `This story is older than ${last}. Update it.`
      : `Its lineage was not among the largest that Climb followed in ${last}.`;
  if (Number.isNaN(end.gain)) return `No generation passed in ${last}.`;
  if (end.parent < 0)
    return pieces.every((piece) => piece.to.tick === to)
      ? 'Climb has measured one interval. What a lineage gained is known from the second on.'
      : `Its lineage was found first in ${last}. What it gained is known from the next one on.`;
  let [gain, variance, from] = [0, 0, to];
  const courses: Course[] = [];
  for (let piece: SpacePiece | undefined = end; piece && piece.parent >= 0 && !Number.isNaN(piece.gain); ) {
    gain += piece.gain;
    variance += piece.error * piece.error;
    from = piece.from.tick;
    courses.unshift(piece.course);
    const { parent }: SpacePiece = piece;
    piece = pieces.find((one) => one.to.tick === from && one.founder === parent);
  }
  return { gain, error: Math.sqrt(variance), from, to, organisms: end.to.organisms, courses };
}

/** The judgements of intervals in words: climbing in 2 of 3 intervals, drifting in 1. */
export function courseWords(courses: readonly Course[]): string {
  const all = courses.length;
  const found = (['climbing', 'drifting', 'falling'] as const).flatMap((course) => {
    const count = courses.filter((one) => one === course).length;
    return count > 0 ? [{ course, count }] : [];
  });
  if (all === 1) return courses[0];
  const [first, ...others] = found;
  if (others.length === 0) return `${first.course} in all ${whole(all)} intervals`;
  return [
    `${first.course} in ${whole(first.count)} of ${countOf(all, 'interval')}`,
    ...others.map(({ course, count }) => `${course} in ${whole(count)}`),
  ].join(', ');
}
