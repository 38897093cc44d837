import type {
  PolicyChange,
  Story,
  StoryCause,
  StoryChange,
  StoryRelative,
  StoryStep,
  StoryWay,
} from '../../../worker/story/story.ts';
import { countOf, deathWords, measure, whole } from '../../ui/words.ts';

/** Parts below this share of all parts of a change are left out of its line. */
const leastPart = 0.01;

const listed = (titles: readonly string[], otherwise: string) =>
  titles.length === 0 ? otherwise : titles.map((title) => title.toLowerCase()).join(' or ');

/** What made a change, in words: only mechanisms that were on at that time, and all of them where the record cannot distinguish them. */
function causeWords(cause: StoryCause, { writers, transfers }: Pick<StoryWay, 'writers' | 'transfers'>, ploidy: 1 | 2): string {
  if (cause === 'transfer') return `by ${listed(transfers, 'transfer')}`;
  if (cause === 'parents') return ploidy === 1 ? 'from second parents' : 'by the haplotypes passed on';
  return writers.length === 0 ? 'at birth' : `by ${listed(writers, '')}`;
}

/** A change of a trait as a line: Body size 0.8 to 1.1, by mutation. @param way the step in which it changed */
export function changeWords(
  { trait, from, to, parts }: StoryChange,
  way: Pick<StoryWay, 'writers' | 'transfers'>,
  { traits, ploidy }: Pick<Story, 'traits' | 'ploidy'>,
): string {
  const known = (Object.entries(parts) as [StoryCause, number][]).filter(([, amount]) => amount !== 0);
  const all = known.reduce((sum, [, amount]) => sum + Math.abs(amount), 0);
  const main = known.filter(([, amount]) => Math.abs(amount) >= leastPart * all);
  const causes =
    main.length === 1
      ? causeWords(main[0][0], way, ploidy)
      : main.map(([cause, amount]) => `${amount > 0 ? '+' : ''}${measure(amount)} ${causeWords(cause, way, ploidy)}`).join(', ');
  return `${traits[trait].title} ${measure(from)} to ${measure(to)}, ${causes}`;
}

/** How far a part of the policy moved, as a line: Policy to turn 0.61 s.d., by mutation. @param way the step in which it moved */
export function policyWords(
  { segment, size, parts }: PolicyChange,
  way: Pick<StoryWay, 'writers' | 'transfers'>,
  { ploidy }: Pick<Story, 'ploidy'>,
): string {
  const known = (Object.entries(parts) as [StoryCause, number][]).filter(([, amount]) => amount >= leastPart * size);
  const causes =
    known.length === 1
      ? causeWords(known[0][0], way, ploidy)
      : known.map(([cause, amount]) => `${measure(amount)} ${causeWords(cause, way, ploidy)}`).join(', ');
  return `${segment.replace('policy: ', 'Policy ')} ${measure(size)} s.d., ${causes}`;
}

/** How an organism began: a founder, introduced, or born at a tick. */
export function birthWords({ birthTick, generation, sinceDeath }: StoryStep, isFirst: boolean, { beginning }: Story): string {
  const born = birthTick > 0 ? `tick ${whole(birthTick)}` : '';
  const revived = sinceDeath > 0 ? `, revived ${countOf(sinceDeath, 'tick')} after its parent had died` : '';
  if (!isFirst) return `born at ${born || 'tick 0'}, generation ${whole(generation)}${revived}`;
  if (beginning === 'founder') return 'a founder';
  if (beginning === 'introduced') return `introduced at ${born}`;
  return `${born ? `born at ${born}, ` : ''}the earliest in the record`;
}

/** How its life ended or is. */
export function lifeWords({ cause, age, offspring }: StoryStep): string {
  const life =
    cause === undefined ? `lives, age ${whole(age)}` : `died ${deathWords[cause] ?? `of ${cause}`} at age ${whole(age)}`;
  return `${life}; ${countOf(offspring, 'offspring', 'offspring')}`;
}

/** How near a relative is. */
export function relativeWords({ up, down, ancestor, alongFirst, id }: StoryRelative): string {
  const apart = `${countOf(up + down, 'birth')} apart`;
  const way = ancestor === id ? 'an ancestor' : up === 0 ? 'a descendant' : `${whole(up)} up to ${ancestor}, ${whole(down)} down`;
  const other =
    alongFirst === up + down
      ? ''
      : Number.isNaN(alongFirst)
        ? '; only through second parents'
        : `; ${whole(alongFirst)} along first parents`;
  return `${apart}: ${way}${other}`;
}
