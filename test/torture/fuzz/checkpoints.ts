import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { call, testIo } from '../../unit/cli/test-io.ts';
import { tinyScene } from '../../unit/experiment/small-plan.ts';
import type { CaseTarget } from '../cases/target.ts';
import { callUpslope } from './call-upslope.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { joined, mutatePacked } from './packs.ts';

const ticks = 60;
const headBytes = 16;

/** The checkpoint with damage inside and a check sum that holds. */
function seal(head: Uint8Array, payload: Uint8Array): Uint8Array {
  const sealed = head.slice();
  new DataView(sealed.buffer).setUint32(8, crc32(payload), true);
  return joined([sealed, payload]);
}

export const checkpoints: CaseTarget = {
  name: 'checkpoints',
  title: 'checkpoints of runs that were stopped, resumed',
  extension: 'upslope',
  weight: 2,
  async prepare(place) {
    const [scene, stopped, work] = ['scene.json', 'stopped', 'work'].map((name) => join(place, name));
    writeFileSync(scene, JSON.stringify(tinyScene));
    const io = testIo();
    let breaths = 0;
    // Stopped half way: the files of a run in the making stay.
    const stopping = {
      ...io,
      breathe: async () => {
        if (++breaths === 3) io.stop('SIGINT');
      },
    };
    const { status } = await call(
      ['run', scene, '--seed', '7', '--ticks', String(ticks), '--every', '10', '--out', stopped],
      stopping,
    );
    if (status !== 130) throw new Error(`checkpoints: the run was not stopped (status ${status})`);
    const whole = new Uint8Array(readFileSync(join(stopped, 'checkpoint.upslope')));
    const [head, payload] = [whole.slice(0, headBytes), whole.slice(headBytes)];
    return {
      make: (random) =>
        random.chance(0.3)
          ? mutateBytes(random, whole)
          : seal(head, random.chance(0.8) ? mutatePacked(random, payload) : mutateBytes(random, payload)),
      async give(input) {
        rmSync(work, { recursive: true, force: true });
        cpSync(stopped, work, { recursive: true });
        writeFileSync(join(work, 'checkpoint.upslope'), input);
        return await callUpslope(['run', '--resume', '--ticks', String(ticks), '--out', work]);
      },
    };
  },
};
