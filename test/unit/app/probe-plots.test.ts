import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plotsOf } from '../../../src/app/ui/series-columns.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { allProbes, populationProbe, registerProbe } from '../../../src/simulation/probes.ts';
import { describeWorld } from '../../../src/worker/describe-world.ts';
import { Recorder } from '../../../src/worker/series-sampler.ts';

/** The plots of a bundled scene, and its columns. */
function open(name: string) {
  const simulation = createSimulation(parseScene(JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8')), name), '7');
  const { columns } = new Recorder(simulation);
  const world = describeWorld(simulation, columns, '7', 1);
  simulation.dispose();
  return { world, sections: plotsOf(world), probed: columns.filter(({ probe }) => allProbes().some(({ id }) => id === probe)) };
}

it.each(['meadow', 'arms-race', 'baldwin', 'islands', 'annealing'])(
  'every column of every probe of %s is in a plot, once',
  (name) => {
    const { sections, probed } = open(name);
    expect(sections.length).toBeGreaterThan(1);
    const drawn = sections.flatMap(({ columns, plots }) => {
      for (const { title, lines } of plots) {
        expect(title).not.toBe('');
        for (const { mean, variance = 0 } of lines) expect(Math.max(mean, variance)).toBeLessThan(columns.length);
      }
      return columns;
    });
    expect(drawn).toHaveLength(new Set(drawn).size);
    expect(drawn).toHaveLength(probed.length);
  },
);

it('draws a line for every population, and a band where there is a variance', () => {
  const { world, sections } = open('arms-race');
  const plot = (probe: string, key: string) =>
    sections.find(({ probe: { id } }) => id === probe)?.plots.find((one) => one.key === key);
  expect(plot('census', 'population')?.lines.map(({ title }) => title)).toEqual(world.populations.map(({ title }) => title));
  const size = plot('traits', 'body.size.mean');
  expect(size?.title).toBe('Mean body size');
  expect(size?.lines.every(({ variance }) => variance !== undefined)).toBe(true);
});

it('a probe from outside has plots by its title and unit, with nothing said of it on the page', () => {
  const columns = [{ name: 'oldest', title: 'Age of the oldest', unit: 'ticks' }];
  registerProbe(
    populationProbe({ id: 'elders', title: 'Elders', description: 'How old they get.', columns }, () => ({ sample: () => [1] })),
  );
  const whole = [{ name: 'weather', title: 'Weather', unit: 'degrees' }];
  registerProbe({
    ...{ id: 'weather', title: 'Weather', description: 'Of the world as a whole.', columns: whole },
    start: () => ({ columns: whole, sample: () => [20] }),
  });
  const { world, sections } = open('meadow');
  const found = sections.filter(({ probe: { id } }) => id === 'elders' || id === 'weather');
  expect(found.map(({ probe }) => probe.title)).toEqual(['Elders', 'Weather']);
  const [elders, weather] = found.map(({ plots }) => plots);
  expect(elders).toMatchObject([{ title: 'Age of the oldest', unit: 'ticks', lines: [{ title: world.populations[0].title }] }]);
  expect(weather).toMatchObject([{ title: 'Weather', unit: 'degrees', lines: [{ name: 'weather', title: 'Weather' }] }]);
});
