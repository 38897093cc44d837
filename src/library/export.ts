// `upslope/export`: records of runs, and the tables that they are written to.

export * from '../export/index.ts';
