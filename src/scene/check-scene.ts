import type { Report } from '../habitat/habitat.ts';
import { vocabularyIn } from '../habitat/vocabulary.ts';
import { showPath } from '../parameter/show.ts';
import { checkMechanisms } from './check-mechanisms.ts';
import type { Scene } from './schema.ts';
import { checkView } from './view.ts';
import { habitatOf, vocabularyOf } from './vocabulary-of.ts';

/**
 * Everything that a schema cannot express about a scene: conditions between its values.
 * @param running true if the world exists already, so that conditions on founders no longer matter
 * @returns one line a problem: path, what is wrong, what is allowed.
 */
export function checkScene(scene: Scene, running = false): string[] {
  const problems: string[] = [];
  const report: Report = (path, text) => problems.push(`${showPath(path)}: ${text}`);
  for (const [name, { genome }] of Object.entries(scene.populations)) {
    if (genome.ploidy === 1 && genome.dominance !== 0.5)
      report(
        ['populations', name, 'genome', 'dominance'],
        'haploids have one copy of each locus; give ploidy 2 or leave dominance out',
      );
  }
  const habitat = habitatOf(scene);
  const vocabulary = vocabularyIn(habitat, vocabularyOf(scene));
  habitat.check(scene, running, report, vocabulary);
  checkMechanisms(scene, report, vocabulary);
  // Which traits a world has is known only of a scene without faults, as it is at tick 0.
  if (problems.length === 0 && !running) checkView(scene, report);
  return problems;
}
