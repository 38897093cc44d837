import json from '../../scenes/baldwin.json';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

/** Shares of right, wrong and open alleles of all loci of all who live, after so many generations. */
export function baldwinShares(learning: boolean, seed: string, generations: number) {
  const simulation = createSimulation(parseScene(json, 'baldwin'), seed);
  if (!learning) simulation.set('populations.learners.mechanisms.trial-learning.on', false);
  simulation.step(generations);
  const [{ table, count, layout }] = simulation.populations;
  const genome = table.f32('genome');
  let [right, wrong] = [0, 0];
  const loci = 20;
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < loci; k++) {
      const locus = genome[row * layout.stride + k];
      if (locus > 0.5) right++;
      else if (locus < -0.5) wrong++;
    }
  }
  simulation.dispose();
  const all = count * loci;
  return { right: right / all, wrong: wrong / all, open: 1 - (right + wrong) / all };
}
