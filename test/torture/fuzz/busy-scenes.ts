const often = {
  census: { every: 10 },
  fossils: { every: 10, sample: 1 },
  species: { every: 5, sample: 30, distance: 0.5 },
};
const habitat = { kind: 'plane', width: 64, height: 64, grass: { capacity: 4, regrowth: 0.02, cover: 1, pattern: 'uniform' } };
const life = { span: 60, maturity: 8 };

/** Small worlds whose runs hold everything that a run can hold, within 40 ticks. */
export const busyScenes: readonly Record<string, unknown>[] = [
  {
    ...{ version: 1, name: 'grazers', title: 'Grazers', ticks: 60, habitat, record: often },
    populations: {
      grazers: { founders: 24, capacity: 100, policy: { hidden: 2 }, life, mechanisms: { mutation: { on: true } } },
    },
  },
  {
    ...{ version: 1, name: 'two', title: 'Two', ticks: 60, habitat, record: { ...often, census: { every: 10, genomes: true } } },
    populations: {
      mates: {
        ...{ founders: 30, capacity: 90, genome: { ploidy: 2 }, policy: { hidden: 2 }, life },
        mechanisms: {
          mutation: { on: true },
          'sexual-reproduction': { on: true, reach: 12 },
          recombination: { on: true, chromosomes: 2 },
          transfer: { on: true, rate: 0.05 },
        },
      },
      others: { founders: 12, capacity: 60, policy: { hidden: 2 }, life, mechanisms: { mutation: { on: true } } },
    },
  },
  {
    ...{ version: 1, name: 'hill', title: 'Hill', ticks: 60, record: often },
    habitat: { kind: 'landscape', form: 'bowl', dimensions: 3, model: 'wright-fisher' },
    populations: {
      climbers: {
        founders: 20,
        mechanisms: {
          mutation: { on: true },
          recombination: { on: true },
          'sexual-reproduction': { on: true },
          transfer: { on: true },
        },
      },
    },
  },
];
