import type { WorldText } from '../../worker/describe-world.ts';
import type { Control } from '../../worker/topics/parameters.ts';

/** Parameters that belong together, as the page lists them. */
export interface ControlGroup {
  readonly key: string;
  readonly title: string;
  readonly live: readonly Control[];
  /** Fixed when the world is made; shown, not changed. */
  readonly fixed: readonly Control[];
}

/** A mechanism of one population: its switch and its parameters. */
export interface MechanismGroup extends ControlGroup {
  readonly id: string;
  readonly on: Control | undefined;
}

export interface PopulationGroups {
  readonly name: string;
  readonly title: string;
  readonly mechanisms: readonly MechanismGroup[];
  readonly groups: readonly ControlGroup[];
}

const titles: Readonly<Record<string, string>> = {
  movement: 'Movement',
  energy: 'Energy budget',
  diet: 'Diet',
  bite: 'Bite',
  life: 'Life history',
  policy: 'Policy',
  traits: 'Traits',
  '': 'Population',
  grass: 'Grass',
  fruit: 'Fruit',
  kinds: 'Kinds of fruit',
  carrion: 'Carrion',
  cue: 'Cue',
  climate: 'Climate',
  forms: 'Form',
  annealing: 'Annealing',
  fixation: 'Fixation',
  training: 'Training',
  start: 'Start',
  genome: 'Genome',
};

/** What the groups need to know of a world: its names and headings. */
export interface NamedWorld extends Pick<WorldText, 'settings'> {
  readonly populations: readonly Pick<WorldText['populations'][number], 'name' | 'title'>[];
  readonly mechanisms: readonly Pick<WorldText['mechanisms'][number], 'id' | 'title'>[];
}

/** Sorts the controls of a world by population and subject, in the order of the schema. */
export function groupControls(
  controls: readonly Control[],
  world: NamedWorld,
): { populations: PopulationGroups[]; ground: ControlGroup[] } {
  const within = (prefix: string) =>
    controls
      .filter(({ path }) => path.startsWith(prefix))
      .map((control) => ({ control, rest: control.path.slice(prefix.length) }));
  const populations = world.populations.map(({ name, title }) => {
    const own = within(`populations.${name}.`);
    const mechanisms = own.filter(({ rest }) => rest.startsWith('mechanisms.'));
    const ids = [...new Set(mechanisms.map(({ rest }) => rest.split('.')[1]))];
    return {
      name,
      title,
      mechanisms: ids.map((id) => {
        const of = mechanisms.filter(({ rest }) => rest.split('.')[1] === id);
        const text = world.mechanisms.find((mechanism) => mechanism.id === id);
        const on = of.find(({ rest }) => rest === `mechanisms.${id}.on`)?.control;
        const others = of.map(({ control }) => control).filter((control) => control !== on);
        return { id, on, ...group(`${name}.mechanisms.${id}`, text?.title ?? id, others) };
      }),
      groups: bySubject(
        name,
        own.filter(({ rest }) => !rest.startsWith('mechanisms.')),
      ),
    };
  });
  return {
    populations,
    ground: bySubject('habitat', ofForm(within('habitat.')), world.settings.rest),
  };
}

/** The models to which groups of parameters of a landscape belong. */
const modelOf: Readonly<Record<string, string>> = {
  annealing: 'annealing',
  fixation: 'fixation',
  training: 'population-based-training',
};

/** Of a landscape's forms only the present one is listed, and of the models' parameters only those of the present one. */
function ofForm(entries: readonly { control: Control; rest: string }[]): { control: Control; rest: string }[] {
  const chosen = (name: string) => String(entries.find(({ rest }) => rest === name)?.control.value);
  const [form, model] = [chosen('form'), chosen('model')];
  return entries.filter(({ rest }) => {
    const [first, second] = rest.split('.');
    if (first === 'forms') return second === form;
    const of = second === undefined ? undefined : modelOf[first];
    return of === undefined || of === model;
  });
}

function bySubject(key: string, entries: readonly { control: Control; rest: string }[], plain?: string): ControlGroup[] {
  const subject = (rest: string) => (rest.includes('.') ? rest.slice(0, rest.indexOf('.')) : '');
  const subjects = [...new Set(entries.map(({ rest }) => subject(rest)))];
  return subjects
    .map((name) => {
      const of = entries.filter(({ rest }) => subject(rest) === name).map(({ control }) => control);
      return group(`${key}.${name}`, name === '' && plain ? plain : (titles[name] ?? name), of);
    })
    .sort((a, b) => Number(b.live.length > 0) - Number(a.live.length > 0));
}

function group(key: string, title: string, controls: readonly Control[]): ControlGroup {
  const shown = controls.filter(({ kind }) => kind !== 'group');
  return { key, title, live: shown.filter(({ live }) => live), fixed: shown.filter(({ live }) => !live) };
}
