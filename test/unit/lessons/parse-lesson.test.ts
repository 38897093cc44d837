import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SceneError } from '../../../src/scene/error.ts';
import { lessonJsonSchemaText } from '../../../src/scene/json-schema.ts';
import { lessonScene } from '../../../src/scene/lesson/lesson-scene.ts';
import { lessonSheet, sheetsMarkdown } from '../../../src/scene/lesson/lesson-sheet.ts';
import { parseLesson, readLessonText } from '../../../src/scene/lesson/parse-lesson.ts';
import { lessonSchema } from '../../../src/scene/lesson/schema.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { checkLessonWorlds } from '../../../src/worker/lesson-worlds.ts';
import { smallLesson, withStep } from './small-lesson.ts';

const names = readdirSync('assets/lessons').map((file) => file.replace('.json', ''));
const lessonNamed = (name: string) =>
  readLessonText(readFileSync(`assets/lessons/${name}.json`, 'utf8'), `assets/lessons/${name}.json`);
const sceneNamed = (name: string) => JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8'));

/** The lines with which something is refused. */
function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof SceneError) return error.problems;
    throw error;
  }
  return [];
}
const refused = (json: unknown) => problemsOf(() => parseLesson(json, 'l.json'));

describe('the lessons that come with the program', () => {
  it.each(names)('%s is checked, with its worlds, and has 8 to 15 steps', (name) => {
    const lesson = lessonNamed(name);
    expect(lesson.name).toBe(name);
    expect(lesson.steps.length).toBeGreaterThanOrEqual(8);
    expect(lesson.steps.length).toBeLessThanOrEqual(15);
    expect(problemsOf(() => checkLessonWorlds(lesson, sceneNamed(lesson.scene), name, standard))).toEqual([]);
  });

  it.each(names)('%s says of every check what ten seeds measured, and its answers fit in nine of them', (name) => {
    for (const step of lessonNamed(name).steps) {
      if (step.kind !== 'check') continue;
      expect(step.seeds?.number).toBe(10);
      if (step.seeds?.fits !== undefined) expect(step.seeds.fits).toBeGreaterThanOrEqual(9);
    }
  });

  it('have a sheet with every step at both levels and all answers', () => {
    const lesson = lessonNamed('hawks-and-doves');
    const sheet = lessonSheet(lesson);
    expect(sheet.steps.map(({ texts }) => texts)).toEqual(lesson.steps.map(({ text }) => text));
    expect(sheet.steps[3].notes).toContain('Right: It falls to about one in three (0.2 to 0.45)');
    expect(sheet.steps[5].notes[0]).toMatch(/Seeds 1 to 10: 0\.332 ± 0\.012 .*right in 10 of 10/);
    expect(sheetsMarkdown([lesson])).toContain('## Hawks and doves\n\nPupils can explain');
  });

  it('name the schema that a build writes for editors, and that is made of the fields of lessons', () => {
    const { exports, files } = JSON.parse(readFileSync('package.json', 'utf8'));
    const place = resolve('dist/lesson.schema.json');
    for (const name of names) {
      const { $schema } = JSON.parse(readFileSync(`assets/lessons/${name}.json`, 'utf8'));
      expect(resolve('assets/lessons', $schema)).toBe(place);
    }
    expect(resolve(exports['./lesson.schema.json'])).toBe(place);
    expect(files).toContain('dist/lesson.schema.json');
    const { properties } = JSON.parse(lessonJsonSchemaText());
    expect(Object.keys(properties)).toEqual(Object.keys(lessonSchema.shape));
  });
});

describe('a lesson', () => {
  it('is read with its defaults', () => {
    const lesson = parseLesson(smallLesson, 'l.json');
    expect(lesson.seed).toBe('7');
    expect(lesson.steps[1]).toMatchObject({ kind: 'run', speed: 'max' });
  });

  it('is refused in one line for a value, a key, a kind of step', () => {
    expect(refused({ ...smallLesson, version: 2 })).toEqual(['l.json: version: 2 is not allowed here; give 1']);
    expect(refused({ ...smallLesson, tittle: 'x' })).toEqual(["l.json: unknown key 'tittle'; did you mean 'title'?"]);
    expect(refused(withStep(0, { kind: 'pridict' }))).toEqual([
      "l.json: steps[0].kind: 'pridict' is not a kind of step; did you mean 'predict'?",
    ]);
    expect(refused(withStep(0, { text: { easy: 'x' } }))[0]).toMatch(/^l\.json: steps\[0\]\.text\.full: is missing/);
    expect(refused(withStep(1, { speed: 'x3' }))[0]).toMatch(/^l\.json: steps\[1\]\.speed: 'x3' is not allowed/);
  });

  it('is refused for a run that cannot end', () => {
    const twice = { ...smallLesson, steps: [smallLesson.steps[0], smallLesson.steps[1], ...smallLesson.steps.slice(1)] };
    expect(refused(twice)).toEqual([
      'l.json: steps[2].until.tick: the world may be at tick 100 already, so the run could not end; give a later tick, or start the world again',
    ]);
    expect(refused(withStep(1, { until: { tick: 100, above: 3 } }))[0]).toMatch(
      /steps\[1\]\.until: a measure needs above or below/,
    );
  });

  it('is refused for predictions that overlap, are not judged, or are judged before they were made', () => {
    const overlap = [
      { text: 'a', when: { to: 0.5 } },
      { text: 'b', when: { from: 0.4 } },
    ];
    expect(refused(withStep(0, { answers: overlap }))).toEqual([
      'l.json: steps[0].answers[1].when: overlaps that of answers[0]; one value must not make two answers right',
    ]);
    expect(refused(withStep(2, { of: undefined }))[0]).toMatch(/steps\[0\]\.id: no check judges the prediction 'share'/);
    expect(refused(withStep(2, { of: 'shore' }))[0]).toBe(
      "l.json: steps[2].of: 'shore' was not predicted before; did you mean 'share'?",
    );
    expect(refused(withStep(2, { versus: { check: 'before', by: 'ratio' } }))[0]).toMatch(/'before' is not an earlier check/);
    expect(refused(withStep(2, { over: 500 }))[0]).toMatch(/500 ticks are more than the 100 that were run/);
  });

  it('is refused for a check of a prediction after which nothing has run', () => {
    const [predict, run, check] = smallLesson.steps;
    const late = { ...smallLesson, steps: [predict, run, check, { ...predict, id: 'late' }, { ...check, of: 'late' }] };
    expect(refused(late)).toEqual([
      "l.json: steps[4].of: nothing has run since 'late' was predicted; put a run between the prediction and this check",
    ]);
    expect(refused({ ...late, steps: [...late.steps.slice(0, 4), { ...run, until: { tick: 200 } }, late.steps[4]] })).toEqual([]);
  });

  it('is refused for a check of ticks that a run to a measure may not have reached', () => {
    const [predict, run, check] = smallLesson.steps;
    const measured = { ...run, until: { tick: 400, measure: 'strategies/players.share.hawk', below: 0.6 } };
    const of = (...between: readonly object[]) => refused({ ...smallLesson, steps: [predict, ...between] });
    expect(of(measured, check)).toEqual([
      'l.json: steps[2].over: needs tick 20, but the world may be at tick 0 still: a run that ends at a measure may end at once; put a run to tick 20 before that one',
    ]);
    expect(of(run, measured, check)).toEqual([]);
    expect(of(run, measured, { ...check, since: 90 })[0]).toMatch(
      /steps\[3\]\.since: needs tick 110, but the world may be at tick 100/,
    );
    const curve = { measure: 'strategies/players.share.hawk', to: 200, low: 0, high: 1 };
    const drawn = { ...predict, answers: undefined, curve };
    expect(refused({ ...smallLesson, steps: [drawn, run, measured, { ...check, measure: undefined }] })[0]).toMatch(
      /steps\[3\]\.of: needs tick 200, but the world may be at tick 100/,
    );
  });

  it('is refused for parameters and measures that its worlds do not have', () => {
    const of = (json: unknown) =>
      problemsOf(() => checkLessonWorlds(parseLesson(json, 'l.json'), sceneNamed('hawk-dove'), 'l.json', standard));
    expect(of(smallLesson)).toEqual([]);
    expect(of(withStep(2, { measure: 'strategies/players.share.hauk' }))).toEqual([
      "l.json: steps[2].measure: 'strategies/players.share.hauk' is not measured in this world; did you mean 'strategies/players.share.hawk'?",
    ]);
    expect(of(withStep(0, { start: { set: [{ path: 'habitat.forms.hawk-dove.cots', value: 2 }] } }))[0]).toMatch(
      /^l\.json: steps\[0\]\.start: habitat\.forms\.hawk-dove\.cots: unknown key/,
    );
    expect(of(withStep(1, { set: [{ path: 'populations.players.start.mean', value: 2 }] }))[0]).toMatch(
      /^l\.json: steps\[1\]\.set: populations\.players\.start\.mean: is fixed once the world is made/,
    );
  });

  it('puts what it sets, and its view, into the scene of its worlds', () => {
    const set = [{ path: 'populations.players.founders', value: 20 }];
    const lesson = parseLesson({ ...smallLesson, set, view: { colour: 'lineage' } }, 'l.json');
    const scene = lessonScene(lesson, sceneNamed('hawk-dove'), {
      set: [{ path: 'habitat.forms.hawk-dove.cost', value: 2 }],
    }) as ReturnType<typeof sceneNamed>;
    expect(scene.populations.players.founders).toBe(20);
    expect(scene.habitat.forms['hawk-dove']).toMatchObject({ cost: 2, base: 2 });
    expect(scene.view).toMatchObject({ colour: 'lineage', unit: 'generations' });
  });
});
