// What a tick was worth to organisms that learn, and how large their step is: float64 as in TypeScript, operation by operation.

import { F32, F32OrNone, Begin, I32 } from './arguments';
import { exp1 } from './elementary';

const LN2: f64 = 0.6931471805599453;

/** The largest of `count` inputs in a row. */
// @ts-ignore: decorator
@inline
function largest(at: usize, count: i32): f64 {
  let most = load<f32>(at);
  const end = at + (<usize>count << 2);
  for (let i = at + 4; i < end; i += 4) {
    const value = load<f32>(i);
    if (value > most) most = value;
  }
  return <f64>most;
}

/**
 * Reward of the tick of every row, the sum over signals of the gene times the signal; the usual reward, which moves a share `baseline` of
 * the way to it; decay of the trace and step of learning, alpha (r - usual), alpha = rate 2^(-age halving / 1000). Columns of one f32 a
 * row; `damage`, `novelty`, `cue`, `company`, `taste` and `ofPain` are 0 if there is no such signal. Pain is the energy that food cost, as a share of appetite. `cue` and `company` are the addresses of the first of
 * their inputs in row 0.
 */
export function measureReward(
  count: i32,
  tick: i32,
  baseline: f64,
  ofEnergy: F32,
  intake: F32,
  appetite: F32,
  ofDamage: F32,
  damage: F32OrNone,
  storage: F32,
  ofNovelty: F32,
  novelty: F32OrNone,
  inputStride: i32,
  ofCue: F32,
  cue: F32OrNone, // [?]
  cues: i32,
  ofSocial: F32,
  company: F32OrNone, // [?]
  companies: i32,
  ofTaste: F32OrNone,
  taste: F32OrNone,
  ofPain: F32OrNone,
  rate: F32,
  trace: F32,
  halving: F32,
  birthTick: I32,
  reward: F32,
  usual: F32,
  decay: F32,
  step: F32,
  begin: Begin, // count: 20 ns
): void {
  for (let row = begin; row < count; row++) {
    const at = <usize>row << 2;
    const wanted = <f64>load<f32>(appetite + at);
    let r: f64 = wanted > 0 ? <f64>load<f32>(ofEnergy + at) * (<f64>load<f32>(intake + at) / wanted) : 0;
    if (damage) r += <f64>load<f32>(ofDamage + at) * (<f64>load<f32>(damage + at) / <f64>load<f32>(storage + at));
    if (novelty) r += <f64>load<f32>(ofNovelty + at) * <f64>load<f32>(novelty + at);
    if (cue) r += <f64>load<f32>(ofCue + at) * largest(cue + <usize>row * <usize>inputStride, cues);
    if (company) r += <f64>load<f32>(ofSocial + at) * largest(company + <usize>row * <usize>inputStride, companies);
    if (taste) r += <f64>load<f32>(ofTaste + at) * <f64>load<f32>(taste + at);
    if (ofPain && wanted > 0) {
      const lost = -<f64>load<f32>(intake + at);
      if (lost > 0) r += <f64>load<f32>(ofPain + at) * (lost / wanted);
    }
    store<f32>(reward + at, <f32>r);
    const before = <f64>load<f32>(usual + at);
    const beyond = <f64>load<f32>(reward + at) - before;
    store<f32>(usual + at, <f32>(before + baseline * beyond));
    store<f32>(decay + at, load<f32>(trace + at));
    const halvings = (<f64>load<f32>(halving + at) * <f64>(tick - load<i32>(birthTick + at))) / 1000;
    const share: f64 = halvings > 0 ? exp1(-LN2 * halvings) : 1;
    store<f32>(step + at, <f32>(<f64>load<f32>(rate + at) * beyond * share));
  }
}
