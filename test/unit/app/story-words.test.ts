import { describe, expect, it } from 'vitest';
import type { SpacePiece } from '../../../src/analysis/gains/genome-space.ts';
import { climbOfLine, courseWords, founderAt, type LineClimb } from '../../../src/app/instruments/organism/climb-of-line.ts';
import {
  birthWords,
  changeWords,
  lifeWords,
  policyWords,
  relativeWords,
} from '../../../src/app/instruments/organism/story-words.ts';
import { storySheet } from '../../../src/app/pictures/story-sheet.ts';
import type { Story, StoryStep } from '../../../src/worker/story/story.ts';

const story = {
  traits: [{ id: 'body.size', title: 'Body size', unit: '' }],
  gametes: ['Sexual reproduction', 'Recombination'],
  ploidy: 1,
  beginning: 'founder',
} as unknown as Story;

const way = { writers: ['Mutation'], transfers: ['Horizontal transfer'] };

describe('the words of a story', () => {
  it('name the change, its size and its mechanism', () => {
    const change = (parts: object) => changeWords({ trait: 0, from: 0.8, to: 1.1, parts }, way, story);
    expect(change({ birth: 0.3 })).toBe('Body size 0.8 to 1.1, by mutation');
    expect(change({ birth: 0.2, transfer: 0.1 })).toBe('Body size 0.8 to 1.1, +0.2 by mutation, +0.1 by horizontal transfer');
    expect(change({ parents: 0.4, birth: -0.1 })).toBe('Body size 0.8 to 1.1, +0.4 from second parents, −0.1 by mutation');
    // Rounding is not a cause.
    expect(change({ birth: 0.3, transfer: 1e-12 })).toBe('Body size 0.8 to 1.1, by mutation');
  });

  it('say how far a part of the policy moved, and by what', () => {
    const moved = (parts: object) => policyWords({ segment: 'policy: to turn', weights: 8, size: 0.5, parts }, way, story);
    expect(moved({ birth: 0.5 })).toBe('Policy to turn 0.5 s.d., by mutation');
    expect(moved({ birth: 0.4, transfer: 0.3 })).toBe('Policy to turn 0.5 s.d., 0.4 by mutation, 0.3 by horizontal transfer');
    // Rounding is not a cause.
    expect(moved({ birth: 0.5, transfer: 1e-9 })).toBe('Policy to turn 0.5 s.d., by mutation');
  });

  it('leave open what the record does not distinguish', () => {
    const both = { ...way, writers: ['Transposons', 'Mutation'] };
    const diploid = { ...story, ploidy: 2 } as const;
    expect(changeWords({ trait: 0, from: 1, to: 2, parts: { birth: 1 } }, both, diploid)).toBe(
      'Body size 1 to 2, by transposons or mutation',
    );
    expect(changeWords({ trait: 0, from: 1, to: 2, parts: { parents: 1 } }, both, diploid)).toBe(
      'Body size 1 to 2, by the haplotypes passed on',
    );
  });

  it('say how an organism began and ended, and how near a relative is', () => {
    const step = { id: 7, birthTick: 120, generation: 3, age: 40, offspring: 2, cause: 'starvation', sinceDeath: 0 } as StoryStep;
    expect(birthWords(step, false, story)).toBe('born at tick 120, generation 3');
    expect(birthWords({ ...step, sinceDeath: 30 }, false, story)).toBe(
      'born at tick 120, generation 3, revived 30 ticks after its parent had died',
    );
    expect(birthWords({ ...step, birthTick: 0 }, true, story)).toBe('a founder');
    expect(birthWords(step, true, { ...story, beginning: 'introduced' })).toBe('introduced at tick 120');
    expect(birthWords(step, true, { ...story, beginning: 'record' })).toBe('born at tick 120, the earliest in the record');
    expect(lifeWords(step)).toBe('died of starvation at age 40; 2 offspring');
    expect(lifeWords({ ...step, cause: undefined })).toBe('lives, age 40; 2 offspring');
    const relative = { id: 9, species: 0, ancestor: 4, up: 2, down: 1, alongFirst: 3 };
    expect(relativeWords(relative)).toBe('3 births apart: 2 up to 4, 1 down');
    expect(relativeWords({ ...relative, alongFirst: Number.NaN })).toBe(
      '3 births apart: 2 up to 4, 1 down; only through second parents',
    );
    expect(relativeWords({ ...relative, ancestor: 9, up: 1, down: 0, alongFirst: 1 })).toBe('1 birth apart: an ancestor');
    expect(relativeWords({ ...relative, ancestor: 7, up: 0, down: 2, alongFirst: 4 })).toBe(
      '2 births apart: a descendant; 4 along first parents',
    );
  });

  it('fit on a sheet, whatever they contain', () => {
    const style = { paper: '#fff', ink: '#000', quiet: '#555', faint: '#ccc', soil: '#eee', lines: [] };
    const row = { body: undefined, size: 1, colour: 'rgb(1 2 3)', title: '7, a <founder>', lines: ['x'.repeat(200)] };
    const { svg, height } = storySheet({ title: 'A & B', place: 'tick 1', rows: [row, row] }, style);
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('&lt;founder&gt;');
    expect(svg).not.toContain('x'.repeat(80));
    expect(svg).toContain(`height="${height}"`);
  });
});

describe('what a lineage gained', () => {
  const piece = (founder: number, parent: number, from: number, gain: number, error: number, course = 'drifting') =>
    ({ founder, parent, gain, error, course, from: { tick: from }, to: { tick: from + 500, organisms: 30 } }) as SpacePiece;
  const population = { name: 'foragers', title: 'Foragers' };
  const pieces = [
    piece(1, -1, 0, 7, 3, 'climbing'),
    piece(2, -1, 0, 5, 1),
    piece(11, 1, 500, 0.2, 0.04, 'climbing'),
    piece(12, 2, 500, -0.2, 0.04),
    piece(20, 11, 1000, 0.1, 0.03),
    piece(21, -1, 1000, 2, 0.01, 'climbing'),
    piece(22, 12, 1000, Number.NaN, 0.01),
  ];

  /** A line whose members were born at these ticks. */
  const lineOf = (...members: readonly (readonly [id: number, birthTick: number, lineTick?: number])[]) => ({
    id: Float64Array.from(members, ([id]) => id),
    birthTick: Float64Array.from(members, ([, born]) => born),
    lineTick: Float64Array.from(members, ([, born, began = born]) => began),
  });
  const storyOf = (line: ReturnType<typeof lineOf>, more: Partial<Story> = {}, own: Partial<StoryStep> = {}) => {
    const birthTick = line.birthTick.at(-1) ?? 0;
    const tick = 1500;
    const steps = [{ birthTick, age: tick - birthTick, cause: undefined, ...own } as StoryStep];
    return { population: 'foragers', tick, beginning: 'founder', line, steps, ...more } as const;
  };
  const find = (...asked: Parameters<typeof storyOf>) => climbOfLine({ population, pieces }, storyOf(...asked));

  it('is of the youngest ancestor that was born by the opening', () => {
    const line = lineOf([1, 0], [4, 400], [11, 480], [20, 700]);
    expect([-1, 0, 450, 500, 900].map((tick) => founderAt(line, tick))).toEqual([-1, 1, 4, 11, 20]);
    // The record has joined those between away.
    const joined = lineOf([1, 0], [20, 700, 300]);
    expect([200, 500, 900].map((tick) => founderAt(joined, tick))).toEqual([1, -1, 20]);
  });

  it('is the sum over its own groups, with errors of independent forks and the courses of Climb', () => {
    const found = find(lineOf([1, 0], [11, 480], [20, 700])) as LineClimb;
    // Not the step from the mean of the population to the group, in the first interval.
    expect(found).toMatchObject({ from: 500, to: 1500, organisms: 30 });
    expect(found.gain).toBeCloseTo(0.3, 12);
    expect(found.error).toBeCloseTo(0.05, 12);
    // More than two standard errors, which random directions exceed as well: drifting, as in Climb.
    expect(found.courses).toEqual(['climbing', 'drifting']);
    expect(courseWords(found.courses)).toBe('climbing in 1 of 2 intervals, drifting in 1');
    expect(courseWords(['drifting'])).toBe('drifting');
    expect(courseWords(['falling', 'falling'])).toBe('falling in all 2 intervals');
  });

  it('is not known where there is none, with the reason', () => {
    const last = 'the last interval (ticks 1,000 to 1,500)';
    const line = lineOf([1, 0], [11, 480], [20, 700]);
    expect(find(line, { population: 'predators' })).toBe('Climb follows Foragers. Choose the population of this organism there.');
    expect(find(line, {}, { age: 300, cause: 'age' })).toBe(`It died before ${last}.`);
    expect(find(lineOf([1, 0], [30, 1200, 900]))).toBe(
      `The record has joined its ancestor at tick 1,000 to a later one, so its lineage is not known in ${last}.`,
    );
    expect(find(lineOf([30, 1200]), { beginning: 'introduced' })).toBe(
      `Its line was introduced at tick 1,200, after ${last} began.`,
    );
    expect(find(lineOf([30, 1600]), { beginning: 'introduced' })).toBe(`Its line was introduced at tick 1,600, after ${last}.`);
    expect(find(lineOf([30, 1200]), { beginning: 'record' })).toBe(
      `The record of its line begins at tick 1,200, after ${last} began.`,
    );
    expect(find(lineOf([1, 0], [29, 700]))).toBe(`Its lineage was not among the largest that Climb followed in ${last}.`);
    expect(find(lineOf([1, 0], [29, 700]), { tick: 800 })).toBe(`This story is older than ${last}. Update it.`);
    expect(find(lineOf([1, 0], [22, 700]))).toBe(`No generation passed in ${last}.`);
    expect(find(lineOf([1, 0], [21, 700]))).toBe(
      `Its lineage was found first in ${last}. What it gained is known from the next one on.`,
    );
    expect(climbOfLine({ population, pieces: pieces.slice(0, 2) }, storyOf(line))).toBe(
      'Climb has measured one interval. What a lineage gained is known from the second on.',
    );
    expect(climbOfLine({ population, pieces: [] }, storyOf(line))).toBe('Climb has found no lineages large enough to follow.');
  });
});
