import { z } from 'zod';
import type { SenseText } from '../habitat/habitat.ts';
import { landscapeForms } from '../habitat/landscape/forms.ts';
import { landscapeHabitat } from '../habitat/landscape/landscape-habitat.ts';
import { planeHabitat } from '../habitat/plane/plane-habitat.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { type Trait, traits } from '../population/traits.ts';
import { acts } from './acts.ts';
import { describeParameters, type ParameterDescription } from './describe-parameters.ts';
import { parseScene } from './parse.ts';

/** A page of the reference. */
export interface ReferencePage {
  /** Name of the file, without a folder. */
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** What a probe says about itself; probes belong to the simulation, which scenes must not import. */
export interface ProbeText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly title: string; readonly unit: string }[];
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const code = (value: unknown) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const traitRow = (trait: Trait): string[] => [
  code(trait.id),
  `${trait.title}. ${trait.description}`,
  trait.unit,
  `${trait.minimum} to ${trait.maximum}`,
  String(trait.founder),
  String(trait.deviation),
];

const senseRow = ({ id, title, description }: SenseText): string[] => [code(id), `${title}. ${description}`];

function allowed({ kind, minimum, maximum, integer, options }: ParameterDescription): string {
  const bounds = maximum === undefined ? '' : `${minimum ?? 0} to ${maximum}`;
  switch (kind) {
    case 'number':
      return integer ? `${bounds}, whole` : bounds;
    case 'boolean':
      return 'true, false';
    case 'enum':
      return (options ?? []).join(', ');
    case 'list':
      return bounds === '' ? 'a list' : `a list of ${bounds}`;
    case 'text':
      return bounds === '' ? 'a text' : `a text of ${bounds} characters`;
    default:
      return 'an object';
  }
}

function parameterTable(parameters: readonly ParameterDescription[], prefix: string): string {
  return table(
    ['parameter', 'meaning', 'unit', 'allowed', 'default', 'while it runs'],
    parameters.map((parameter) => [
      code(parameter.path.slice(prefix.length)),
      `${parameter.title}. ${parameter.description}`,
      parameter.unit,
      allowed(parameter),
      parameter.default === undefined || parameter.default === '' ? '' : code(parameter.default),
      parameter.live ? 'changes' : 'fixed',
    ]),
  );
}

const generated = 'Written by `npm run build` from texts in the code.';
const page = (file: string, title: string, ...parts: readonly string[]): ReferencePage => ({
  file,
  title,
  text: `${[`# ${title}`, generated, ...parts].join('\n\n').trimEnd()}\n`,
});

/**
 * The reference of a catalogue, page by page, with the texts at the parameters' fields.
 * @param exports Markdown about the tables that a run writes
 */
export function referencePages(
  catalogue: Vocabulary & { readonly probes: readonly ProbeText[] },
  exports: string,
): readonly ReferencePage[] {
  const { mechanisms, senses, patterns, probes } = catalogue;
  const ofPlane = mechanisms.of(planeHabitat.gives);
  const name = 'population';
  const sceneIn = (kind: string, population: object) =>
    parseScene(
      { version: 1, name: 'reference', title: 'Reference', habitat: { kind }, populations: { [name]: population } },
      'reference',
      false,
      catalogue,
    );
  const parameters = describeParameters(sceneIn('plane', {}));
  const onLandscape = describeParameters(sceneIn('landscape', {}));
  const others = catalogue.habitats.filter(({ kind }) => kind !== planeHabitat.kind && kind !== landscapeHabitat.kind);
  const own = `populations.${name}.`;
  const mechanismPrefix = `${own}mechanisms.`;
  const within = (all: typeof parameters, prefix: string) => all.filter(({ path }) => path.startsWith(prefix));
  const under = (prefix: string) => within(parameters, prefix);
  const formPrefix = 'habitat.forms.';
  const ofPopulation = under(own).filter(({ path }) => !path.startsWith(mechanismPrefix) && !path.startsWith(`${own}traits.`));
  const ofScene = parameters.filter(({ path }) => !path.startsWith('populations.') && !path.startsWith('habitat.'));
  return [
    page(
      'parameters.md',
      'Parameters',
      'Paths name parameters in `--set`, in `changes` of a scene, and in a link. `NAME` is the name of a population. ' +
        'A parameter that is fixed shapes the world when it is made; the others may change while it runs.',
      '## Scene',
      parameterTable(ofScene, ''),
      '## Habitat',
      parameterTable(under('habitat.'), ''),
      '## Population',
      'Each path begins with `populations.NAME.`; those of mechanisms have their own page.',
      parameterTable(ofPopulation, own),
    ),
    page(
      'landscapes.md',
      'Landscapes',
      'A scene with `"habitat": {"kind": "landscape"}` takes place on a mathematical landscape: organisms consist of a genome alone, and log fitness is known with its gradient.',
      '## Habitat',
      parameterTable(
        within(onLandscape, 'habitat.').filter(({ path }) => !path.startsWith(formPrefix)),
        '',
      ),
      '## Population',
      'Each path begins with `populations.NAME.`; mechanisms are the same as in the plane.',
      parameterTable(
        within(onLandscape, own).filter(({ path }) => !path.startsWith(mechanismPrefix)),
        own,
      ),
      ...landscapeForms().flatMap(({ id, title, summary, source }) => [
        `## ${title} (\`${id}\`)`,
        `${summary}\n\n*Source.* ${source}`,
        parameterTable(within(onLandscape, `${formPrefix}${id}.`), formPrefix),
      ]),
    ),
    ...others.map(({ kind, title, description }) =>
      page(
        `${kind}.md`,
        title,
        `Scenes with \`"habitat": {"kind": "${kind}"}\`. ${description}`,
        '## Habitat',
        parameterTable(within(describeParameters(sceneIn(kind, {})), 'habitat.'), ''),
      ),
    ),
    page(
      'mechanisms.md',
      'Mechanisms',
      'Each is switched by `populations.NAME.mechanisms.ID.on`, for each population separately, also while the world runs.',
      ...mechanisms
        .all()
        .flatMap((mechanism) => [
          `## ${mechanism.title} (\`${mechanism.id}\`)`,
          `${mechanism.summary}\n\n*What to look for.* ${mechanism.lookFor}\n\n*Source.* ${mechanism.source}`,
          parameterTable(
            within(ofPlane.get(mechanism.id) ? parameters : onLandscape, `${mechanismPrefix}${mechanism.id}.`),
            `${mechanismPrefix}${mechanism.id}.`,
          ),
        ]),
    ),
    page(
      'acts.md',
      'Acts',
      'Edits by hand of a world in the plane: changes whose path is `acts.` and a name, at a tick, like those of parameters. A person makes them on the page; `--at`, `changes` of a scene, plans and links may hold them too. An edit that is impossible at its tick is skipped and reported.',
      ...Object.entries(acts).flatMap(([id, { description, schema }]) => [
        `## \`acts.${id}\``,
        description,
        table(
          ['field', 'meaning', 'usual'],
          Object.entries(schema.shape).map(([name, field]) => [
            code(name),
            String((field as z.ZodType).meta()?.description ?? ''),
            field instanceof z.ZodDefault ? code(JSON.stringify(field.def.defaultValue)) : '',
          ]),
        ),
      ]),
    ),
    page(
      'senses.md',
      'Senses',
      'A population observes the senses listed in `senses`, in that order.',
      table(['sense', 'meaning'], senses.map(senseRow)),
      ...others.flatMap(({ title, senses: own }) =>
        own ? [`## ${title}`, table(['sense', 'meaning'], own(catalogue).map(senseRow))] : [],
      ),
      '## Patterns of ground',
      table(
        ['pattern', 'meaning'],
        patterns.map((pattern) => [code(pattern.id), `${pattern.title}. ${pattern.description}`]),
      ),
    ),
    page(
      'traits.md',
      'Traits',
      'Each is one locus, expressed onto its range by a logistic curve, or an exponential one where the range spans orders of magnitude. A scene may change range, founder median and founder ' +
        'deviation: `populations.NAME.traits.ID.minimum`, `.maximum`, `.founder`, `.deviation`.',
      table(['trait', 'meaning', 'unit', 'range', 'founder median', 'founder deviation'], traits.map(traitRow)),
      '## Optional traits',
      'Genomes carry them if a mechanism that reads them is on when the world begins or is switched on by the scene, or if the scene lists them in `genome.carries`. Without its locus a trait is its founder median in all organisms.',
      table(
        ['trait', 'meaning', 'unit', 'range', 'founder median', 'founder deviation', 'read by'],
        ofPlane.optionalTraits().map((trait) => [
          ...traitRow(trait),
          ofPlane
            .all()
            .filter((mechanism) => mechanism.traits?.includes(trait))
            .map(({ id }) => code(id))
            .join(', '),
        ]),
      ),
    ),
    page(
      'probes.md',
      'Probes',
      'A probe gives a row of named numbers at a fixed interval of ticks; plots and tables come from probes.',
      ...probes.flatMap((probe) => [
        `## ${probe.title} (\`${probe.id}\`)`,
        probe.description,
        table(
          ['column', 'meaning', 'unit'],
          probe.columns.map((column) => [code(column.name), column.title, column.unit]),
        ),
      ]),
    ),
    page('exports.md', 'Exports', exports),
  ];
}
