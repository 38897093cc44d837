import { mechanismGroups } from '../../../mechanisms/mechanism.ts';
import { nearest } from '../../../parameter/nearest.ts';
import type { MechanismText } from '../../../worker/describe-world.ts';
import type { MechanismGroup } from '../../ui/group-controls.ts';

/** A mechanism of a population, with its texts. */
export interface ListedMechanism {
  readonly id: string;
  readonly controls: MechanismGroup;
  readonly text: MechanismText | undefined;
}

/** Mechanisms in the order in which the panel lists them. */
export interface ArrangedMechanisms {
  /** Those that the scene is about; of a search, all that were found. */
  readonly first: readonly ListedMechanism[];
  /** The others, by what they are about. */
  readonly groups: readonly { readonly id: string; readonly title: string; readonly mechanisms: readonly ListedMechanism[] }[];
  /** Of a search that found none: the term that was probably meant. */
  readonly meant?: string;
}

/** Words that a search may have meant: titles, and their single words. */
const termsOf = (all: readonly ListedMechanism[]): string[] => {
  const titles = all.map(({ controls }) => controls.title.toLowerCase());
  return [...new Set([...titles, ...titles.flatMap((title) => title.split(' '))])];
};

/**
 * Lists the mechanisms of a population: those that the scene is about first, the others by group.
 * @param about ids of those that the scene is about
 * @param search if it has words, all mechanisms whose texts have all of them come first, and no others
 */
export function arrangeMechanisms(
  mechanisms: readonly MechanismGroup[],
  texts: readonly MechanismText[],
  about: readonly string[],
  search = '',
): ArrangedMechanisms {
  const all = mechanisms.map((controls) => ({ id: controls.id, controls, text: texts.find(({ id }) => id === controls.id) }));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    const found = all.filter(({ id, controls, text }) => {
      const { title } = controls;
      const parameters = [...controls.live, ...controls.fixed].map((one) => one.title).join(' ');
      const said = `${id} ${title} ${text?.summary ?? ''} ${text?.lookFor ?? ''} ${parameters}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
    const meant = found.length > 0 ? undefined : nearest(search.trim(), termsOf(all));
    return { first: found, groups: [], ...(meant === undefined ? {} : { meant }) };
  }
  const rest = all.filter(({ id }) => !about.includes(id));
  const groups = Object.entries(mechanismGroups).map(([group, title]) => ({
    id: group,
    title,
    mechanisms: rest.filter(({ text }) => (text?.group ?? 'life') === group),
  }));
  return {
    first: all.filter(({ id }) => about.includes(id)),
    groups: groups.filter((group) => group.mechanisms.length > 0),
  };
}
