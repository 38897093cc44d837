import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plotsOf } from '../../../src/app/ui/series-columns.ts';
import { type Catalogue, standard } from '../../../src/simulation/catalogue.ts';
import { populationProbe } from '../../../src/simulation/probes.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';
import { describeWorld } from '../../../src/worker/describe-world.ts';
import { Recorder } from '../../../src/worker/series-sampler.ts';

/** The plots of a bundled scene, and its columns. */
function open(name: string, catalogue: Catalogue = standard) {
  const scene = catalogue.parseScene(JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8')), name);
  const simulation = catalogue.createSimulation(scene, '7');
  const { columns } = new Recorder(simulation);
  const world = describeWorld(simulation, columns, '7', 1);
  const probes = probesOf(simulation);
  simulation.dispose();
  return { world, sections: plotsOf(world), probed: columns.filter(({ probe }) => probes.some(({ id }) => id === probe)) };
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
  const elders = populationProbe({ id: 'elders', title: 'Elders', description: 'How old they get.', columns }, () => ({
    sample: () => [1],
  }));
  const whole = [{ name: 'weather', title: 'Weather', unit: 'degrees' }];
  const weather = {
    ...{ id: 'weather', title: 'Weather', description: 'Of the world as a whole.', columns: whole },
    start: () => ({ columns: whole, sample: () => [20] }),
  };
  const { world, sections } = open('meadow', standard.with({ name: 'ours', version: '1', probes: [elders, weather] }));
  const found = sections.filter(({ probe: { id } }) => id === 'elders' || id === 'weather');
  expect(found.map(({ probe }) => probe.title)).toEqual(['Elders', 'Weather']);
  const [own, both] = found.map(({ plots }) => plots);
  expect(own).toMatchObject([{ title: 'Age of the oldest', unit: 'ticks', lines: [{ title: world.populations[0].title }] }]);
  expect(both).toMatchObject([{ title: 'Weather', unit: 'degrees', lines: [{ name: 'weather', title: 'Weather' }] }]);
});
