import { nearest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { carriedTraitsOf } from '../carried-traits.ts';
import type { Report } from '../habitat.ts';
import { checkTraits } from '../plane/check-plane.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { PatchesSceneParts } from './patches-world.ts';
import { patchSenses } from './senses.ts';

/** Conditions between values of a scene on patches, which its schema cannot express. */
export function checkPatches(
  { habitat, populations }: PatchesSceneParts,
  running: boolean,
  report: Report,
  { mechanisms }: Vocabulary,
): void {
  const { graph, nodes, links } = habitat;
  const along = Math.round(Math.sqrt(nodes));
  if (graph === 'lattice' && along * along !== nodes) {
    report(['habitat', 'nodes'], `a lattice of ${nodes} patches is not square; give ${Math.max(4, along * along)}, for example`);
  }
  if (graph === 'given' && links.length === 0)
    report(['habitat', 'links'], 'the network has no links; list some, or choose another graph');
  if (graph !== 'given' && links.length > 0)
    report(['habitat', 'links'], `a ${graph} has its own links; use the graph 'given' or remove them`);
  for (const [index, { from, to }] of links.entries()) {
    const wrong = from >= nodes ? from : to >= nodes ? to : undefined;
    if (wrong !== undefined) report(['habitat', 'links', index], `there is no patch ${wrong}; patches are 0 to ${nodes - 1}`);
    if (from === to) report(['habitat', 'links', index], `it leads from patch ${from} to itself; remove it`);
  }
  const names = Object.keys(populations);
  const carried = carriedTraitsOf(populations, mechanisms);
  if (names.length < 1 || names.length > 4) report(['populations'], `${names.length} populations; give one to four`);
  for (const name of names) {
    const population = populations[name];
    const { founders, senses, policy } = population;
    const path = ['populations', name];
    const known = patchSenses.map(({ id }) => id);
    for (const [index, id] of senses.entries()) {
      const where = [...path, 'senses', index];
      if (!known.includes(id)) {
        const meant = nearest(id, known);
        report(
          where,
          `unknown sense '${showText(id)}'; ${meant === undefined ? '' : `did you mean '${meant}'? `}known: ${known.join(', ')}`,
        );
      } else if (senses.indexOf(id) < index) report(where, `sense '${id}' is listed twice; remove one`);
    }
    if (policy.memory > 0 !== senses.includes('memory')) {
      report(
        [...path, 'policy', 'memory'],
        `${policy.memory} memory units and the sense 'memory' need each other; give both or neither`,
      );
    }
    checkTraits(mechanisms.optionalTraits(), population, carried, path, report);
    if (!running && founders > population.capacity) {
      report([...path, 'founders'], `${founders} are more than the capacity, ${population.capacity}; give fewer or raise it`);
    }
    if (habitat.generations === 'separate' && nodes * habitat.size > population.capacity) {
      report(
        [...path, 'capacity'],
        `${nodes} patches of ${habitat.size} are more than the capacity, ${population.capacity}; raise it`,
      );
    }
  }
}
