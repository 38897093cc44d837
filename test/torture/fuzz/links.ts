import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { checkSchedule } from '../../../src/scene/set-path.ts';
import { decodeShare, longestLink } from '../../../src/scene/share.ts';
import { Run } from '../../../src/worker/live-run.ts';
import { LinkError, packLink, unpackLink } from '../../../src/worker/pack-link.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import { checkFinite } from '../check-world.ts';
import type { Random } from '../random.ts';
import { type Json, mutateJson } from './mutate-json.ts';
import { allowedValue, type BaseScene, baseScenes } from './mutate-scene.ts';
import { mutateText } from './mutate-text.ts';
import { isSmall, orSceneError } from './run-briefly.ts';

/** What stands in a link: a scene in full or by name, a seed, a tick, changes. */
function shareOf(random: Random, { scene, text, knobs }: BaseScene): { [key: string]: Json } {
  const c = Array.from({ length: random.below(5) }, (): Json => {
    const knob = random.pick(knobs);
    return [random.below(6), knob.keys.join('.'), allowedValue(random, knob) ?? null];
  });
  return { v: 1, s: random.chance(0.5) ? scene.name : (JSON.parse(text) as Json), r: '7', t: random.below(100), c };
}

/** Opens a link as the page does and lets its run go on for some ticks. */
function openLink(packed: string, bases: readonly BaseScene[]): void {
  const { scene, seed, changes, parsed } = decodeShare(unpackLink(packed, longestLink));
  const known = parsed ?? bases.find((base) => base.scene.name === scene)?.scene;
  if (!known) throw new SceneError('link: the scene does not come with this page');
  if (parsed) parseScene(scene, 'link');
  const problems = checkSchedule(known, [...changes]);
  if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
  if (!isSmall(known)) return;
  orSceneError(() => {
    const run = Run.found(known, seed, changes);
    try {
      for (let tick = 0; tick < 4; tick++) if (run.step()) checkFinite(run.world);
    } finally {
      run.dispose();
    }
  });
}

export const links: CaseTarget = {
  name: 'links',
  title: 'links that carry a run: the packed text, and what is in it',
  extension: 'txt',
  weight: 25,
  prepare() {
    const bases = baseScenes();
    return {
      make(random) {
        const share = shareOf(random, random.pick(bases));
        const kind = random.below(10);
        if (kind < 5) return bytesOf(mutateText(random, packLink(JSON.stringify(share))));
        const inside =
          kind === 9 ? mutateText(random, JSON.stringify(share)) : kind === 5 ? JSON.stringify(share) : mutateJson(random, share);
        return bytesOf(packLink(inside));
      },
      give: (input) => orRefused([SceneError, LinkError], () => openLink(textOf(input), bases)),
    };
  },
};
