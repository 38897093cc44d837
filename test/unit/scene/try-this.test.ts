import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';

const names = readdirSync('scenes').map((file) => file.replace('.json', ''));

it.each(names)('what %s says to try can be done in it, all at once and one after another', (name) => {
  const scene = parseScene(JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8')), name);
  if (scene.tryThis.length === 0) return;
  const simulation = createSimulation(scene, 'try');
  simulation.step(3);
  for (const { set } of scene.tryThis) {
    for (const { path, value } of set) expect(() => simulation.set(path, value)).not.toThrow();
    simulation.step(2);
  }
  simulation.dispose();
});
