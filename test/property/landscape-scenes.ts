import fc from 'fast-check';
import { landscapeForms } from '../../src/habitat/landscape/forms.ts';
import { describeParameters } from '../../src/scene/describe-parameters.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { LandscapeScene } from '../../src/scene/schema.ts';
import { share, upTo, within } from './engine-scenes.ts';

const mechanisms = fc.record({
  mutation: fc.record({ on: fc.boolean(), rate: share, deviation: upTo(0.5) }),
  'sexual-reproduction': fc.record({ on: fc.boolean(), matingTypes: fc.constantFrom(1, 2) }),
  'mate-distance': fc.record({ on: fc.boolean(), distance: upTo(3) }),
  recombination: fc.record({ on: fc.boolean(), chromosomes: fc.integer({ min: 1, max: 5 }), length: upTo(4) }),
  transfer: fc.record({
    on: fc.boolean(),
    rate: fc.oneof(upTo(0.2), share),
    donors: fc.constantFrom('neighbours', 'anyone'),
    kind: fc.constantFrom('replacement', 'loci', 'loci', 'loci'),
    loci: fc.integer({ min: 1, max: 8 }),
  }),
});

const record = fc.record({
  pedigree: fc.record({ all: fc.boolean() }),
  census: fc.record({ every: fc.integer({ min: 1, max: 12 }), genomes: fc.boolean() }),
  fossils: fc.record({ every: fc.integer({ min: 1, max: 12 }), sample: fc.integer({ min: 0, max: 2 }) }),
  species: fc.record({ every: fc.integer({ min: 1, max: 12 }), sample: fc.constant(30), distance: upTo(1) }),
});

/** Scenes on every landscape, of every model, with every way of inheritance on or off. */
export const landscapeScenes: fc.Arbitrary<LandscapeScene> = fc
  .record({
    form: fc.constantFrom(...landscapeForms()),
    model: fc.constantFrom('wright-fisher', 'wright-fisher', 'moran', 'moran', 'annealing', 'fixation'),
    dimensions: fc.integer({ min: 1, max: 40 }),
    founders: fc.integer({ min: 2, max: 40 }),
    start: fc.record({ mean: within(-1, 1), deviation: share }),
    genome: fc.record({
      ploidy: fc.constantFrom(1, 2),
      carries: fc.uniqueArray(fc.constantFrom('mutation.scale', 'marker.1', 'marker.2', 'marker.3')),
    }),
    mechanisms,
    record,
  })
  .map(({ form, model, dimensions, founders, start, genome, mechanisms: chosen, record: kept }) => {
    const own = form.dimensionsOf !== undefined;
    // A rugged landscape has partners for each locus.
    const least = form.id === 'rugged' ? 4 : 1;
    const mutation = { ...chosen.mutation, evolvable: genome.carries.includes('mutation.scale') };
    const lone = model === 'annealing' || model === 'fixation';
    // Some of the dead have offspring, in one world of five.
    const revival = { on: !lone && founders % 5 === 0, share: 0.1, rate: 0.2, youngest: 2 };
    // One at a time has no mate.
    const sex = { ...chosen['sexual-reproduction'], on: chosen['sexual-reproduction'].on && !lone };
    return parseScene(
      {
        version: 1,
        name: 'random',
        title: 'Random',
        habitat: {
          kind: 'landscape',
          form: form.id,
          model,
          ...(own ? {} : { dimensions: Math.max(least, Math.min(dimensions, form.range?.[1] ?? dimensions)) }),
        },
        populations: {
          lineage: {
            founders: lone ? 1 : founders,
            start,
            genome: genome.ploidy === 2 && founders % 2 === 0 ? { ...genome, dominance: 0.3 } : genome,
            mechanisms: { ...chosen, 'sexual-reproduction': sex, mutation, revival },
          },
        },
        record: kept,
      },
      'random.json',
    ) as LandscapeScene;
  });

/** A change of a mechanism, or of what happens on the landscape, to any value that it allows by itself. */
export function landscapeChangesOf(scene: LandscapeScene): fc.Arbitrary<{ path: string; value: unknown }> {
  const live = describeParameters(scene).filter(
    ({ path, kind, live: changes }) =>
      changes && !path.startsWith('habitat.forms') && !path.startsWith('record') && ['boolean', 'number', 'enum'].includes(kind),
  );
  const switches = live.filter(({ path }) => path.endsWith('.on'));
  return fc
    .oneof(fc.constantFrom(...switches), fc.constantFrom(...live))
    .chain(({ path, kind, minimum, maximum, integer, options }) => {
      if (kind === 'boolean') return fc.boolean().map((value): { path: string; value: unknown } => ({ path, value }));
      if (kind === 'enum') return fc.constantFrom(...(options ?? [])).map((value) => ({ path, value }));
      const [from, to] = [minimum ?? 0, Math.min(maximum ?? 1, 50)];
      return (integer ? fc.integer({ min: from, max: Math.max(from, to) }) : within(from, to)).map((value) => ({ path, value }));
    });
}
