import { describe, expect, it } from 'vitest';
import { longestPainting, mostPainted, readPainting, writePainting } from '../../../src/habitat/plane/painting.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { withHabitat } from '../scene/small-scene.ts';
import { makeWorld, smallWorld } from './worlds.ts';

const painted = (text: string) => ({ pattern: 'painted', painting: text });

describe('a painting', () => {
  it('comes back from its text as it was, and the text is as short as its runs', () => {
    const levels = Uint8Array.from({ length: 48 }, (_, i) => (i < 20 ? 0 : i % 11));
    const text = writePainting({ columns: 8, rows: 6, levels });
    expect(text.startsWith('8x6:20a')).toBe(true);
    expect(readPainting(text)).toEqual({ columns: 8, rows: 6, levels });
    const motley = Uint8Array.from({ length: mostPainted }, (_, i) => i % 11);
    expect(writePainting({ columns: 256, rows: 256, levels: motley }).length).toBeLessThanOrEqual(longestPainting);
  });

  it.each([
    ['', 'needs a painting'],
    ['64:a', "begins with its size, as '64x64:'"],
    ['0x8:', '0 by 8 are 0 cells; give 1 to 65536'],
    ['257x256:65792a', '257 by 256 are 65792 cells'],
    ['2x2:3a', 'has 3 of its 4 cells; give the others too'],
    ['2x2:5a', 'has more than its 2 by 2 cells; remove some'],
    ['2x2:2a!2b', "'!2b' at character 7 is not a run of cells"],
    ['2x2:2az', "'z' at character 7 is not a run of cells"],
    ['2x2:4a7', "'7' at character 7 is not a run of cells"],
  ])('%j is refused in one line', (text, words) => {
    const scene = withHabitat({ grass: painted(text) });
    expect(() => parseScene(scene, 'small.json')).toThrow(`small.json: habitat.grass.painting: ${words}`.split(': ').at(-1));
    expect(() => parseScene(scene, 'small.json')).toThrow('habitat.grass.painting');
  });

  it('is what grows, stretched over the ground, and a barrier has none of it', () => {
    const scene = smallWorld({
      habitat: {
        ...{ width: 96, height: 64, barriers: [{ x: 0, y: 0, width: 8, height: 8 }] },
        grass: { capacity: 2, ...painted('2x2:kafa') },
      },
    });
    const simulation = makeWorld(scene, 'painted') as PlaneSimulation;
    const { columns, rows } = simulation.ground;
    const values = simulation.ground.values();
    const at = (column: number, row: number) => values[4 * (row * columns + column)];
    expect([columns, rows]).toEqual([24, 16]);
    expect([at(5, 1), at(11, 7), at(12, 0), at(0, 8), at(23, 15)]).toEqual([2, 2, 0, 1, 0]);
    expect(at(0, 0)).toBe(0);
    const twin = simulationFromSnapshot(simulation.snapshot());
    for (const one of [simulation, twin]) one.step(5);
    expect(twin.hash()).toBe(simulation.hash());
    // A world of another painting has another shape of ground.
    const other = makeWorld(smallWorld({ habitat: { width: 96, height: 64, grass: painted('1x1:k') } }), 'painted');
    expect(() => other.restore(simulation.snapshot())).toThrow('it belongs to another world');
    for (const one of [simulation, twin, other]) one.dispose();
  });
});
