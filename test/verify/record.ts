import scene from '../../scenes/meadow.json';
import { LifeRecord } from '../../src/record/life-record.ts';
import { markNeeded } from '../../src/record/mark-needed.ts';
import { flag } from '../../src/record/row-chunk.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Verification } from './verification.ts';

const ticks = 200_000;
const every = 20_000;
const times = Array.from({ length: ticks / every }, (_, i) => (i + 1) * every);

/** Memory of the pruned record of a long run: all of it, and without what fossils and censuses hold. */
export const record: Verification = {
  name: 'record',
  title: 'Record: memory of the pruned record of meadow over 200,000 ticks',
  scenes: ['meadow'],
  mostSeeds: 2,
  measure(seed) {
    const simulation = createSimulation(parseScene(scene, 'meadow'), String(seed));
    const watcher = new LifeRecord(simulation);
    simulation.observe(watcher);
    const result: Record<string, number> = {};
    for (const tick of times) {
      simulation.step(tick - simulation.tick);
      const { individuals } = watcher;
      const needed = markNeeded(individuals, flag.held, Number.NEGATIVE_INFINITY).reduce((sum, one) => sum + one, 0);
      result[`living ${tick}`] = simulation.populations[0].count;
      result[`kept ${tick}`] = individuals.kept;
      result[`forFossils ${tick}`] = individuals.kept - needed;
      result[`record ${tick}`] = individuals.bytesInUse / 1e6;
      result[`all ${tick}`] = watcher.bytes / 1e6;
    }
    watcher.dispose();
    simulation.dispose();
    return result;
  },
  judge(results) {
    const lines: string[] = [];
    for (const [i, result] of results.entries()) {
      lines.push(
        `seed ${i + 1}`,
        '    tick    living  individuals  for fossils  lines and genomes    with fossils, ledgers, census',
      );
      for (const tick of times) {
        const cells = [
          String(tick).padStart(8),
          String(result[`living ${tick}`]).padStart(8),
          String(result[`kept ${tick}`]).padStart(11),
          String(result[`forFossils ${tick}`]).padStart(11),
          `${result[`record ${tick}`].toFixed(1)} MB`.padStart(17),
          `${result[`all ${tick}`].toFixed(1)} MB`.padStart(17),
        ];
        lines.push(cells.join('  '));
      }
    }
    const growth = results.map((result) => result[`record ${ticks}`] / result[`record ${ticks / 2}`]);
    lines.push(`lines and genomes at tick ${ticks} over those at ${ticks / 2}: ${growth.map((g) => g.toFixed(2)).join(', ')}`);
    return { lines, holds: growth.every((g) => g <= 1.2) };
  },
};
