// Entry of the kernel: only what is exported here is callable from TypeScript.
export { bite, digest, takeBites } from './bite';
export { deriveKeys, drawByWeight, drawLots } from './descent';
export { firstNonFinite, firstNonFinite64 } from './finite';
export { forward } from './forward';
export { sortByCell } from './grid';
export { addDemand, listEaters, regrow, senseGround, shareFood, takeFood, wantFood } from './ground';
export { hashBytes } from './hash';
export { bernoulliHead, copyUnits, heads, remember, senseAge, senseColumn } from './heads';
export { copyGenomes, expressDiploid, flagByChance, formGametes, mutate } from './inherit';
export { squaredDistances } from './landscape';
export { imitationScores, learn, policyScores } from './learn';
export { metabolise } from './metabolise';
export { move } from './move';
export { compareNearest, likenessOfNearest, nearestBySector } from './nearest';
export { measureReward } from './reward';
export { clearRows, collectFlagged, compactRows, permuteRows } from './rows';
export { mutateAll, mutateSparse, shuffleLoci } from './sparse';
export * from './testing';
