import scene from '../../scenes/meadow.json';
import { copyGenomes } from '../../src/population/implant.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { contest } from './contest.ts';
import { summarise, summaryTable } from './summary.ts';
import { overSeeds, tabulate, type Verification } from './verification.ts';
import { watchCensus } from './watch-census.ts';

const evolution = 20_000;
const contestTicks = 2000;

const rows = [
  { key: 'share', title: 'share of the living that descend from evolved genomes', digits: 3 },
  { key: 'shadow', title: 'the same under the neutral shadow', digits: 3 },
  { key: 'livingEarly', title: 'living, ticks 0 to 1,000', digits: 0 },
  { key: 'livingMiddle', title: 'living, ticks 9,000 to 10,000', digits: 0 },
  { key: 'livingLate', title: 'living, ticks 19,000 to 20,000', digits: 0 },
  { key: 'intakeEarly', title: 'intake, ticks 0 to 1,000 (energy per organism and tick)', digits: 4 },
  { key: 'intakeMiddle', title: 'intake, ticks 9,000 to 10,000', digits: 4 },
  { key: 'intakeLate', title: 'intake, ticks 19,000 to 20,000', digits: 4 },
];

/** Foragers of tick 20,000 against founders in a fresh meadow, with the neutral shadow as the null. */
export const meadow: Verification = {
  name: 'meadow',
  title: `Meadow: genomes of tick ${evolution.toLocaleString('en')} against founders, ${contestTicks.toLocaleString('en')} ticks`,
  scenes: ['meadow'],
  measure(seed) {
    const parsed = parseScene(scene, 'meadow');
    const simulation = createSimulation(parsed, String(seed));
    const early = watchCensus(simulation, 1000);
    const middle = watchCensus(simulation, evolution / 2, 1000);
    const late = watchCensus(simulation, evolution, 1000);
    simulation.step(evolution);
    const [population] = simulation.populations;
    // In the order of ids: rows are put into other orders for speed, and the drawing must not depend on that.
    const id = population.table.f64('id');
    const rows = Array.from({ length: population.count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
    const evolved = copyGenomes(population, rows);
    simulation.dispose();
    const { share, shadow } = contest(parsed, `${seed}/contest`, evolved, contestTicks);
    return {
      share,
      shadow,
      livingEarly: early.living(),
      livingMiddle: middle.living(),
      livingLate: late.living(),
      intakeEarly: early.intake(),
      intakeMiddle: middle.intake(),
      intakeLate: late.intake(),
    };
  },
  judge(results) {
    const won = results.filter(({ share }) => share > 0.8).length;
    const shadow = overSeeds(results.map((result) => result.shadow));
    const z = (shadow.mean - 0.5) / shadow.standardError;
    const risen = results.filter((r) => r.livingLate > r.livingEarly && r.intakeLate > r.intakeEarly).length;
    const lines = tabulate(
      [
        { key: 'share', title: 'evolved', digits: 3 },
        { key: 'shadow', title: 'shadow', digits: 3 },
        { key: 'livingEarly', title: 'living 0-1k', digits: 0 },
        { key: 'livingMiddle', title: '9-10k', digits: 0 },
        { key: 'livingLate', title: '19-20k', digits: 0 },
        { key: 'intakeEarly', title: 'intake 0-1k', digits: 5 },
        { key: 'intakeMiddle', title: '9-10k', digits: 5 },
        { key: 'intakeLate', title: '19-20k', digits: 5 },
      ],
      results,
    );
    lines.push(
      `evolved genomes hold over 80 % in ${won} of ${results.length} seeds`,
      `neutral shadow: mean share ${shadow.mean.toFixed(4)}, standard error ${shadow.standardError.toFixed(4)}, z ${z.toFixed(2)} (expected 0.5)`,
      `population and intake per organism-tick higher in ticks 19,000-20,000 than in 0-1,000 in ${risen} of ${results.length} seeds`,
    );
    return { lines, holds: won >= Math.ceil(0.9 * results.length) && Math.abs(z) <= 4 && risen === results.length };
  },
  tables: (results) => ({ evolution: summaryTable(rows, results) }),
  found: {
    scene: 'meadow',
    text(results) {
      const { seeds, range, both, count } = summarise(results);
      return (
        `${seeds}: genomes of tick 20,000 against founders in a fresh meadow, half and half, hold a share of ${range('share', 3)} of the living after 2,000 ticks; under the neutral shadow ` +
        `${both('shadow', 3)}, standard error in brackets. ${range('livingEarly', 0)} live in the first thousand ticks, ${range('livingLate', 0)} in ticks 19,000 to 20,000. ` +
        `Intake per organism and tick is ${both('intakeEarly', 4)} in the first thousand ticks, ${both('intakeMiddle', 4)} in ticks 9,000 to 10,000 and ${both('intakeLate', 4)} in the last; ` +
        `it falls in the second half, while numbers grow, in ${count((r) => r.intakeLate < r.intakeMiddle && r.livingLate > r.livingMiddle)}. ` +
        'Not shown: whether evolved genomes of one time beat those of a time just before, or what part of the gain lies in policies.'
      );
    },
  },
};
