import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import type { GenomeRows } from './genetic-covariance.ts';

/**
 * Makes `generations` generations and visits the organisms when selection acts in each: after transfer within life and before
 * parents are drawn. To find that moment it intercepts the landscape's `meet`. The genomes are valid during the call only.
 * @throws {RangeError} for models other than wright-fisher
 */
export function atSelection(simulation: LandscapeSimulation, generations: number, look: (genomes: GenomeRows) => void): void {
  const { model } = simulation.scene.habitat;
  if (model !== 'wright-fisher') throw new RangeError(`atSelection: model ${model}; give wright-fisher`);
  const { landscape } = simulation.habitat;
  const [{ dimensions }] = simulation.populations;
  const meet = landscape.meet;
  landscape.meet = (genomes, rows, stride, time) => {
    meet.call(landscape, genomes, rows, stride, time);
    look({ values: genomes, count: rows, stride, dimensions });
  };
  try {
    simulation.step(generations);
  } finally {
    landscape.meet = meet;
  }
}
