import { landscapeForms } from '../habitat/landscape/forms.ts';
import type { Measure } from '../mechanisms/mechanism.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Population } from '../population/population.ts';
import { isEverEnabled } from '../scene/carry-loci.ts';
import { onLandscape } from './kinds.ts';
import type { Probe, Simulation } from './types.ts';

/** The source of a measure: its parameters in a world, and whether that source is in use there. */
interface Source {
  readonly measure: Measure;
  parametersIn(population: Population, simulation: Simulation): object | undefined;
  enabledIn(population: Population, simulation: Simulation): boolean;
}

const ofMechanisms = (mechanisms: MechanismSet): Source[] =>
  mechanisms.all().flatMap(({ id, measures = [] }) =>
    measures.map((measure) => ({
      measure,
      parametersIn: ({ parameters }) => parameters.mechanisms[id],
      enabledIn: ({ name }, { initialScene }) => isEverEnabled(initialScene, name, id),
    })),
  );

const ofForms = (): Source[] =>
  landscapeForms().flatMap(({ id, measures = [] }) =>
    measures.map((measure) => ({
      measure,
      parametersIn: (_, world) => (onLandscape(world) ? world.scene.habitat.forms[id] : undefined),
      enabledIn: (_, world) => onLandscape(world) && world.scene.habitat.form === id,
    })),
  );

/** The probe of all measures that name no other. */
const usual = {
  id: 'mechanisms',
  title: 'Mechanisms',
  description:
    'What mechanisms keep of organisms and make of their genomes: skill, transposons, drivers, alleles of a needle, values acquired within life.',
};

/** Probes for what mechanisms and landscapes measure, one for each name that they use. */
export function measureProbes(mechanisms: MechanismSet): readonly Probe[] {
  const groups = new Map<string, { readonly text: NonNullable<Measure['probe']>; readonly sources: Source[] }>();
  for (const source of [...ofMechanisms(mechanisms), ...ofForms()]) {
    const text = source.measure.probe ?? usual;
    const group = groups.get(text.id) ?? { text, sources: [] as Source[] };
    groups.set(text.id, group);
    group.sources.push(source);
  }
  return [...groups.values()].map(({ text, sources }) => probeOf(text, sources));
}

function probeOf(text: NonNullable<Measure['probe']>, sources: readonly Source[]): Probe {
  const applies = ({ measure, parametersIn, enabledIn }: Source, population: Population, simulation: Simulation): boolean => {
    const parameters = parametersIn(population, simulation);
    const enabled = enabledIn(population, simulation);
    if (parameters === undefined) return false;
    return measure.appliesTo ? measure.appliesTo(population, parameters, enabled) : enabled;
  };
  return {
    ...text,
    columns: sources.flatMap(({ measure }) => measure.columns),
    appliesTo: (simulation) =>
      simulation.populations.some((population) => sources.some((source) => applies(source, population, simulation))),
    start(simulation) {
      const chosen = simulation.populations.flatMap((population) =>
        sources.filter((source) => applies(source, population, simulation)).map((source) => ({ population, source })),
      );
      return {
        columns: chosen.flatMap(({ population, source }) =>
          source.measure.columns.map((column) => ({ ...column, name: `${population.name}.${column.name}` })),
        ),
        sample: (now) =>
          chosen.flatMap(({ population, source: { measure, parametersIn } }) =>
            measure.sample(population, parametersIn(population, now) ?? {}),
          ),
      };
    },
  };
}
