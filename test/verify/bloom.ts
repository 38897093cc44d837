import scene from '../../scenes/bloom.json';
import { floatsNamed } from '../../src/ecs/table.ts';
import { copyGenomes } from '../../src/population/implant.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { contest } from './contest.ts';
import { summarise } from './summary.ts';
import { tabulate, type Verification } from './verification.ts';

const contestTicks = 2000;

/** Numbers in the lean time before, in abundance, and after it; spread of diets as a first look at radiation. */
export const bloom: Verification = {
  name: 'bloom',
  title: 'Bloom: numbers and spread of diets before (tick 5,000), in (13,000) and after abundance (20,000)',
  scenes: ['bloom'],
  measure(seed) {
    const simulation = createSimulation(parseScene(scene, 'bloom'), String(seed));
    const [population] = simulation.populations;
    const spread = () => {
      const values = population.table.f32(floatsNamed('diet.fruit')).subarray(0, population.count);
      const mean = values.reduce((sum, value) => sum + value, 0) / population.count;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / population.count);
    };
    // In the order of ids: rows are put into other orders for speed, and the drawing must not depend on that.
    const genomes = () => {
      const id = population.table.f64('id');
      return copyGenomes(
        population,
        Array.from({ length: population.count }, (_, row) => row).sort((a, b) => id[a] - id[b]),
      );
    };
    simulation.step(5000);
    const before = { living: population.count, diet: spread(), genomes: genomes() };
    simulation.step(8000);
    const bloomed = { living: population.count, diet: spread(), genomes: genomes() };
    simulation.step(7000);
    const after = genomes();
    // The world as it was at the start, frozen for the whole contest: fitness there, of each time against the previous one.
    const frozen = (evolved: Float32Array, others: Float32Array) =>
      contest(parseScene(scene, 'bloom'), `${seed}/contest`, evolved, contestTicks, others);
    const result = {
      before: before.living,
      bloomed: bloomed.living,
      after: population.count,
      dietBefore: before.diet,
      dietBloomed: bloomed.diet,
      dietAfter: spread(),
      riseInBurst: frozen(bloomed.genomes, before.genomes).share,
      riseAfter: frozen(after, bloomed.genomes).share,
    };
    simulation.dispose();
    return result;
  },
  judge(results) {
    const lines = tabulate(
      [
        { key: 'before', title: 'living 5k', digits: 0 },
        { key: 'bloomed', title: '13k', digits: 0 },
        { key: 'after', title: '20k', digits: 0 },
        { key: 'dietBefore', title: 'diet s.d. 5k', digits: 3 },
        { key: 'dietBloomed', title: '13k', digits: 3 },
        { key: 'dietAfter', title: '20k', digits: 3 },
        { key: 'riseInBurst', title: '13k against 5k', digits: 3 },
        { key: 'riseAfter', title: '20k against 13k', digits: 3 },
      ],
      results,
    );
    const most = Math.ceil(0.8 * results.length);
    const claims: readonly [string, (result: Record<string, number>) => boolean][] = [
      ['numbers more than triple in abundance', (r) => r.bloomed > 3 * r.before],
      ['numbers fall when it ends, and organisms survive', (r) => r.after > 0 && r.after < r.bloomed],
      ['diets are more diverse at the end of abundance than before', (r) => r.dietBloomed > r.dietBefore],
      ['genomes of tick 13,000 beat those of tick 5,000 in the frozen starting world', (r) => r.riseInBurst > 0.5],
      ['diets are more diverse after the burst (20,000) than before (5,000)', (r) => r.dietAfter > r.dietBefore],
      ['diets are less diverse at tick 20,000 than at the end of abundance', (r) => r.dietAfter < r.dietBloomed],
    ];
    const counts = claims.map(([, holds]) => results.filter(holds).length);
    claims.forEach(([claim], i) => lines.push(`${claim}: ${counts[i]} of ${results.length} seeds`));
    return { lines, holds: counts.every((count) => count >= most) };
  },
  found: {
    scene: 'bloom',
    text(results) {
      const { seeds, both, range, count } = summarise(results);
      return (
        `${seeds}: ${range('before', 0)} live at tick 5,000, ${range('bloomed', 0)} in abundance at tick 13,000 and ${range('after', 0)} at tick 20,000. ` +
        `The standard deviation of diets is ${both('dietBefore', 2)} at tick 5,000, ${both('dietBloomed', 2)} at 13,000 (larger in ` +
        `${count((r) => r.dietBloomed > r.dietBefore)} seeds; standard errors in brackets) and ${both('dietAfter', 2)} at 20,000 (smaller than in abundance in ` +
        `${count((r) => r.dietAfter < r.dietBloomed)}). In the frozen starting world, genomes of tick 13,000 against as many of tick 5,000 leave ` +
        `${range('riseInBurst', 2)} of the descendants (over half in ${count((r) => r.riseInBurst > 0.5)}), and those of tick 20,000 against those of tick 13,000 ` +
        `${range('riseAfter', 2)} (over half in ${count((r) => r.riseAfter > 0.5)}). Not shown: whether fitness would have risen as much without abundance, or whether it rises less in abundance than after it.`
      );
    },
  },
};
