import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instruments } from '../../../src/app/instruments/list.ts';
import { speeds } from '../../../src/app/shell/speeds.ts';
import { plotsWith } from '../../../src/app/ui/series-columns.ts';
import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { editScene } from '../../../src/scene/edit-scene.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { instrumentIds } from '../../../src/scene/view-words.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { checkPlots } from '../../../src/worker/check-plots.ts';
import { describeWorld } from '../../../src/worker/describe-world.ts';
import { measuredColumns, Recorder } from '../../../src/worker/series-sampler.ts';

const read = (name: string) => JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8'));
const names = readdirSync('scenes').map((file) => file.replace('.json', ''));
const problemsOf = (act: () => unknown): readonly string[] => {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    return error.problems;
  }
};
const withView = (view: unknown, name = 'meadow') => problemsOf(() => parseScene({ ...read(name), view }, 'scene'));

it.each(names)('%s says what it shows; its plots are measured and each is drawn', (name) => {
  const scene = parseScene(read(name), name);
  const world = createSimulation({ ...scene }, '7');
  const { columns } = new Recorder(world);
  checkPlots(scene, columns, name);
  expect(measuredColumns(world)).toEqual(columns);
  const text = describeWorld(world, columns, '7', 1);
  expect(text.view).toEqual(scene.view);
  expect(text.view.shows?.length).toBeGreaterThan(20);
  const { plots = [] } = text.view;
  const own = plots.filter((measure) => !measure.startsWith('landscape window/'));
  expect(plotsWith(text, plots).plots).toHaveLength(own.length);
  world.dispose();
});

it('names the instruments and the speeds of the page', () => {
  expect(instruments.map(({ id }) => id)).toEqual(instrumentIds);
  expect(speeds.map(({ label }) => label)).toEqual(['×1', '×2', '×4', '×8', '×16', 'max']);
  expect(speeds.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '0']);
});

describe('a view that its world lacks', () => {
  it.each([
    [
      { colour: 'trait:diet.friut' },
      "scene: view.colour: 'trait:diet.friut' is not a colour of this world; did you mean 'trait:diet.fruit'?",
    ],
    [
      { colour: 'fitness' },
      /^scene: view\.colour: 'fitness' is not a colour of this world; known: lineage, species, energy, age, /,
    ],
    [{ range: [2, 1] }, 'scene: view.range: must rise (got 2 and 1); give the lower value first'],
    [{ bodies: { fan: 'dispaly' } }, /^scene: view\.bodies\.fan: 'dispaly' is not a trait of this world; /],
    [{ bodies: { wings: 'display' } }, "scene: view.bodies: unknown key 'wings'; known: build, head, fan, bands"],
    [{ instrument: 'landscape' }, "scene: view.instrument: 'landscape' needs a habitat of kind landscape; give another one"],
    [{ instrument: 'trees' }, /^scene: view\.instrument: 'trees' is not allowed here; give one of 'mechanisms', /],
    [{ camera: { x: 5000 } }, 'scene: view.camera.x: 5000 is outside of the world; give at most 768'],
    [{ speed: 4 }, /^scene: view\.speed: 4 is not allowed here; give one of 'x1', /],
  ])('%j is refused in one line', (view, line) => {
    const [problem, ...rest] = withView(view);
    if (typeof line === 'string') expect(problem).toBe(line);
    else expect(problem).toMatch(line);
    expect(rest).toEqual([]);
  });

  it('names a measure that no probe has, and what was meant', () => {
    const scene = parseScene(
      { ...read('meadow'), view: { plots: ['census/foragers.population', 'census/foragers.intak'] } },
      'scene',
    );
    const world = createSimulation(scene, '7');
    expect(problemsOf(() => checkPlots(scene, new Recorder(world).columns, 'scene'))).toEqual([
      "scene: view.plots[1]: 'census/foragers.intak' is not measured in this world; did you mean 'census/foragers.intake'?",
    ]);
    world.dispose();
  });
});

it('changes nothing in the world: the same hash with and without it', () => {
  const { view, ...rest } = read('peacocks');
  expect(view).toBeDefined();
  const hashes = [{ ...rest, view }, rest].map((json) => {
    const world = createSimulation(parseScene(json, 'peacocks'), '3');
    for (let tick = 0; tick < 20; tick++) world.step();
    const hash = world.hash();
    world.dispose();
    return hash;
  });
  expect(hashes[0]).toBe(hashes[1]);
});

it('is edited field by field, also in a scene that has none', () => {
  const { view: _, ...rest } = read('meadow');
  const edited = editScene(JSON.stringify(rest), [{ path: 'view.colour', value: 'age' }]);
  expect(JSON.parse(edited).view).toEqual({ colour: 'age' });
  expect(problemsOf(() => editScene(JSON.stringify(rest), [{ path: 'view.colour', value: 'agge' }]))).toEqual([
    "view.colour: 'agge' is not a colour of this world; did you mean 'age'?",
  ]);
  const paths = describeParameters(parseScene(rest, 'scene')).filter(({ path }) => path.startsWith('view.'));
  expect(paths.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['view.colour', 'view.stopAt', 'view.legend.low', 'view.bodies.fan']),
  );
});
