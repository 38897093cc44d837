import { nearest, suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import type { PopulationScene } from '../../population/embodied-population.ts';
import { type Trait, traits } from '../../population/traits.ts';
import { carriedTraitsOf } from '../carried-traits.ts';
import { checkCarries } from '../check-carries.ts';
import type { Report } from '../habitat.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { hasOpenGround } from './open-ground.ts';
import { readPainting } from './painting.ts';
import type { PlaneSceneParts } from './plane-world.ts';

/** Ground cells that one world may have: 49 bytes each, 822 MB of ground at most. */
const mostCells = 16_777_216;

/** Names that may come from extensions are listed in full, because they are documented nowhere else. */
function unknown(what: string, id: string, known: readonly string[]): string {
  const meant = nearest(id, known);
  return `unknown ${what} '${showText(id)}'; ${meant === undefined ? '' : `did you mean '${meant}'? `}known: ${known.join(', ')}`;
}

function checkHabitat({ habitat }: PlaneSceneParts, report: Report, vocabulary: Vocabulary): void {
  const { width, height, cell } = habitat;
  for (const side of ['width', 'height'] as const) {
    if (habitat[side] % cell !== 0) {
      const below = habitat[side] - (habitat[side] % cell);
      const near = below >= 64 ? `${below} or ${below + cell}` : `${below + cell}`;
      report(['habitat', side], `${habitat[side]} is not a whole number of cells of ${cell}; give ${near}, for example`);
    }
  }
  const cells = Math.ceil(width / cell) * Math.ceil(height / cell);
  if (cells > mostCells) {
    report(['habitat', 'cell'], `${cell} makes ${cells} cells of ground; at most ${mostCells}: give larger cells or less ground`);
  }
  if (2 * habitat.reach > Math.min(width, height)) {
    report(
      ['habitat', 'reach'],
      `${habitat.reach} is more than half of the shorter side; give at most ${Math.min(width, height) / 2}`,
    );
  }
  const patterns = vocabulary.patterns.map((pattern) => pattern.id);
  for (const food of ['grass', 'fruit'] as const) {
    const { pattern } = habitat[food];
    if (!patterns.includes(pattern)) report(['habitat', food, 'pattern'], unknown('pattern', pattern, patterns));
    checkPainting(habitat[food], food, report);
  }
  for (const [index, barrier] of habitat.barriers.entries()) {
    if (barrier.x >= width || barrier.y >= height) {
      report(['habitat', 'barriers', index], `is outside the world of ${width} by ${height} lengths; move it inside`);
    }
  }
  if (!hasOpenGround(habitat)) report(['habitat', 'barriers'], 'they leave no open ground; leave some cells free');
}

function checkPainting({ pattern, painting }: PlaneSceneParts['habitat']['grass'], food: string, report: Report): void {
  const where = ['habitat', food, 'painting'];
  if (painting === '') {
    if (pattern === 'painted') report(where, `the pattern 'painted' needs a painting; give one, or another pattern`);
    return;
  }
  try {
    readPainting(painting);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(where, error.message);
  }
}

function checkSenses(population: PopulationScene, path: readonly string[], report: Report, known: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, id] of population.senses.entries()) {
    const where = [...path, 'senses', index];
    if (!known.includes(id)) {
      report(where, unknown('sense', id, known));
    } else if (seen.has(id)) report(where, `sense '${id}' is listed twice; remove one`);
    seen.add(id);
  }
  const { memory } = population.policy;
  if (memory > 0 && !seen.has('memory')) {
    report([...path, 'policy', 'memory'], `${memory} memory units need the sense 'memory'; add it to senses or give 0`);
  }
  if (memory === 0 && seen.has('memory')) {
    report([...path, 'policy', 'memory'], `the sense 'memory' needs memory units; give 1 to 8 or leave the sense out`);
  }
}

/**
 * Refuses ranges of traits that mean nothing, and loci that are asked for twice.
 * @param optional traits that genomes may carry in this habitat
 */
export function checkTraits(
  optional: readonly Trait[],
  population: PopulationScene,
  carried: readonly Trait[],
  path: readonly string[],
  report: Report,
): void {
  const { genome } = population;
  checkCarries(genome.carries, path, report);
  for (const trait of [...traits, ...optional]) {
    const given = population.traits[trait.id];
    if (!given) continue;
    if (optional.includes(trait) && !carried.includes(trait)) {
      report(
        [...path, 'traits', trait.id],
        `genomes carry no locus '${trait.id}'; add it to genome.carries or leave the range out`,
      );
    }
    const { minimum, maximum, founder } = { ...trait, ...given };
    const where = [...path, 'traits', trait.id];
    const [lowest, highest] = trait.limits;
    if (minimum < lowest || maximum > highest) {
      report(where, `the range ${minimum} to ${maximum} exceeds what the trait allows; give one within ${lowest} to ${highest}`);
    }
    if (minimum >= maximum) report(where, `the lowest value ${minimum} is not below the highest, ${maximum}; give a wider range`);
    else if (founder <= minimum || founder >= maximum) {
      report(where, `the founder median ${founder} is not between ${minimum} and ${maximum}; give one strictly between`);
    }
  }
}

/** Conditions between values of a scene in the plane, which its schema cannot express. */
export function checkPlane(scene: PlaneSceneParts, running: boolean, report: Report, vocabulary: Vocabulary): void {
  const { mechanisms } = vocabulary;
  const senses = vocabulary.senses.map(({ id }) => id);
  checkHabitat(scene, report, vocabulary);
  const names = Object.keys(scene.populations);
  const carried = carriedTraitsOf(scene.populations, mechanisms);
  if (names.length < 1 || names.length > 4) {
    report(['populations'], `${names.length} populations; give one to four`);
  }
  for (const name of names) {
    const population = scene.populations[name];
    const path = ['populations', name];
    checkSenses(population, path, report, senses);
    checkTraits(mechanisms.optionalTraits(), population, carried, path, report);
    for (const [index, target] of population.bite.targets.entries()) {
      const where = [...path, 'bite', 'targets', index];
      if (!names.includes(target)) {
        report(where, `there is no population '${showText(target)}'; ${suggest(target, names)}`);
      } else if (population.bite.targets.indexOf(target) < index) report(where, `'${target}' is listed twice; remove one`);
    }
    if (!running && population.founders > population.capacity) {
      report(
        [...path, 'founders'],
        `${population.founders} are more than the capacity, ${population.capacity}; give fewer or raise it`,
      );
    }
  }
}
