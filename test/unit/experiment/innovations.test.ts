import { expect, it } from 'vitest';
import { descendantLines, keyInnovations } from '../../../src/analysis/tree/key-innovations.ts';
import type { Tree } from '../../../src/analysis/tree/tree.ts';
import { innovationsOfRun } from '../../../src/experiment/stats/innovations-of-run.ts';
import type { History } from '../../../src/export/history.ts';
import { namedStream } from '../../../src/math/streams.ts';

/**
 * One species that lives from tick 0 to 1,000 and splits every 20 ticks, its trait growing by 0.01 a tick; each other species begins with the mean that it has then and a
 * change of its own. Early ones have more descendants.
 */
function drifting() {
  const stream = namedStream('1', 'drifting');
  const [parent, origin, change]: [number[], number[], number[]] = [[-1], [0], [0]];
  for (let k = 1; k <= 40; k++) {
    const at = parent.push(0) - 1;
    origin.push(20 * k);
    change.push(stream.normal());
    for (let child = 0; child < (40 - k) / 8; child++) {
      parent.push(at);
      origin.push(20 * k + 1 + child);
      change.push(stream.normal());
    }
  }
  const [species, birthTick, deathTick, trait]: [number[], number[], number[], number[]] = [[], [], [], []];
  const own: number[] = [];
  for (const [node, from] of origin.entries()) {
    const start = node === 0 ? 0 : own[parent[node]] + (parent[node] === 0 ? 0.01 * from : 0) + change[node];
    own.push(start);
    // Three organisms at a time, each for 10 ticks.
    for (let tick = from; tick < (node === 0 ? 1000 : from + 60); tick += 10) {
      for (const off of [-0.5, 0, 0.5]) {
        species.push(100 + node);
        birthTick.push(tick);
        deathTick.push(tick + 10);
        trait.push(start + off + (node === 0 ? 0.01 * tick : 0));
      }
    }
  }
  const tree = {
    count: parent.length,
    parent: Int32Array.from(parent),
    origin: Float64Array.from(origin),
    id: Float64Array.from(parent, (_, node) => 100 + node),
  } as unknown as Tree;
  const organisms = {
    species: Float64Array.from(species),
    birthTick: Float64Array.from(birthTick),
    deathTick: Float64Array.from(deathTick),
  };
  return { tree, history: { organisms } as unknown as History, trait: Float64Array.from(trait), change };
}

it('a change is that at the split: what an ancestor drifts in its life is in none of them', () => {
  const { tree, history, trait, change } = drifting();
  const members = Int32Array.from(trait.keys());
  const place = { population: 'a', from: 0, to: 1000, kind: 'population', group: '' } as const;
  const rows = innovationsOfRun(
    history,
    tree,
    { ids: ['t'], columns: [Float32Array.from(trait)] },
    members,
    place,
    namedStream('1', 'deals'),
  );
  const descendants = descendantLines(tree).slice(1);
  const [expected] = keyInnovations([change.slice(1)], descendants, namedStream('1', 'deals'));
  const [rho, p] = rows;
  expect(rho.statistic).toBe('key_innovation');
  expect(rho.value).toBeCloseTo(expected.correlation, 6);
  expect(p.value).toBeCloseTo(expected.p, 6);
  expect(Math.abs(expected.correlation)).toBeLessThan(0.3);
});
