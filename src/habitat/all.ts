// The standard habitats, a line each. Which come first in documents and schema is said in standard.ts.
export { landscapeHabitat } from './landscape/landscape-habitat.ts';
export { patchesHabitat } from './patches/patches-habitat.ts';
export { planeHabitat } from './plane/plane-habitat.ts';
