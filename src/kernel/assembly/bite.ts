import { F32, Flag, I32 } from './arguments';
import { QUANTUM } from './quantum';

/** Shortest difference along an axis of a torus. */
// @ts-ignore: decorator
@inline
function around(d: f32, size: f32, torus: i32): f32 {
  if (!torus) return d;
  const half = size * 0.5;
  return d > half ? d - size : d < -half ? d + size : d;
}

/**
 * First pass of biting: each biter that has not bitten yet and whose nearest target ahead is still within reach tears at
 * it. `targets`: i32[4] a row (lane 0: ahead). `torn`: f32 a row, what it tore (0: nothing); `victim`: i32 a row.
 * Damage is summed in the victim's column `damage`, in whole multiples of 2^-14, so that order does not matter.
 */
export function bite(
  count: i32,
  x: F32,
  y: F32,
  biting: F32,
  size: F32,
  targets: I32, // [4] a row
  targetX: F32, // [?]
  targetY: F32, // [?]
  targetSize: F32, // [?]
  targetDamage: F32, // [?]
  torus: Flag,
  width: f32,
  height: f32,
  reach: f32,
  strength: f32,
  torn: F32,
  victim: I32,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(torn + at, 0);
    // 1: bites; 0: does not; 2: has already bitten an organism of another population in this tick.
    if (load<f32>(biting + at) != 1) continue;
    const j = load<i32>(targets + (<usize>i << 4));
    if (j < 0) continue;
    const to = <usize>j << 2;
    const dx = around(load<f32>(targetX + to) - load<f32>(x + at), width, torus);
    const dy = around(load<f32>(targetY + to) - load<f32>(y + at), height, torus);
    if (dx * dx + dy * dy > reach * reach) continue;
    const damage: f32 = Mathf.floor(((strength * load<f32>(size + at)) / load<f32>(targetSize + to)) * QUANTUM) / QUANTUM;
    store<f32>(torn + at, damage);
    store<i32>(victim + at, j);
    // One bite a tick: targets in later populations are not bitten by an organism that has already bitten.
    store<f32>(biting + at, 2);
    store<f32>(targetDamage + to, load<f32>(targetDamage + to) + damage);
  }
}

/**
 * Second pass: what the victim really had is shared among its biters in proportion to what each tore. `torn` becomes
 * what is gained. No energy changes yet: a victim that is itself a biter must look the same to all its biters.
 */
export function takeBites(
  count: i32,
  torn: F32,
  victim: I32,
  victimEnergy: F32, // [?]
  victimDamage: F32, // [?]
  gain: f32,
  storage: F32,
  energy: F32,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const damage = load<f32>(torn + at);
    if (damage == 0) continue;
    const to = <usize>load<i32>(victim + at) << 2;
    const had = max<f32>(load<f32>(victimEnergy + to), 0);
    const part = min<f32>(1, had / load<f32>(victimDamage + to));
    const room = max<f32>(load<f32>(storage + at) - load<f32>(energy + at), 0);
    store<f32>(torn + at, min<f32>(damage * part * gain, room));
  }
}

/** Third pass: adds the gains to energy and intake. */
export function digest(
  count: i32,
  gained: F32,
  energy: F32,
  intake: F32,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const got = load<f32>(gained + at);
    store<f32>(energy + at, load<f32>(energy + at) + got);
    store<f32>(intake + at, load<f32>(intake + at) + got);
  }
}
