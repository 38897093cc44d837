// The library: the same engine as in the page and on the command line. docs/extending.md shows how to add to it. Each part has an
// entry of its own too (`upslope/engine`, `upslope/analysis`, `upslope/export`); all of them share one copy of everything.

export * from './library/analysis.ts';
export * from './library/engine.ts';
export * from './library/export.ts';
