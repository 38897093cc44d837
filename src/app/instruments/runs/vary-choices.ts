import type { Control } from '../../../worker/topics/parameters.ts';
import { groupControls, type NamedWorld } from '../../ui/group-controls.ts';

/** A parameter in which runs may differ. */
export interface VaryChoice {
  readonly control: Control;
  /** Full name: population or ground, group, parameter. */
  readonly name: string;
  /** Initial values, as in the field. */
  readonly suggestion: string;
}

/** Choices under one heading. */
export interface VaryGroup {
  readonly title: string;
  readonly choices: readonly VaryChoice[];
}

/** Parameters in which runs of a world may differ: the switches of mechanisms first, then all numbers, switches and words. */
export function varyChoices(controls: readonly Control[], world: NamedWorld): VaryGroup[] {
  const { populations, ground } = groupControls(controls, world);
  const of = (title: string) => (populations.length > 1 ? `${title}: ` : '');
  const switches = populations.flatMap(({ title, mechanisms }) =>
    mechanisms.flatMap((mechanism) => (mechanism.on ? [choice(mechanism.on, `${of(title)}${mechanism.title} on and off`)] : [])),
  );
  const groups = [
    ...populations.flatMap(({ title, mechanisms, groups }) =>
      [...mechanisms, ...groups].map((group) => ({ group, title: `${of(title)}${group.title}` })),
    ),
    ...ground.map((group) => ({ group, title: group.title })),
  ].map(({ group: { live, fixed }, title }) => ({
    title,
    choices: [...live, ...fixed].filter(canVary).map((control) => choice(control, nameIn(title, control.title))),
  }));
  return [{ title: 'Mechanisms on and off', choices: switches }, ...groups].filter(({ choices }) => choices.length > 0);
}

/** A parameter with its group before it, unless it already begins with that: Grass: regrowth. */
const nameIn = (group: string, title: string): string =>
  title.startsWith(`${group}:`) ? title : `${group}: ${title.toLowerCase()}`;

const canVary = ({ kind }: Control): boolean => kind === 'number' || kind === 'boolean' || kind === 'enum';

const choice = (control: Control, name: string): VaryChoice => ({ control, name, suggestion: suggestValues(control) });

/** For a number half of it, the number itself, and twice it, if these are allowed; otherwise every value. */
function suggestValues({ kind, value, options, minimum, maximum, integer }: Control): string {
  if (kind === 'boolean') return 'on, off';
  if (kind === 'enum') return (options ?? []).join(', ');
  const now = Number(value);
  const spread = now === 0 ? [0, maximum === undefined ? 1 : maximum / 10] : [now / 2, now, now * 2];
  const allowed = spread
    .map((one) => (integer ? Math.round(one) : Number(one.toPrecision(3))))
    .filter((one) => one >= (minimum ?? Number.NEGATIVE_INFINITY) && one <= (maximum ?? Number.POSITIVE_INFINITY));
  // The present value stays exact.
  return [...new Set(allowed.map((one, i) => (spread[i] === now && now !== 0 ? now : one)))].join(', ');
}
