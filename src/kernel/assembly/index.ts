// Entry of the kernel: only what is exported here is callable from TypeScript.
export { forward } from './forward';
export { sortByCell } from './grid';
export { regrow, senseGround, shareFood, takeFood, wantFood } from './ground';
export { hashBytes } from './hash';
export { bernoulliHead, copyUnits, heads, remember, senseAge, senseColumn } from './heads';
export { copyGenomes, mutate } from './inherit';
export { bite, collectFlagged, compactRows, digest, metabolise, move, permuteRows, takeBites } from './life';
export { compareNearest, likenessOfNearest, nearestBySector } from './nearest';
export * from './testing';
