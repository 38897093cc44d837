import { describe, expect, test } from 'vitest';
import { readPlan, readPlanText } from '../../../src/experiment/plan.ts';
import { canonicalJson } from '../../../src/export/canonical-json.ts';
import { SceneError } from '../../../src/scene/error.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { smallPlan, sweepOf, tinyScene } from './small-plan.ts';

const problem = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof SceneError) return error.message;
    throw error;
  }
  return '';
};

describe('a plan', () => {
  test('lists every combination with every seed, the last path fastest', () => {
    const { runs, cells } = sweepOf(smallPlan);
    expect(cells.map(({ values }) => values)).toEqual([
      [0.01, true],
      [0.01, false],
      [0.03, true],
      [0.03, false],
    ]);
    expect(runs.map(({ cell, seed }) => `${cell.index}/${seed}`)).toEqual(
      [0, 1, 2, 3].flatMap((cell) => ['1', '2', '3'].map((seed) => `${cell}/${seed}`)),
    );
    expect((cells[3].scene as PlaneScene).habitat.grass.regrowth).toBe(0.03);
    expect(cells[3].scene.populations.grazers.mechanisms.mutation).toMatchObject({ on: false });
    expect(new Set(runs.map(({ id }) => id)).size).toBe(12);
    for (const { id } of runs) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test('a run has the same name wherever it stands, and another one when anything of it differs', () => {
    const ids = (changes: Record<string, unknown>) => new Set(sweepOf({ ...smallPlan, ...changes }).runs.map(({ id }) => id));
    const usual = ids({});
    expect(ids({ name: 'other' })).toEqual(usual);
    // Keys of the scene in another order, and a default written out.
    const turned = Object.fromEntries(Object.entries({ ...tinyScene, question: '' }).reverse());
    expect(ids({ scene: turned })).toEqual(usual);
    expect(ids({ scene: 'tiny' })).toEqual(usual);
    const more = ids({ seeds: '1..4' });
    expect([...usual].every((id) => more.has(id))).toBe(true);
    for (const changes of [
      { ticks: 61 },
      { every: 10 },
      { keep: ['organisms'] },
      { set: { 'populations.grazers.founders': 25 } },
      { changes: [{ at: 5, path: 'habitat.grass.regrowth', value: 0.1 }] },
    ]) {
      const other = ids(changes);
      expect([...other].some((id) => usual.has(id))).toBe(false);
    }
  });

  test('the document of a sweep is a plan with the same runs', () => {
    const sweep = sweepOf({ ...smallPlan, scene: 'tiny', set: { 'populations.grazers.founders': 20 }, ticks: 50 });
    const again = sweepOf(JSON.parse(JSON.stringify(sweep.document)));
    expect(again.runs.map(({ id }) => id)).toEqual(sweep.runs.map(({ id }) => id));
    expect(canonicalJson(again.document)).toBe(canonicalJson(sweep.document));
  });

  test('values of lists and words may vary as well', () => {
    const sweep = sweepOf({ ...smallPlan, vary: { 'populations.grazers.senses': [['grass'], ['grass', 'fruit']] } }).cells.map(
      (c) => c.values,
    );
    expect(sweep).toEqual([[['grass']], [['grass', 'fruit']]]);
  });

  test.each([
    [{ version: 2 }, /^plan.json: version: /],
    [{ frobnicate: 1 }, /unknown key 'frobnicate'/],
    [{ scene: undefined }, /scene: is missing/],
    [{ scene: 7 }, /scene: 7 is not allowed/],
    [{ scene: { ...tinyScene, ticks: 0 } }, /plan.json: scene: ticks: 0 is too small/],
    [{ seeds: undefined }, /seeds: is missing; give a range/],
    [{ seeds: '9..1' }, /goes backwards/],
    [{ seeds: '1..999999' }, /999999 seeds/],
    [{ seeds: [] }, /seeds/],
    [{ seeds: ['a', 'a'] }, /'a' is listed twice/],
    [{ seeds: ['a', ''] }, /entry 2/],
    [{ ticks: -1 }, /ticks: -1 is too small/],
    [{ vary: { 'habitat.gras.regrowth': [1] } }, /vary: .*habitat.grass.regrowth/],
    [{ vary: { 'habitat.grass.regrowth': [0.1, 7] } }, /vary: habitat.grass.regrowth: 7 is too large; give .*from 0 to 1/],
    [{ vary: { 'habitat.grass.regrowth': [0.1, 0.1] } }, /0.1 is listed twice/],
    [{ vary: { 'habitat.grass.regrowth': [] } }, /vary/],
    [{ vary: { seed: [1] } }, /seed/],
    [{ set: { 'habitat.grass.regrowth': 1 } }, /is set as well/],
    [{ set: { 'habitat.width': -1 } }, /set: habitat.width: -1/],
    [{ ticks: 5, vary: { ticks: [1, 2] } }, /give one of them/],
    [{ changes: [{ at: 60, path: 'habitat.grass.regrowth', value: 1 }] }, /no effect/],
    [{ changes: [{ at: 5, path: 'habitat.width', value: 128 }] }, /habitat.width.*fixed/],
    [{ keep: ['probes'] }, /keep/],
    [{ seeds: '1..90000' }, /360000 runs/],
    [{ name: 'Not A Slug' }, /lower-case/],
  ])('%o is refused in one line', (changes, what) => {
    const message = problem(() => sweepOf({ ...smallPlan, ...changes }));
    expect(message).toMatch(what);
    expect(message).toMatch(/^plan\.json: /);
    expect(message).not.toContain('\n');
  });

  test.each([
    ['', /is empty/],
    ['{', /ends in the middle/],
    ['{]', /is not JSON/],
    ['['.repeat(100), /nested/],
    ['null', /plan/],
    ['7', /plan/],
  ])('the text %s is refused', (text, what) => {
    expect(problem(() => readPlanText(text, 'plan.json'))).toMatch(what);
  });

  test('seeds are texts, numbers or a range', () => {
    expect(readPlan({ ...smallPlan, seeds: ['a', 7] }, '').seeds).toEqual(['a', '7']);
    expect(readPlan({ ...smallPlan, seeds: '8..10' }, '').seeds).toEqual(['8', '9', '10']);
  });
});

test('canonical JSON tells apart what differs and nothing else', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }], e: undefined })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
  expect(canonicalJson({ a: -0 })).not.toBe(canonicalJson({ a: 0 }));
});
