import type { ClimbWindow } from '../analysis/climb/climb-of-window.ts';
import type { MomentumFit } from '../analysis/gradient/momentum.ts';
import type { NamedGenome } from '../genome/fit-genome.ts';
import type { LandscapeModel } from '../habitat/landscape/parameters.ts';
import type { Fossil, SpeciesEntry, SpeciesEvent } from '../record/types.ts';
import type { InvasionReport } from '../runs/describe-invasion.ts';
import type { ParameterDescription } from '../scene/describe-parameters.ts';
import type { HabitatKind, Scene } from '../scene/schema.ts';
import type { OrganismReport } from '../simulation/inspect.ts';
import type { Change, Notice, Status } from '../simulation/types.ts';
import type { PriceWindowTerms } from './account-log.ts';
import type { NotableEvent, NotableEventKind } from './event-watch.ts';
import type { EntryKind, EntryText } from './notebook/entry-text.ts';
import type { FrozenText } from './report-frozen.ts';
import type { TangentReport } from './report-tangent.ts';
import type { AssayStart, TournamentStart } from './tasks/task-protocol.ts';

/** Floats of one organism in a frame, in this order. The texture from which the view draws consists of these very bytes. */
export const frameColumns = ['x', 'y', 'headingX', 'headingY', 'size', 'colour', 'lit', 'population'] as const;
/** Floats of one organism in a frame. */
export const frameStride = frameColumns.length;
/** Bytes of one organism in a frame: its floats, and its id as a float64 behind all floats. */
export const frameBytes = frameStride * 4 + 8;
/** Room in a frame is a multiple of this many organisms: a row of the view's texture. */
export const frameRow = 512;

/**
 * What colour shows: descent from a founder, a species, a trait; in the plane a share of a full reserve or of the life span;
 * on a landscape log fitness.
 */
export type Palette = 'lineage' | 'species' | 'energy' | 'age' | 'fitness' | `trait:${string}`;

/** Organisms that are highlighted while all others are drawn faintly: members of some species, or the living descendants of one organism. */
export type Highlight =
  | { readonly kind: 'species'; readonly species: readonly number[] }
  | { readonly kind: 'descendants'; readonly of: number };

export interface FrameRequest {
  /** Comes back with the frame, filled; a larger one if it is too small. */
  readonly buffer: ArrayBuffer;
  readonly palette: Palette;
  /** Without it no organism is highlighted. */
  readonly highlight?: Highlight | undefined;
  /** Stamp of the frame that is shown now: if nothing has changed since, the answer is `fresh: false`. */
  readonly shown: string;
}

/** The current organisms. Everything but the buffer is small. */
export interface Frame {
  readonly buffer: ArrayBuffer;
  /** False if the buffer was not written because nothing has changed. */
  readonly fresh: boolean;
  readonly stamp: string;
  /** Organisms that the buffer has room for: ids begin at `capacity * frameStride * 4` bytes. */
  readonly capacity: number;
  readonly count: number;
  /** Values at the ends of the colour scale, if they depend on the living organisms. */
  readonly range?: readonly [number, number];
  /** On a landscape, the plane of the places: changes whenever the places change. */
  readonly plane?: string;
  readonly figures: Figures;
}

/** The figures of the transport. */
export interface Figures {
  readonly tick: number;
  readonly status: Status;
  readonly playing: boolean;
  /** Ticks in about the last second of wall time. */
  readonly ticksPerSecond: number;
  /** Living organisms of each population, in the order of the world. */
  readonly alive: readonly number[];
  /** Mean generation of the living, over all populations. */
  readonly generation: number;
  /** Numbers of changes and notices so far; when they increase, the page requests the log. */
  readonly changes: number;
  readonly notices: number;
  /** The error in a step that has stopped the world, in one line; '' otherwise. */
  readonly trouble: string;
  /** Increases when snapshots are kept or dropped, lines begin or the world goes back; the page then requests the history of snapshots. */
  readonly shelf: number;
  /** Number of events of species so far. */
  readonly speciesEvents: number;
  /** Number of fossils kept so far. */
  readonly fossils: number;
  /** Number of windows between two censuses that were closed so far. */
  readonly censuses: number;
  /** Number of events worth keeping so far. */
  readonly moments: number;
}

/** The current ground: RGBA bytes a cell (grass, fruit, carrion, cue), then one byte a cell that is 255 on a barrier. */
export interface GroundFrame {
  readonly buffer: ArrayBuffer;
  readonly columns: number;
  readonly rows: number;
}

/** The axes of the plane of genome space that is shown: two loci, or the gradient at the mean and the main direction of G across it. */
export type PlaneChoice = { readonly kind: 'loci'; readonly x: number; readonly y: number } | { readonly kind: 'gradient' };

/** The plane that is shown. Places in the view run from 0 to `width` and `height` of the world, to the right and down. */
export interface PlaneText {
  readonly choice: PlaneChoice;
  /** Names of the two axes; the second is '' if there is only one dimension. */
  readonly titles: readonly [string, string];
  /** View's lengths per locus unit. */
  readonly perUnit: number;
  /** Coordinates at the left and at the upper edge, locus units. */
  readonly left: number;
  readonly top: number;
}

export interface LandscapeRequest {
  /** Comes back with the heights; a larger one if it is too small. */
  readonly buffer: ArrayBuffer;
  /** Part of the view to be painted: left, upper, right and lower edge. */
  readonly rectangle: readonly [number, number, number, number];
  /** Stamp of what is shown now: if nothing has changed since, the answer is `fresh: false`. */
  readonly shown: string;
}

/** A vector at the mean genome. */
export interface ArrowText {
  /** Its part in the plane, to the right and up, locus units (or log fitness per locus unit). */
  readonly x: number;
  readonly y: number;
  /** Its whole length in genome space. */
  readonly length: number;
}

/** The current landscape: heights of the plane through the mean genome, and the forces on the mean. */
export interface LandscapeFrame {
  /** `columns * rows` float32: log fitness minus `base`; the first and last of a row lie on the rectangle's edges. */
  readonly buffer: ArrayBuffer;
  readonly fresh: boolean;
  readonly stamp: string;
  readonly rectangle: readonly [number, number, number, number];
  readonly columns: number;
  readonly rows: number;
  readonly base: number;
  /** Log fitness from one contour to the next. */
  readonly interval: number;
  /** Log fitness where shading begins and ends. */
  readonly low: number;
  readonly high: number;
  readonly plane: PlaneText;
  /** Place of the mean genome in the view, and its log fitness. */
  readonly mean: readonly [number, number];
  readonly meanFitness: number;
  /** The exact gradient at the mean, log fitness per locus unit. */
  readonly gradient: ArrowText;
  /** Mean step of the mean per tick over the last `stepTicks` measured ticks, locus units. */
  readonly step: ArrowText;
  readonly stepTicks: number;
  /** Place of the optimum, and its distance from the plane in the other dimensions. */
  readonly optimum?: { readonly x: number; readonly y: number; readonly away: number };
  /** Places of the mean in the view, x and y in turn, the earliest first. */
  readonly path: Float32Array;
  /** Place in `path` of the first of the latest points, of which none is left out. */
  readonly recentFrom: number;
}

/** Conditions under which something to look for counts as seen: all that are given must hold. */
export type Sight = Exclude<Scene['lookFor'][number], string>['seen'];

/** A parameter as the page shows it, from the scene's schema. */
export type Control = ParameterDescription;

export interface MechanismText {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly lookFor: string;
  readonly source: string;
}

export interface TraitText {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
}

export interface PopulationText {
  readonly name: string;
  readonly title: string;
  readonly traits: readonly TraitText[];
}

/** A probe that measures the world. */
export interface ProbeText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** A column of the series that are kept from tick 0 on. */
export interface SeriesColumn {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Id of its probe. */
  readonly probe: string;
}

export interface LandscapeText {
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** Loci that fitness reads. */
  readonly dimensions: number;
  readonly model: LandscapeModel;
}

/** The description of a world, sent to the page once, when it has been made. */
export interface WorldText {
  /** Number of the world in this worker: of two answers that cross, the one with the greater number is of the present world. */
  readonly serial: number;
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly lookFor: readonly { readonly text: string; readonly seen?: Sight | undefined }[];
  /** Switches to try: a few words, and live parameters with their values. */
  readonly tryThis: readonly {
    readonly text: string;
    readonly set: readonly { readonly path: string; readonly value: unknown }[];
  }[];
  /** Findings for this scene, and the command that produced their numbers. */
  readonly found: readonly { readonly text: string; readonly command?: string | undefined }[];
  readonly source: string;
  readonly seed: string;
  /**
   * Seed of the founders and the ground. If it differs from `seed`, this is a branch with different draws from some tick on: a
   * link cannot reproduce it, only a snapshot file can.
   */
  readonly firstSeed: string;
  readonly width: number;
  readonly height: number;
  readonly edge: 'torus' | 'wall';
  readonly habitat: HabitatKind;
  /** Whether it can be edited by hand. */
  readonly hands: boolean;
  /** Description of the landscape, if the habitat is one. */
  readonly landscape?: LandscapeText;
  readonly populations: readonly PopulationText[];
  readonly mechanisms: readonly MechanismText[];
  /** What is measured of this world, in the order of their registration. */
  readonly probes: readonly ProbeText[];
  readonly columns: readonly SeriesColumn[];
}

/** A restored world. */
export interface OpenedWorld {
  readonly world: WorldText;
  /** Its scene as in its file. */
  readonly scene: unknown;
  readonly tick: number;
}

export interface LoadRequest {
  /** A scene as in its file; checked in the worker. */
  readonly scene: unknown;
  /** Where the scene comes from, for messages. */
  readonly file: string;
  readonly seed: string;
  /** Changes that a person made when this run was first made; they are made again at their ticks. */
  readonly changes: readonly Change[];
}

/** Everything that reproduces the run as it is now. */
export interface RunAddress {
  /** A scene as in its file, or the name of a built-in one. */
  readonly scene: unknown;
  readonly seed: string;
  readonly changes: readonly Change[];
  readonly tick: number;
}

/** Price's equation between the censuses of a run so far. */
export interface PriceReport {
  readonly windows: readonly PriceWindowTerms[];
  readonly traits: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
  /** Mechanisms with ledgers, in the order of the terms, and last the introduced organisms. */
  readonly mechanisms: readonly { readonly id: string; readonly title: string }[];
  /** Channels of the account by copies of loci, then what changes copies or their expression, in the order of its terms. */
  readonly channels: readonly { readonly id: string; readonly title: string }[];
  readonly writers: readonly { readonly id: string; readonly title: string }[];
  /** Titles of the populations, by index. */
  readonly populations: readonly string[];
  /** Tick of the next census. */
  readonly nextCensus: number;
}

/** The climb of a population between the censuses so far. */
export interface ClimbReport {
  readonly windows: readonly ClimbWindow[];
  /** Momentum of the mean, once there are enough windows. */
  readonly momentum: MomentumFit | undefined;
  /** Name of the population in the scene. */
  readonly population: string;
  readonly nextCensus: number;
}

export interface Log {
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
}

/** Columns over buckets of ticks. A bucket has mean, lowest and highest of all samples in it, so nothing is left out. */
export interface SeriesData {
  /** Ticks that one bucket covers. */
  readonly bucketTicks: number;
  /** First tick of each bucket. */
  readonly ticks: Float64Array;
  readonly mean: readonly Float64Array[];
  readonly minimum: readonly Float64Array[];
  readonly maximum: readonly Float64Array[];
}

/** Measurements of a stored run. */
export interface EntrySeries {
  readonly columns: readonly SeriesColumn[];
  readonly data: SeriesData;
}

/** Living relatives of an organism, as links. */
export interface Kin {
  readonly parentLives: boolean;
  readonly offspring: readonly number[];
  readonly siblings: readonly number[];
}

/** A picked organism, or its end. */
export interface PickReport {
  readonly organism?: OrganismReport;
  readonly kin: Kin;
  readonly end?: { readonly tick: number; readonly cause: string };
}

/** A species as tree and plots need it. */
export type SpeciesText = Omit<SpeciesEntry, 'genome'>;

/** Number of living members of each species of one population in a sample. */
export interface SpeciesCounts {
  readonly tick: number;
  readonly population: number;
  readonly species: readonly number[];
  readonly counts: readonly number[];
}

export interface Phylogeny {
  readonly tick: number;
  /** In the order of their ids: a parent comes before its children. */
  readonly species: readonly SpeciesText[];
  readonly events: readonly SpeciesEvent[];
  /** Oldest first; thinned out evenly if there are very many. */
  readonly looks: readonly SpeciesCounts[];
}

/** First parents of an organism back to its founder: aligned columns, the organism itself first. */
export interface LineOfDescent {
  readonly id: Float64Array;
  readonly birthTick: Float64Array;
  readonly generation: Float64Array;
  readonly species: Float64Array;
  readonly birthX: Float64Array;
  readonly birthY: Float64Array;
  /** 1 for those that live. */
  readonly alive: Uint8Array;
}

/** A fossil in the list of all. */
export type FossilText = Omit<Fossil, 'traits' | 'genome'>;

/** A fossil beside the living of its population. */
export interface FossilReport {
  readonly fossil: FossilText;
  readonly line: LineOfDescent;
  /** Living organisms that it is compared with. */
  readonly living: number;
  readonly traits: readonly {
    readonly id: string;
    readonly title: string;
    readonly unit: string;
    readonly value: number;
    /** Mean and standard deviation of the living; NaN after extinction. */
    readonly mean: number;
    readonly deviation: number;
  }[];
  /** Loci of the first haplotype in diploids; `mean` is that of the living. */
  readonly segments: readonly {
    readonly name: string;
    readonly description: string;
    readonly loci: readonly { readonly name: string; readonly value: number; readonly mean: number }[];
  }[];
}

/** A snapshot in the worker's memory, to which the world can go back. */
export interface KeptSnapshot {
  readonly id: number;
  readonly tick: number;
  readonly line: number;
  readonly bytes: number;
}

/** One line of the run. A change or a new seed at an earlier snapshot begins another. */
export interface Line {
  readonly id: number;
  /** -1 for the first. */
  readonly parent: number;
  /** Tick at which it left its parent. */
  readonly from: number;
  /** Last tick that it has reached. */
  readonly tip: number;
  readonly seed: string;
}

export interface ShelfText {
  /** In the order of ticks. */
  readonly kept: readonly KeptSnapshot[];
  readonly lines: readonly Line[];
  /** The current line of the world. */
  readonly line: number;
  /** Ticks between snapshots on the current line. */
  readonly spacing: number;
  readonly bytes: number;
  readonly mostSnapshots: number;
  readonly mostBytes: number;
  /** True when one snapshot of this world is too large to keep any. */
  readonly tooLarge: boolean;
}

/** A format that the record can be exported to. */
export interface FormatText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly files: string;
}

/** Progress of an export: the file being written, files written, files in all, bytes written. */
export interface ExportProgress {
  readonly file: string;
  readonly done: number;
  readonly of: number;
  readonly bytes: number;
}

/** An archive of an export: its bytes, the number of its files, and their bytes when unpacked. */
export interface ZippedRun {
  readonly bytes: ArrayBuffer;
  readonly files: number;
  readonly unpacked: number;
  /** How other programs read the files, a line each. */
  readonly notes: readonly string[];
}

/** Requests of the page to the simulation worker. */
export interface SimulationWorker {
  load(request: LoadRequest): WorldText;
  /** Opens a snapshot as a new world, paused. */
  open(snapshot: ArrayBuffer): OpenedWorld;
  play(): void;
  pause(): void;
  /** Makes ticks at once, at most 10,000. */
  step(ticks: number): void;
  /** Ticks per second of wall time; 0 is as fast as possible. */
  speed(ticksPerSecond: number): void;
  set(path: string, value: unknown): void;
  controls(): readonly Control[];
  log(): Log;
  /** Runs to a tick as fast as possible, then pauses. Resolves to false when it was interrupted. */
  runTo(tick: number, progress: (tick: number) => void): Promise<boolean>;
  frame(request: FrameRequest): Frame;
  ground(buffer: ArrayBuffer): GroundFrame;
  /** The plane of genome space that is shown, of a world on a landscape. */
  landscape(request: LandscapeRequest): LandscapeFrame;
  /** Shows another plane, or the same again, for the present population. */
  choosePlane(choice: PlaneChoice): void;
  pick(population: string, id: number): PickReport;
  series(columns: readonly number[]): SeriesData;
  address(): RunAddress;
  /** The run as a text for the fragment of an address. A built-in scene is named instead of written out. */
  writeLink(sceneName: string): { readonly text: string; readonly tick: number };
  /** Reads such a text. Throws an error of one line for anything else. */
  readLink(text: string): RunAddress;
  hash(): string;
  snapshot(): ArrayBuffer;
  phylogeny(): Phylogeny;
  /** Undefined if the organism is not in the record. */
  lineOf(id: number): LineOfDescent | undefined;
  /** The present world, ready for an assay. @param population its name; '' for the first */
  assayStart(population: string): AssayStart;
  /** Pairwise invasibility between two traits, on a landscape of one. */
  invasion(low: number, high: number): InvasionReport;
  /** Fossils of a population, ready for a tournament. @param population its name; '' for the first */
  tournamentStart(population: string, players: number): TournamentStart;
  /** How the actions of an organism's policy change together; undefined if it is dead or has no policy. @param restart watch changes from now on */
  tangent(population: string, id: number, restart?: boolean): TangentReport | undefined;
  /** Price's equation of all traits between the censuses so far. */
  prices(): PriceReport;
  /** The climb of a population between the censuses so far. @param population its name; by default the first */
  climbs(population: string): ClimbReport;
  fossils(): readonly FossilText[];
  fossil(id: number): FossilReport;
  /** Keeps a living organism as a fossil and returns the fossil's id. */
  keepFossil(population: string, id: number): number;
  shelf(): ShelfText;
  /** Puts the world back to a kept snapshot, paused. Continuing makes the same ticks and changes again. */
  scrubTo(id: number): WorldText;
  /** From here on draws come from another seed: a separate line, which a link cannot reproduce. */
  branch(seed: string): WorldText;
  formats(): Promise<readonly FormatText[]>;
  /** Writes the record in some formats, checked, with provenance, as one archive. Pauses the world. */
  exportZip(formats: readonly string[], progress: (progress: ExportProgress) => void): Promise<ZippedRun>;
  /** Saves the current run in the notebook of this browser, replacing an entry of the same id. */
  saveEntry(entry: { readonly id: string; readonly kind: EntryKind; readonly name: string }): Promise<EntryText>;
  /** Restores a run from the notebook, paused. @throws one line for one that is gone, damaged or of a later version */
  openEntry(id: string): Promise<OpenedWorld>;
  /** The events at which the world is to pause. */
  pauseAt(kinds: readonly NotableEventKind[]): void;
  /** Events after the first `since`, the oldest first. */
  moments(since: number): readonly NotableEvent[];
  /** A living organism in the form of the freezer. */
  freeze(population: string, id: number): FrozenText;
  /** A genome in the layout of a population of this world. @param population its name */
  fit(population: string, genome: NamedGenome): { readonly loci: number[]; readonly missing: number; readonly unplaced: number };
  /** Plots of all measures of an entry of the notebook. @throws one line for one that is gone, damaged or of a later version */
  entrySeries(id: string): Promise<EntrySeries>;
  /** Every parameter of the scene in a text, or none if it is not a scene. */
  describeText(text: string): readonly Control[];
  /** The text of a scene with one parameter changed. @throws one line for a value that is not allowed */
  editText(text: string, path: string, value: unknown): string;
  /** The problems of a scene text, a line each; none if it can be run. */
  checkScene(text: string): readonly string[];
  /** Answers with its argument: shows that the worker is alive. */
  ping(token: number): number;
}
