import { z } from 'zod';
import type { SegmentPlan } from '../genome/layout.ts';
import { parameter } from '../parameter/parameter.ts';
import { type Capability, capabilities } from '../population/capabilities.ts';
import { engineStreams } from '../population/population.ts';
import { type Trait, traitIds } from '../population/traits.ts';
import { type Mechanism, mechanismGroups, visibleForms } from './mechanism.ts';

/** Fields that a mechanism may have: otherwise a misspelt one would be ignored silently. */
const fields: Readonly<Record<keyof Mechanism, true>> = {
  id: true,
  title: true,
  group: true,
  summary: true,
  lookFor: true,
  source: true,
  parameters: true,
  actions: true,
  traits: true,
  needs: true,
  worksWithout: true,
  reads: true,
  genome: true,
  columns: true,
  check: true,
  measures: true,
  visible: true,
  makesVariation: true,
  writesNothing: true,
  changesGenomes: true,
  changesIntake: true,
  keepsDead: true,
  chooseMates: true,
  mateAttraction: true,
  whenSwitchedOn: true,
  logFitness: true,
  beforeSensing: true,
  beforeActing: true,
  duringLife: true,
  beforeBreeding: true,
  beforeConception: true,
  atDeath: true,
  endOfTick: true,
  modifyGamete: true,
  modifyChild: true,
  atBirth: true,
};

/** Whether a habitat that gives what the second mechanism needs gives what the first one needs. */
const follows = ({ needs: a = [] }: Mechanism, { needs: b = [] }: Mechanism) => a.every((need) => b.includes(need));

/** Whether two traits are declared alike: one may come from another copy of this library. */
const alike = (a: Trait, b: Trait) => a === b || JSON.stringify(a) === JSON.stringify(b);

/**
 * Mechanisms in the order of inheritance, and what follows from all of them together: which optional traits exist, the schema of their
 * switches, which have a ledger. It never changes; `with` makes a larger one.
 */
export class MechanismSet {
  private readonly byId = new Map<string, Mechanism>();
  private readonly narrowed = new Map<string, MechanismSet>();

  /**
   * @param mechanisms in the order of inheritance
   * @param traitsFirst ids of mechanisms whose traits come first in genomes, in this order; the others follow as they are listed
   * @throws {Error} for an id that is taken or malformed, for a field that mechanisms do not have, if a trait of another mechanism has that
   * id, or if a mechanism works without a trait that it does not declare
   */
  constructor(
    mechanisms: readonly Mechanism[],
    private readonly traitsFirst: readonly string[] = [],
    /** The set of which this one has what a habitat can have. */
    private readonly whole?: MechanismSet,
  ) {
    for (const mechanism of mechanisms) this.add(mechanism);
  }

  /**
   * These mechanisms and more, which come last in the order of inheritance.
   * @throws {Error} as the constructor
   */
  with(more: readonly Mechanism[]): MechanismSet {
    return more.length === 0 ? this : new MechanismSet([...this.all(), ...more], this.traitsFirst);
  }

  /**
   * Those that have a meaning in a habitat: whatever it gives is all they need.
   * @throws {Error} if two of them declare a trait in two forms
   */
  of(gives: readonly Capability[]): MechanismSet {
    const key = gives.join(' ');
    let found = this.narrowed.get(key);
    if (!found) {
      found = new MechanismSet(
        this.all().filter(({ needs = [] }) => needs.every((need) => gives.includes(need))),
        this.traitsFirst,
        this,
      );
      this.narrowed.set(key, found);
    }
    return found;
  }

  private add(mechanism: Mechanism): void {
    const { id, traits = [], needs = [], worksWithout = [] } = mechanism;
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) {
      throw new Error(`mechanism id '${id}': use lower-case letters, digits and hyphens, at most 40`);
    }
    if ((engineStreams as readonly string[]).includes(id)) {
      throw new Error(`mechanism id '${id}' is the name of one of the engine's random streams; choose another`);
    }
    if (this.byId.has(id)) throw new Error(`there is a mechanism '${id}' already; choose another id`);
    const unknown = Object.keys(mechanism).find((field) => !(field in fields));
    if (unknown)
      throw new Error(`mechanism '${id}': it has no field '${unknown}'; a mechanism has ${Object.keys(fields).join(', ')}`);
    for (const trait of traits) {
      if ((traitIds as readonly string[]).includes(trait.id)) {
        throw new Error(`mechanism '${id}': the trait '${trait.id}' is one that all bodies have; choose another id`);
      }
      for (const other of this.byId.values()) {
        // Others need not ever be in one habitat.
        if (!this.whole && !follows(mechanism, other) && !follows(other, mechanism)) continue;
        if (!other.traits?.some((one) => one.id === trait.id && !alike(one, trait))) continue;
        throw new Error(
          `mechanism '${id}': the trait '${trait.id}' is declared by the mechanism '${other.id}' in another form; use its value`,
        );
      }
    }
    const unheard = needs.find((need) => !Object.hasOwn(capabilities, need));
    if (unheard !== undefined) {
      throw new Error(`mechanism '${id}': needs: there is no '${unheard}'; known: ${Object.keys(capabilities).join(', ')}`);
    }
    const undeclared = worksWithout.find((trait) => !traits.some(({ id: declared }) => declared === trait.id));
    if (undeclared) throw new Error(`mechanism '${id}' works without the trait '${undeclared.id}'; list it among its traits too`);
    const { visible } = mechanism;
    if (visible && (!visibleForms.includes(visible.form) || typeof visible.share !== 'function')) {
      throw new Error(
        `mechanism '${id}': visible needs a function 'share' and a form that bodies can show: ${visibleForms.join(', ')}`,
      );
    }
    const { group } = mechanism;
    if (group !== undefined && !Object.hasOwn(mechanismGroups, group)) {
      throw new Error(
        `mechanism '${id}': there is no group '${group}'; use ${Object.keys(mechanismGroups).join(', ')}, or leave it out`,
      );
    }
    this.byId.set(id, mechanism);
  }

  /** All in the order of inheritance. */
  all(): readonly Mechanism[] {
    return [...this.byId.values()];
  }

  get(id: string): Mechanism | undefined {
    return this.byId.get(id);
  }

  /** Traits that only some mechanisms read, in the order of their loci and columns. */
  optionalTraits(): readonly Trait[] {
    const own = new Map(this.all().flatMap(({ traits = [] }) => traits.map((trait) => [trait.id, trait])));
    return this.optionalTraitIds().flatMap((id) => own.get(id) ?? []);
  }

  /** Ids of the optional traits of all habitats, in the order of their loci. */
  optionalTraitIds(): readonly string[] {
    if (this.whole) return this.whole.optionalTraitIds();
    return [...new Set(this.byTraits().flatMap(({ traits = [] }) => traits.map(({ id }) => id)))];
  }

  /** Ids of the mechanisms that change traits between parent and child or within a genome's life: each has a ledger. */
  inherited(): readonly string[] {
    return this.all()
      .filter(({ modifyGamete, modifyChild, changesGenomes }) => modifyGamete || modifyChild || changesGenomes === true)
      .map(({ id }) => id);
  }

  /** Ids of the mechanisms that write new values into genomes at birth: copies of loci have a ledger for each. */
  variation(): readonly string[] {
    return this.all()
      .filter(({ makesVariation }) => makesVariation === true)
      .map(({ id }) => id);
  }

  /** Ids of the mechanisms by which organisms get genomes that no living ancestor had: assays and contests switch them off. */
  unlikeParents(): readonly string[] {
    return this.all()
      .filter(({ makesVariation, keepsDead }) => makesVariation === true || keepsDead === true)
      .map(({ id }) => id);
  }

  /** Whether the dead of a population are kept while its mechanisms are switched as given. */
  keepsDead(switches: Readonly<Record<string, { readonly on: boolean }>>): boolean {
    return this.all().some(({ id, keepsDead }) => keepsDead === true && switches[id]?.on === true);
  }

  /** Parameters of a mechanism, without its switch. */
  parametersOf({ parameters }: Mechanism): z.ZodObject {
    return typeof parameters === 'function' ? parameters({ all: [...traitIds, ...this.optionalTraitIds()] }) : parameters;
  }

  /** Schema of the `mechanisms` of a population: every one, with its switch `on`. */
  parameters() {
    const shape: Record<string, z.ZodType> = {};
    for (const mechanism of this.all()) {
      const { title, summary } = mechanism;
      shape[mechanism.id] = this.parametersOf(mechanism)
        .extend({
          on: parameter(z.boolean().default(false), { title, description: summary, unit: '', live: true }),
        })
        .prefault({})
        .meta({ title, description: summary });
    }
    return z.strictObject(shape).prefault({}) as unknown as z.ZodPrefault<
      z.ZodType<Record<string, { on: boolean } & Record<string, unknown>>>
    >;
  }

  /** Fields of the `genome` of a population that mechanisms add, by the id of the mechanism. */
  genomeParameters(): Record<string, z.ZodType> {
    return Object.fromEntries(this.all().flatMap(({ id, genome }) => (genome ? [[id, genome.parameters]] : [])));
  }

  /** Segments that mechanisms add to genomes, whether they are on or not. @param genome `genome` of the population */
  segments(genome: Readonly<Record<string, unknown>>): readonly SegmentPlan[] {
    return this.all().flatMap(({ id, genome: part }) => part?.segment(genome[id] as object) ?? []);
  }

  private byTraits(): readonly Mechanism[] {
    const first = this.traitsFirst.flatMap((id) => this.byId.get(id) ?? []);
    return [...first, ...[...this.byId.values()].filter((one) => !first.includes(one))];
  }
}
