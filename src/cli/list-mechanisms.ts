import { landscapeForms } from '../habitat/landscape/forms.ts';
import { mechanismGroups } from '../mechanisms/mechanism.ts';
import { showValue } from '../parameter/show.ts';
import { capabilities } from '../population/capabilities.ts';
import { describeAllowed } from '../scene/allowed.ts';
import { readSchema } from '../scene/schema-node.ts';
import type { Catalogue } from '../simulation/catalogue.ts';
import type { CommandModule } from './command.ts';

/** `upslope mechanisms`: all that a scene can name. */
function listMechanisms(catalogue: Catalogue): string {
  const { mechanisms, patterns, habitats, probes } = catalogue;
  return [
    ...section(
      'Mechanisms (populations.NAME.mechanisms.ID.on=true switches one on)',
      mechanisms.all().map((mechanism) => ({
        id: mechanism.id,
        lines: [
          `${mechanism.title}. ${mechanism.summary}`,
          `Look for: ${mechanism.lookFor}`,
          `About: ${mechanismGroups[mechanism.group ?? 'life'].toLowerCase()}`,
          ...(mechanism.needs === undefined ? [] : [`Needs: ${mechanism.needs.map((need) => capabilities[need]).join(', ')}`]),
          `Source: ${mechanism.source}`,
          ...describeParameters(mechanisms.parametersOf(mechanism)),
        ],
      })),
    ),
    ...section(
      'Habitats (habitat.kind)',
      habitats.map(({ kind, title, description, populations }) => ({
        id: kind,
        lines: [`${title}. ${description}`, populations.description],
      })),
    ),
    ...habitats.flatMap(({ kind, senses }) =>
      senses ? section(`Senses in the habitat ${kind} (populations.NAME.senses)`, senses(catalogue).map(describe)) : [],
    ),
    ...section('Patterns of ground (habitat.grass.pattern, habitat.fruit.pattern)', patterns.map(describe)),
    ...section(
      'Landscapes (habitat.form; their parameters are under habitat.forms.ID)',
      landscapeForms().map(({ id, title, summary, source, parameters }) => ({
        id,
        lines: [`${title}. ${summary}`, `Source: ${source}`, ...describeParameters(parameters)],
      })),
    ),
    ...section(
      'Probes (probes.parquet)',
      probes.map((probe) => ({
        id: probe.id,
        lines: [
          ...describe(probe).lines,
          ...(probe.needs === undefined ? [] : [`Needs: ${probe.needs.map((need) => capabilities[need]).join(', ')}`]),
          ...(probe.habitats === undefined ? [] : [`Habitats: ${probe.habitats.join(', ')}`]),
          `Measures: ${probe.columns.map(({ name }) => name).join(', ')}`,
        ],
      })),
    ),
  ].join('\n');
}

interface Entry {
  readonly id: string;
  readonly lines: readonly string[];
}

const describe = ({ id, title, description }: { id: string; title: string; description: string }): Entry => ({
  id,
  lines: [`${title}. ${description}`],
});

function section(heading: string, entries: readonly Entry[]): string[] {
  return [heading, '', ...entries.flatMap(({ id, lines }) => [`  ${id}`, ...lines.map((line) => `    ${line}`)]), ''];
}

function describeParameters(parameters: Parameters<typeof readSchema>[0]): string[] {
  const node = readSchema(parameters);
  if (node.kind !== 'object') return [];
  return Object.entries(node.shape).map(([name, schema]) => {
    const field = readSchema(schema);
    return `${name}=${showValue(field.fallback)}  ${field.text?.title ?? name}: ${describeAllowed(field)}. ${field.text?.description ?? ''}`;
  });
}

/** `upslope mechanisms`. */
export const command: CommandModule = {
  reads: 'worlds',
  describe: (command, io) => command.action(() => io.out(listMechanisms(io.catalogue))),
};
