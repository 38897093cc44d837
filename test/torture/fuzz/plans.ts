import { nodeFiles } from '../../../src/cli/files.ts';
import { loadScene } from '../../../src/cli/scenes.ts';
import { UserError } from '../../../src/cli/user-error.ts';
import { expandPlan } from '../../../src/experiment/expand-plan.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import { readPlanText } from '../../../src/experiment/plan.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { smallPlan } from '../../unit/experiment/small-plan.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import type { Random } from '../random.ts';
import { type Json, mutateTree, writeJson } from './mutate-json.ts';
import { allowedValue, type BaseScene, baseScenes } from './mutate-scene.ts';
import { mutateText } from './mutate-text.ts';
import { isSmall, orSceneError } from './run-briefly.ts';

/** Ticks of the one run that is made of an accepted plan. */
const ticks = 4;

/** A plan over a scene that varies and changes parameters which it has. */
export function planOf(random: Random, { text, knobs }: BaseScene): { [key: string]: Json } {
  const setting = () => {
    const knob = random.pick(knobs);
    return { path: knob.keys.join('.'), value: allowedValue(random, knob) ?? null };
  };
  const vary = Object.fromEntries(
    Array.from({ length: random.below(3) }, () => {
      const { path, value } = setting();
      const other = setting().value;
      return [random.chance(0.3) ? `${random.below(6)}:${path}` : path, [value, other]];
    }),
  );
  return {
    ...(structuredClone(smallPlan) as unknown as { [key: string]: Json }),
    scene: JSON.parse(text) as Json,
    set: Object.fromEntries(Array.from({ length: random.below(3) }, setting).map(({ path, value }) => [path, value])),
    vary,
    changes: Array.from({ length: random.below(3) }, () => ({ at: random.below(8), ...setting() })),
    ticks: random.pick([5, 10, 100]),
    keep: random.chance(0.3) ? ['organisms', 'species'] : [],
  };
}

export const plans: CaseTarget = {
  name: 'plans',
  title: 'plan files of sweeps and comparisons',
  extension: 'json',
  weight: 3,
  prepare() {
    const bases = baseScenes();
    return {
      make(random) {
        const plan = random.chance(0.2)
          ? (structuredClone(smallPlan) as unknown as { [key: string]: Json })
          : planOf(random, random.pick(bases));
        const kind = random.below(10);
        const written = writeJson(
          kind < 3 ? plan : mutateTree(random, plan, [JSON.parse(random.pick(bases).text) as Json, '1..4', [1, 2]]),
        );
        return bytesOf(kind === 9 ? mutateText(random, written) : written);
      },
      give: (input) =>
        orRefused([SceneError, UserError], () => {
          const sweep = expandPlan(
            readPlanText(textOf(input), 'plan.json'),
            (name) => loadScene({ files: nodeFiles, catalogue: standard }, name),
            'plan.json',
          );
          const [run] = sweep.runs;
          if (!isSmall(run.cell.scene)) return;
          orSceneError(() => performRun({ ...runTask(sweep, run), ticks: Math.min(run.cell.ticks, ticks) }));
        }),
    };
  },
};
