import { landscapeForms, makeLandscape } from '../habitat/landscape/forms.ts';
import { carriedTraitsOf } from '../habitat/plane/carried-traits.ts';
import { allPatterns } from '../habitat/plane/patterns.ts';
import { allSenses } from '../habitat/plane/senses.ts';
import { mechanisms } from '../mechanisms/index.ts';
import type { MechanismScene } from '../mechanisms/mechanism.ts';
import type { PopulationScene } from '../population/plane-population.ts';
import { type Trait, traits } from '../population/traits.ts';
import { nearest, suggest } from './nearest.ts';
import { hasOpenGround } from './open-ground.ts';
import { isPlaneScene, type LandscapeScene, type PlaneScene, type Scene } from './schema.ts';
import { showPath, showText } from './show.ts';

/** Ground cells that one world may have: 256 MB of ground at most. */
const mostCells = 4_194_304;

/** Collects lines `path: what is wrong; what is allowed`. */
type Report = (path: readonly (string | number)[], text: string) => void;

/** Names that may come from registries are told in full, for there is no other place to look them up. */
function unknown(what: string, id: string, known: readonly string[]): string {
  const meant = nearest(id, known);
  return `unknown ${what} '${showText(id)}'; ${meant === undefined ? '' : `did you mean '${meant}'? `}known: ${known.join(', ')}`;
}

function checkHabitat({ habitat }: PlaneScene, report: Report): void {
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
  const patterns = allPatterns().map((pattern) => pattern.id);
  for (const food of ['grass', 'fruit'] as const) {
    const { pattern } = habitat[food];
    if (!patterns.includes(pattern)) report(['habitat', food, 'pattern'], unknown('pattern', pattern, patterns));
  }
  for (const [index, barrier] of habitat.barriers.entries()) {
    if (barrier.x >= width || barrier.y >= height) {
      report(['habitat', 'barriers', index], `lies outside the world of ${width} by ${height} lengths; move it inside`);
    }
  }
  if (!hasOpenGround(habitat)) report(['habitat', 'barriers'], 'they leave no open ground; leave some cells free');
}

function checkSenses(population: PopulationScene, path: readonly string[], report: Report): void {
  const known = allSenses().map((sense) => sense.id);
  const seen = new Set<string>();
  for (const [index, id] of population.senses.entries()) {
    const where = [...path, 'senses', index];
    if (!known.includes(id)) {
      report(where, unknown('sense', id, known));
    } else if (seen.has(id)) report(where, `the sense '${id}' stands there twice; give it once`);
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

function checkTraits(population: PopulationScene, carried: readonly Trait[], path: readonly string[], report: Report): void {
  const { genome } = population;
  const optional = mechanisms.optionalTraits('plane');
  const twice = genome.carries.find((id, index) => genome.carries.indexOf(id) < index);
  if (twice !== undefined) report([...path, 'genome', 'carries'], `'${twice}' stands there twice; give it once`);
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
      report(where, `the range ${minimum} to ${maximum} leaves what the trait can mean; give one within ${lowest} to ${highest}`);
    }
    if (minimum >= maximum) report(where, `the lowest value ${minimum} is not below the highest, ${maximum}; give a wider range`);
    else if (founder <= minimum || founder >= maximum) {
      report(where, `the founder median ${founder} is not between ${minimum} and ${maximum}; give one strictly between`);
    }
  }
}

const partsOf = (genome: PopulationScene['genome'] | LandscapeScene['populations'][string]['genome']) =>
  genome as PopulationParts['genome'];

/** What a mechanism is told of a population, but for its own parameters. */
type PopulationParts = Pick<MechanismScene<object>, 'loci' | 'genome' | 'founders' | 'habitat'>;

/** Refuses mechanisms that do not fit into the scene, and those that would do nothing because genomes carry no locus for them. */
function checkMechanisms(
  switches: Record<string, { on: boolean }>,
  parts: PopulationParts,
  path: readonly string[],
  report: Report,
): void {
  for (const { id, needs = [], reads, check } of mechanisms.all(parts.habitat.kind)) {
    const parameters = switches[id];
    if (!parameters) continue;
    const problems = check?.({ ...parts, on: parameters.on, parameters }) ?? [];
    for (const problem of problems) {
      report([...path, ...(problem.in === 'genome' ? ['genome', id] : ['mechanisms', id]), problem.field], problem.text);
    }
    if (problems.length > 0 || !parameters.on) continue;
    const missing = (reads?.(parameters) ?? needs).find((trait) => !parts.loci.includes(trait.id));
    if (missing === undefined) continue;
    report([...path, 'mechanisms', id, 'on'], `genomes carry no locus '${missing.id}'; add it to genome.carries`);
  }
}

function checkPlane(scene: PlaneScene, running: boolean, report: Report): void {
  checkHabitat(scene, report);
  const names = Object.keys(scene.populations);
  const carried = carriedTraitsOf(scene.populations);
  const loci = [...traits, ...carried].map(({ id }) => id);
  if (names.length < 1 || names.length > 4) {
    report(['populations'], `there are ${names.length}; give one to four populations`);
  }
  for (const name of names) {
    const population = scene.populations[name];
    const path = ['populations', name];
    checkSenses(population, path, report);
    checkTraits(population, carried, path, report);
    const { genome, founders } = population;
    checkMechanisms(population.mechanisms, { loci, genome: partsOf(genome), founders, habitat: scene.habitat }, path, report);
    for (const [index, target] of population.bite.targets.entries()) {
      const where = [...path, 'bite', 'targets', index];
      if (!names.includes(target)) {
        report(where, `no population is called '${showText(target)}'; ${suggest(target, names)}`);
      } else if (population.bite.targets.indexOf(target) < index) report(where, `'${target}' stands there twice; give it once`);
    }
    if (!running && population.founders > population.capacity) {
      report(
        [...path, 'founders'],
        `${population.founders} are more than the capacity, ${population.capacity}; give fewer or raise it`,
      );
    }
  }
}

function checkLandscape({ habitat, populations }: LandscapeScene, report: Report): void {
  const names = Object.keys(populations);
  if (names.length !== 1) report(['populations'], `there are ${names.length}; a landscape has one`);
  const { form, forms, model, dimensions } = habitat;
  const asked = landscapeForms()
    .find(({ id }) => id === form)
    ?.dimensionsOf?.(forms[form]);
  if (asked !== undefined && dimensions !== asked) {
    report(
      ['habitat', 'dimensions'],
      `the landscape '${form}' has ${asked} loci with these parameters; give ${asked} or leave it out`,
    );
  } else {
    try {
      // What a form demands of its parameters and of the number of loci, it says itself.
      makeLandscape(form, asked ?? dimensions, forms[form], 'check');
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      report(['habitat', 'forms', form], error.message);
    }
  }
  for (const name of names) {
    const { founders, genome } = populations[name];
    const path = ['populations', name];
    if ((model === 'annealing' || model === 'fixation') && founders !== 1) {
      report([...path, 'founders'], `the model '${model}' follows one organism at a time; give 1, not ${founders}`);
    }
    if (model !== 'annealing' && model !== 'fixation' && founders < 2) {
      report([...path, 'founders'], `the model '${model}' needs organisms to draw parents from; give 2 or more`);
    }
    const twice = genome.carries.find((id, index) => genome.carries.indexOf(id) < index);
    if (twice !== undefined) report([...path, 'genome', 'carries'], `'${twice}' stands there twice; give it once`);
    const parts = { loci: genome.carries, genome: partsOf(genome), founders, habitat };
    checkMechanisms(populations[name].mechanisms, parts, path, report);
  }
}

/**
 * Everything that a schema cannot say about a scene: what one value demands of another.
 * @param running true when the world stands already, so that what holds for founders only no longer matters
 * @returns one line a problem: path, what is wrong, what is allowed.
 */
export function checkScene(scene: Scene, running = false): string[] {
  const problems: string[] = [];
  const report: Report = (path, text) => problems.push(`${showPath(path)}: ${text}`);
  if (isPlaneScene(scene)) checkPlane(scene, running, report);
  else checkLandscape(scene, report);
  return problems;
}
