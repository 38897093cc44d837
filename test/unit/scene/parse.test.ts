import { describe, expect, it } from 'vitest';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene, readSceneText } from '../../../src/scene/parse.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { smallScene, withForagers, withHabitat } from './small-scene.ts';

/** What a refusal says, without the name of the file. */
function refusal(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    for (const problem of error.problems) expect(problem).toMatch(/^small\.json: /);
    return error.problems.map((problem) => problem.slice('small.json: '.length));
  }
  throw new Error('nothing was refused');
}

const parse = (json: unknown) => parseScene(json, 'small.json') as PlaneScene;
const read = (text: string) => readSceneText(text, 'small.json') as PlaneScene;

describe('a scene', () => {
  it('is filled in with defaults', () => {
    const scene = parse(smallScene());
    expect(scene.ticks).toBe(20_000);
    expect(scene.habitat.reach).toBe(16);
    expect(scene.populations.foragers.life.span).toBe(800);
    expect(scene.populations.foragers.mechanisms.mutation.on).toBe(false);
  });

  it('reads from a text, with or without a byte order mark', () => {
    const text = JSON.stringify(smallScene());
    expect(read(text)).toEqual(parse(smallScene()));
    expect(read(`\uFEFF${text}\n`)).toEqual(parse(smallScene()));
  });

  it('does not take over the given object', () => {
    const json = smallScene();
    const before = structuredClone(json);
    parse(json);
    expect(json).toEqual(before);
  });
});

describe('a refused value says where it stands, what is wrong and what is allowed', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'too small',
      withForagers({ life: { span: 5 } }),
      'populations.foragers.life.span: 5 is too small; give a whole number from 10 to 1000000 (ticks)',
    ],
    ['too large', withHabitat({ reach: 65 }), 'habitat.reach: 65 is too large; give a number from 4 to 64 (lengths)'],
    [
      'a fraction',
      withForagers({ founders: 1.5 }),
      'populations.foragers.founders: 1.5 is not allowed here; give a whole number from 1 to 2000000 (organisms)',
    ],
    [
      'of the wrong type',
      withHabitat({ width: '64' }),
      "habitat.width: '64' is not allowed here; give a whole number from 64 to 16384 (lengths)",
    ],
    ['no option', withHabitat({ edge: 'cliff' }), "habitat.edge: 'cliff' is not allowed here; give one of 'torus', 'wall'"],
    [
      'no switch',
      withForagers({ mechanisms: { mutation: { on: 1 } } }),
      'populations.foragers.mechanisms.mutation.on: 1 is not allowed here; give true or false',
    ],
    ['missing', smallScene({ title: undefined }), 'title: is missing; give a text of 1 to 80 characters'],
    ['of another version', smallScene({ version: 2 }), 'version: 2 is not allowed here; give 1'],
    ['an empty list', withForagers({ senses: [] }), 'populations.foragers.senses: has 0 entries; give a list of 1 to 16 texts'],
    [
      'incomplete',
      withHabitat({ barriers: [{ x: 1, y: 1, width: 2 }] }),
      'habitat.barriers[0].height: is missing; give a number from 0 to 16384',
    ],
    [
      'a bad name',
      smallScene({ name: 'A b' }),
      "name: 'A b' is not allowed; give lower-case letters, digits and hyphens, at most 40",
    ],
    [
      'a bad name of a population',
      smallScene({ populations: { 'Big Cats': {} } }),
      "populations: the name 'Big Cats' is not allowed; give lower-case letters, digits and hyphens, at most 40",
    ],
    [
      'null',
      withHabitat({ grass: null }),
      'habitat.grass: null is not allowed here; give an object with capacity, regrowth, pattern, cover, grain, painting',
    ],
  ])('%s', (_, json, problem) => {
    expect(refusal(() => parse(json))).toEqual([problem]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['key', withForagers({ diet: { apetite: 1 } }), "populations.foragers.diet: unknown key 'apetite'; did you mean 'appetite'?"],
    ['key at the top', smallScene({ tiks: 5 }), "unknown key 'tiks'; did you mean 'ticks'?"],
    [
      'key that is like none',
      withHabitat({ carrion: { zzzzz: 1 } }),
      "habitat.carrion: unknown key 'zzzzz'; known: yield, decay",
    ],
    [
      'trait',
      withForagers({ traits: { 'body.siz': {} } }),
      "populations.foragers.traits: unknown trait 'body.siz'; did you mean 'body.size'?",
    ],
    [
      'target',
      withForagers({ bite: { targets: ['forager'] } }),
      "populations.foragers.bite.targets[0]: there is no population 'forager'; did you mean 'foragers'?",
    ],
  ])('an unknown %s', (_, json, problem) => {
    expect(refusal(() => parse(json))).toEqual([problem]);
  });

  it('an unknown mechanism, sense or pattern lists those there are', () => {
    const [mechanism] = refusal(() => parse(withForagers({ mechanisms: { telepathy: { on: true } } })));
    expect(mechanism).toMatch(/^populations\.foragers\.mechanisms: unknown mechanism 'telepathy'; known: .*mutation/);
    const [sense] = refusal(() => parse(withForagers({ senses: ['gras'] })));
    expect(sense).toMatch(
      /^populations\.foragers\.senses\[0\]: unknown sense 'gras'; did you mean 'grass'\? known: .*neighbours/,
    );
    const [pattern] = refusal(() => parse(withHabitat({ fruit: { pattern: 'stripes' } })));
    expect(pattern).toMatch(/^habitat\.fruit\.pattern: unknown pattern 'stripes'; known: .*patches.*uniform/);
  });

  it('many problems are told as five and a count', () => {
    const habitat = { kind: 'plane', width: 1, height: 1, reach: 1, cell: 0, edge: 1, grass: 1, fruit: 1 };
    const problems = refusal(() => parse(smallScene({ habitat })));
    expect(problems).toHaveLength(5);
    expect(() => parse(smallScene({ habitat }))).toThrow(/^[^\n]* \(and 6 more problems\)$/);
  });
});

describe('what values demand of each other', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'sides are whole numbers of cells',
      withHabitat({ width: 70 }),
      'habitat.width: 70 is not a whole number of cells of 4; give 68 or 72, for example',
    ],
    [
      'the senses reach half a side',
      withHabitat({ reach: 40 }),
      'habitat.reach: 40 is more than half of the shorter side; give at most 32',
    ],
    [
      'the ground has a bounded number of cells',
      withHabitat({ width: 8192, height: 8192, cell: 1 }),
      'habitat.cell: 1 makes 67108864 cells of ground; at most 16777216: give larger cells or less ground',
    ],
    ['there is a population', smallScene({ populations: {} }), 'populations: 0 populations; give one to four'],
    [
      'there are four populations at most',
      smallScene({ populations: { a: {}, b: {}, c: {}, d: {}, e: {} } }),
      'populations: 5 populations; give one to four',
    ],
    [
      'a range is a range',
      withForagers({ traits: { 'body.size': { minimum: 3 } } }),
      'populations.foragers.traits.body.size: the lowest value 3 is not below the highest, 2.5; give a wider range',
    ],
    [
      'founders lie within it',
      withForagers({ traits: { 'body.size': { founder: 2.5 } } }),
      'populations.foragers.traits.body.size: the founder median 2.5 is not between 0.4 and 2.5; give one strictly between',
    ],
    [
      'memory units are sensed',
      withForagers({ policy: { memory: 2 } }),
      "populations.foragers.policy.memory: 2 memory units need the sense 'memory'; add it to senses or give 0",
    ],
    [
      'the sense of memory has units',
      withForagers({ senses: ['grass', 'memory'] }),
      "populations.foragers.policy.memory: the sense 'memory' needs memory units; give 1 to 8 or leave the sense out",
    ],
    [
      'a sense stands there once',
      withForagers({ senses: ['grass', 'grass'] }),
      "populations.foragers.senses[1]: sense 'grass' is listed twice; remove one",
    ],
    [
      'founders fit',
      withForagers({ founders: 20, capacity: 10 }),
      'populations.foragers.founders: 20 are more than the capacity, 10; give fewer or raise it',
    ],
    [
      'barriers leave ground open',
      withHabitat({
        barriers: [
          { x: 0, y: 0, width: 64, height: 31 },
          { x: 0, y: 31, width: 64, height: 30 },
        ],
      }),
      'habitat.barriers: they leave no open ground; leave some cells free',
    ],
    [
      'barriers stand in the world',
      withHabitat({ barriers: [{ x: 64, y: 0, width: 8, height: 8 }] }),
      'habitat.barriers[0]: is outside the world of 64 by 64 lengths; move it inside',
    ],
    [
      'scheduled changes name live parameters',
      smallScene({ changes: [{ at: 5, path: 'habitat.width', value: 128 }] }),
      'changes[0] at tick 5: habitat.width: is fixed once the world is made; set it in the scene or before tick 0',
    ],
    [
      'scheduled changes have good values',
      smallScene({ changes: [{ at: 5, path: 'habitat.grass.regrowth', value: 2 }] }),
      'changes[0] at tick 5: habitat.grass.regrowth: 2 is too large; give a number from 0 to 1 (1/tick)',
    ],
  ])('%s', (_, json, problem) => {
    expect(refusal(() => parse(json))).toEqual([problem]);
  });

  it('barriers may leave a single cell', () => {
    const barriers = [
      { x: 0, y: 0, width: 64, height: 60 },
      { x: 0, y: 60, width: 60, height: 4 },
    ];
    expect(parse(withHabitat({ barriers })).habitat.barriers).toHaveLength(2);
    expect(refusal(() => parse(withHabitat({ barriers: [...barriers, { x: 62, y: 62, width: 1, height: 1 }] })))).toHaveLength(1);
  });

  it('populations may bite each other and themselves', () => {
    const scene = parse(smallScene({ populations: { prey: {}, predators: { bite: { targets: ['prey', 'predators'] } } } }));
    expect(scene.populations.predators.bite.targets).toEqual(['prey', 'predators']);
  });
});

describe('a text that is no scene', () => {
  it.each<[string, string, string]>([
    ['empty', '', 'is empty; give a scene in JSON'],
    ['blank', ' \n\t', 'is empty; give a scene in JSON'],
    ['cut off', '{"version": 1, "na', 'ends in the middle of the scene; the file is cut off or a bracket or quote is missing'],
    ['not JSON', 'name = small', 'is not JSON'],
    ['a list', '[]', 'a list is not allowed here; give an object'],
    ['a number', '7', '7 is not allowed here; give an object'],
    ['null', 'null', 'null is not allowed here; give an object'],
    ['too long', ' '.repeat(1_000_001), 'has 1000001 characters; give at most 1000000'],
    ['too deep', `${'['.repeat(900)}${']'.repeat(900)}`, 'is nested more than 32 levels deep; give a flatter one'],
  ])('%s', (_, text, problem) => {
    const [first, ...rest] = refusal(() => read(text));
    expect(first.startsWith(problem)).toBe(true);
    expect(rest).toEqual([]);
  });

  it('a mistake is placed by line and column', () => {
    expect(refusal(() => read('{\n  "version": 1,\n  "name" "small"\n}'))).toEqual([
      'is not JSON at line 3, column 10; check commas, quotes and brackets there',
    ]);
  });

  it('a key that reaches for prototypes is refused and touches nothing', () => {
    const text = JSON.stringify(smallScene()).replace('"habitat"', '"__proto__":{"polluted":1},"habitat"');
    expect(refusal(() => read(text))).toEqual(["line 1, column 45: the key '__proto__' is not allowed; remove it"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('a message stays one line whatever the scene holds', () => {
    const [problem] = refusal(() => parse(smallScene({ 'a\nb\u2028c\u202e': 1 })));
    expect(problem).toMatch(/^unknown key 'a\?b\?c\?'; /);
  });
});
