import { hashBytes } from '../../math/hash.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { software } from '../software.ts';
import { chooseSites } from './chosen-sites.ts';
import { eachEdge } from './edges.ts';
import { eachIndividual } from './individuals.ts';
import { type StoredArray, writeKastore } from './kastore.ts';
import { eachSiteMutation, valueMetadata } from './mutations.ts';
import { eachNode } from './nodes.ts';
import { type NodePlan, planNodes } from './plan-nodes.ts';
import { ancestralStates, stateText } from './sites.ts';
import { populationMetadata } from './write-tskit.ts';

/** Name of the binary file. */
export const treesFile = 'history.trees';

/** The version of the format that is written: of tskit 0.4 and later; readers of any 12.x read it. */
export const treesVersion = [12, 7] as const;

type Items = Map<string, StoredArray>;

/**
 * Writes the ancestry as one binary file that `tskit.load` opens: the tables of the text export, sorted and indexed as a tree sequence must be, with provenance
 * and metadata.
 * @param sampled as for `tskitWriters`
 * @param wanted names of loci and segments that are sites; undefined: all loci
 */
export function writeTrees(
  history: History,
  sampled: Uint8Array | undefined,
  wanted: readonly string[] | undefined,
  sink: Sink,
): void {
  const plan = planNodes(history);
  const items: Items = new Map();
  const { provenance, endTick, complete } = history;
  const about = canonicalJson({ upslope: { end_tick: endTick, complete, hash: provenance.hash, sites: wanted ?? null } });
  items.set('format/name', signed('tskit.trees'));
  items.set('format/version', Uint32Array.from(treesVersion));
  items.set('sequence_length', Float64Array.of(Math.max(1, plan.length)));
  items.set('time_units', signed('ticks'));
  items.set('metadata', signed(about));
  items.set('metadata_schema', signed(jsonSchema));
  const nodes = putNodes(items, history, plan, sampled);
  const edges = putEdges(items, history, plan, nodes.time);
  putSitesAndMutations(items, history, plan, wanted);
  putIndividuals(items, history, plan);
  const populations = new Ragged(Uint8Array);
  for (const population of history.populations) populations.addText(populationMetadata(population));
  putMetadata(items, 'populations', populations);
  putMigrations(items);
  putProvenance(items, history);
  items.set('uuid', signed(uuidOf(canonicalJson(provenance), about, nodes.time.length, edges)));
  for (const chunk of writeKastore(items)) sink(chunk);
}

const jsonSchema = '{"codec":"json"}';
const signed = (text: string) => Int8Array.from(new TextEncoder().encode(text));

/** Rows of different lengths, one behind the other, with the offsets of their beginnings. */
class Ragged<Column extends Uint8Array | Int32Array | Float64Array> {
  private column: Column;
  private count = 0;
  private offsets = new Uint32Array(1024);
  private rows = 0;
  private readonly encoder = new TextEncoder();

  constructor(private readonly Type: new (length: number) => Column) {
    this.column = new Type(1024);
  }

  add(row: ArrayLike<number>): void {
    if (this.count + row.length > this.column.length) {
      const larger = new this.Type(2 * (this.count + row.length));
      larger.set(this.column);
      this.column = larger;
    }
    this.column.set(row, this.count);
    this.count += row.length;
    if (this.rows + 1 === this.offsets.length) {
      const larger = new Uint32Array(2 * this.offsets.length);
      larger.set(this.offsets);
      this.offsets = larger;
    }
    this.offsets[++this.rows] = this.count;
  }

  addText(text: string): void {
    this.add(this.encoder.encode(text));
  }

  /** Rows in another order. */
  reordered(order: ArrayLike<number>): Ragged<Column> {
    const other = new Ragged(this.Type);
    for (let k = 0; k < order.length; k++) other.add(this.column.subarray(this.offsets[order[k]], this.offsets[order[k] + 1]));
    return other;
  }

  put(items: Items, key: string): void {
    items.set(key, this.column.subarray(0, this.count) as StoredArray);
    items.set(`${key}_offset`, this.offsets.subarray(0, this.rows + 1));
  }
}

/** Metadata in JSON. */
function putMetadata(items: Items, table: string, metadata: Ragged<Uint8Array>): void {
  metadata.put(items, `${table}/metadata`);
  items.set(`${table}/metadata_schema`, new TextEncoder().encode(jsonSchema));
}

/** Metadata of a table that has none. */
function putNoMetadata(items: Items, table: string, rows: number): void {
  items.set(`${table}/metadata`, new Uint8Array(0));
  items.set(`${table}/metadata_offset`, new Uint32Array(rows + 1));
  items.set(`${table}/metadata_schema`, new Uint8Array(0));
}

function putNodes(
  items: Items,
  history: History,
  plan: NodePlan,
  sampled: Uint8Array | undefined,
): { readonly time: Float64Array } {
  const [flags, time] = [new Uint32Array(plan.nodes), new Float64Array(plan.nodes)];
  const [populations, individuals] = [new Int32Array(plan.nodes), new Int32Array(plan.nodes)];
  let node = 0;
  eachNode(history, plan, sampled, (isSample, ago, population, individual) => {
    flags[node] = isSample;
    time[node] = ago;
    populations[node] = population;
    individuals[node++] = individual;
  });
  items.set('nodes/flags', flags);
  items.set('nodes/time', time);
  items.set('nodes/population', populations);
  items.set('nodes/individual', individuals);
  putNoMetadata(items, 'nodes', plan.nodes);
  return { time };
}

/** Edges in the order of time, parent, child and left, and the indexes by left and right. @returns their number */
function putEdges(items: Items, history: History, plan: NodePlan, time: Float64Array): number {
  let count = 0;
  eachEdge(history, plan, { edge: () => count++ });
  const made = {
    left: new Float64Array(count),
    right: new Float64Array(count),
    parent: new Int32Array(count),
    child: new Int32Array(count),
  };
  let at = 0;
  eachEdge(history, plan, {
    edge(left, right, parent, child) {
      made.left[at] = left;
      made.right[at] = right;
      made.parent[at] = parent;
      made.child[at++] = child;
    },
  });
  const order = ordered(count, (a, b) => {
    const [one, other] = [made.parent[a], made.parent[b]];
    return time[one] - time[other] || one - other || made.child[a] - made.child[b] || made.left[a] - made.left[b];
  });
  const left = Float64Array.from(order, (e) => made.left[e]);
  const right = Float64Array.from(order, (e) => made.right[e]);
  const parent = Int32Array.from(order, (e) => made.parent[e]);
  const child = Int32Array.from(order, (e) => made.child[e]);
  items.set('edges/left', left);
  items.set('edges/right', right);
  items.set('edges/parent', parent);
  items.set('edges/child', child);
  putNoMetadata(items, 'edges', count);
  const byLeft = ordered(count, (a, b) => {
    return left[a] - left[b] || time[parent[a]] - time[parent[b]] || parent[a] - parent[b] || child[a] - child[b];
  });
  const byRight = ordered(count, (a, b) => {
    return right[a] - right[b] || time[parent[b]] - time[parent[a]] || parent[b] - parent[a] || child[b] - child[a];
  });
  items.set('indexes/edge_insertion_order', Int32Array.from(byLeft));
  items.set('indexes/edge_removal_order', Int32Array.from(byRight));
  return count;
}

const ordered = (count: number, compare: (a: number, b: number) => number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => i).sort(compare);

/** Sites by position, mutations by site and then from the oldest on. */
function putSitesAndMutations(items: Items, history: History, plan: NodePlan, wanted: readonly string[] | undefined): void {
  const sites = chooseSites(history, plan.length, wanted);
  const states = history.changes && ancestralStates(history, history.changes, plan.length);
  const [ancestral, names] = [new Ragged(Uint8Array), new Ragged(Uint8Array)];
  for (const [site, position] of sites.positions.entries()) {
    ancestral.addText(stateText(states ? states[position] : 0));
    names.addText(sites.metadata[site]);
  }
  items.set('sites/position', Float64Array.from(sites.positions));
  ancestral.put(items, 'sites/ancestral_state');
  putMetadata(items, 'sites', names);
  const columns = { site: new NumberColumn(), node: new NumberColumn(), time: new NumberColumn(), parent: new NumberColumn() };
  const [derived, values] = [new Ragged(Uint8Array), new Ragged(Uint8Array)];
  eachSiteMutation(history, plan, sites, ({ site, node, time, value, parent }) => {
    columns.site.push(site);
    columns.node.push(node);
    columns.time.push(time);
    columns.parent.push(parent);
    const state = stateText(value);
    derived.addText(state);
    values.addText(valueMetadata(state));
  });
  const [site, node, time, parent] = [columns.site, columns.node, columns.time, columns.parent].map((one) => one.numbers());
  // Rows that were made in the order of nodes, which is that of time, stay so within a site.
  const order = ordered(site.length, (a, b) => site[a] - site[b] || time[b] - time[a] || a - b);
  const place = new Int32Array(site.length);
  for (const [row, former] of order.entries()) place[former] = row;
  items.set(
    'mutations/site',
    Int32Array.from(order, (m) => site[m]),
  );
  items.set(
    'mutations/node',
    Int32Array.from(order, (m) => node[m]),
  );
  items.set(
    'mutations/time',
    Float64Array.from(order, (m) => time[m]),
  );
  items.set(
    'mutations/parent',
    Int32Array.from(order, (m) => (parent[m] < 0 ? -1 : place[parent[m]])),
  );
  derived.reordered(order).put(items, 'mutations/derived_state');
  putMetadata(items, 'mutations', values.reordered(order));
}

/** Numbers in a column that grows. */
class NumberColumn {
  private column = new Float64Array(1024);
  private count = 0;

  push(number: number): void {
    if (this.count === this.column.length) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this.column);
      this.column = larger;
    }
    this.column[this.count++] = number;
  }

  numbers(): Float64Array {
    return this.column.subarray(0, this.count);
  }
}

function putIndividuals(items: Items, history: History, plan: NodePlan): void {
  const [locations, parents, metadata] = [new Ragged(Float64Array), new Ragged(Int32Array), new Ragged(Uint8Array)];
  eachIndividual(history, plan, (individual) => {
    locations.add(individual.location);
    parents.add(individual.parents);
    metadata.addText(individual.metadata);
  });
  items.set('individuals/flags', new Uint32Array(plan.individuals));
  locations.put(items, 'individuals/location');
  parents.put(items, 'individuals/parents');
  putMetadata(items, 'individuals', metadata);
}

/** A tree sequence has a table of migrations, which is empty here: organisms have places, not populations, that they move between. */
function putMigrations(items: Items): void {
  for (const column of ['left', 'right', 'time']) items.set(`migrations/${column}`, new Float64Array(0));
  for (const column of ['node', 'source', 'dest']) items.set(`migrations/${column}`, new Int32Array(0));
  putNoMetadata(items, 'migrations', 0);
}

/**
 * One row by the schema of tskit's provenance, with the whole provenance of the run as its parameters. The time at which the file was written is left out: files
 * of the same run are the same.
 */
function putProvenance(items: Items, { provenance }: History): void {
  const record = new Ragged(Uint8Array);
  record.addText(
    canonicalJson({
      schema_version: '1.0.0',
      software: { ...software },
      parameters: { command: 'upslope export', run: provenance },
      environment: { runtime: provenance.environment },
    }),
  );
  record.put(items, 'provenances/record');
  const timestamp = new Ragged(Uint8Array);
  timestamp.addText('');
  timestamp.put(items, 'provenances/timestamp');
}

/** An identifier of the content in the form of a UUID (version 8, RFC 9562): the same file has the same. */
function uuidOf(...parts: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(parts.join('\n'));
  const words = [...hashBytes(bytes, 1), ...hashBytes(bytes, 2)];
  const digits = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  const version = `8${digits.slice(13, 16)}`;
  const variant = `${'89ab'[Number.parseInt(digits[16], 16) & 3]}${digits.slice(17, 20)}`;
  return [digits.slice(0, 8), digits.slice(8, 12), version, variant, digits.slice(20)].join('-');
}
