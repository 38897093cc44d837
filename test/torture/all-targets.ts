import type { CaseTarget } from './cases/target.ts';
import { fuzzTargets } from './fuzz/targets.ts';
import { switchTargets } from './switch/targets.ts';

/** Everything whose cases threads can perform. */
export const allTargets: readonly CaseTarget[] = [...fuzzTargets, ...switchTargets];
