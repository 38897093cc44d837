import type { FileSource } from '../validate/file-source.ts';
import { FormatError } from '../validate/format-error.ts';
import { disjointEdges, type EdgeIndex } from './edge-index.ts';
import { readKastore, type StoredArray } from './kastore.ts';
import { wrongParent } from './validate-mutations.ts';

/** What a tree sequence holds. */
export interface TreesCounts {
  readonly nodes: number;
  readonly edges: number;
  readonly individuals: number;
  readonly sites: number;
  readonly mutations: number;
}

/** Plain columns of the tables that a file must have, with their types; a column ends at the slash of its table. */
const columns = {
  'nodes/flags': Uint32Array,
  'nodes/time': Float64Array,
  'nodes/population': Int32Array,
  'nodes/individual': Int32Array,
  'edges/left': Float64Array,
  'edges/right': Float64Array,
  'edges/parent': Int32Array,
  'edges/child': Int32Array,
  'sites/position': Float64Array,
  'mutations/site': Int32Array,
  'mutations/node': Int32Array,
  'mutations/parent': Int32Array,
  'mutations/time': Float64Array,
  'individuals/flags': Uint32Array,
  'migrations/left': Float64Array,
  'migrations/right': Float64Array,
  'migrations/node': Int32Array,
  'migrations/source': Int32Array,
  'migrations/dest': Int32Array,
  'migrations/time': Float64Array,
  'indexes/edge_insertion_order': Int32Array,
  'indexes/edge_removal_order': Int32Array,
} as const;

/** Columns of rows of different lengths, each with offsets beside it. */
const raggedColumns = {
  'nodes/metadata': Uint8Array,
  'edges/metadata': Uint8Array,
  'sites/ancestral_state': Uint8Array,
  'sites/metadata': Uint8Array,
  'mutations/derived_state': Uint8Array,
  'mutations/metadata': Uint8Array,
  'individuals/location': Float64Array,
  'individuals/parents': Int32Array,
  'individuals/metadata': Uint8Array,
  'migrations/metadata': Uint8Array,
  'populations/metadata': Uint8Array,
  'provenances/record': Uint8Array,
  'provenances/timestamp': Uint8Array,
} as const;

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Checks a binary tree sequence by the rules of tskit's file format 12 and of `tskit.load`: a strict kastore; all columns with their types; rows that are named
 * exist; edges, sites and mutations in order and consistent; indexes that sort the edges; metadata and provenance that are JSON.
 * @throws {FormatError} that names the column and row
 */
export function validateTrees(name: string, file: FileSource): TreesCounts {
  const store = readKastore(name, file);
  const fail = (place: string, problem: string) => new FormatError(`${name}, ${place}`, problem);
  const get = <A extends StoredArray>(key: string, Type: new (length: number) => A): A => {
    const array = store.get(key);
    if (!array) throw fail(key, 'is missing');
    if (!(array instanceof Type)) throw fail(key, `is not a ${Type.name}`);
    return array;
  };
  const text = (key: string) => new TextDecoder().decode(Uint8Array.from(get(key, Int8Array)));
  if (text('format/name') !== 'tskit.trees')
    throw fail('format/name', `is '${text('format/name').slice(0, 40)}', not 'tskit.trees'`);
  const version = get('format/version', Uint32Array);
  if (version.length !== 2 || version[0] !== 12) throw fail('format/version', `is ${version.join('.')}, not 12`);
  const [length] = get('sequence_length', Float64Array);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) throw fail('sequence_length', `must be above 0 (got ${length})`);
  if (!uuidForm.test(text('uuid'))) throw fail('uuid', 'is not a UUID');
  const column = <K extends keyof typeof columns>(key: K) =>
    get(key, columns[key] as unknown as new (length: number) => InstanceType<(typeof columns)[K]>);
  const offsets = new Map<string, Uint32Array>();
  for (const [key, Type] of Object.entries(raggedColumns)) {
    const [array, ends] = [get(key, Type as new (length: number) => StoredArray), get(`${key}_offset`, Uint32Array)];
    const falls = ends.findIndex((end, i) => i > 0 && end < ends[i - 1]);
    if (ends.length === 0 || ends[0] !== 0 || falls >= 0 || ends[ends.length - 1] !== array.length)
      throw fail(`${key}_offset`, 'does not ascend from 0 to the length of its column');
    offsets.set(key, ends);
  }
  for (const key of Object.keys(columns) as (keyof typeof columns)[]) column(key);
  checkLengths(fail, store, offsets);
  checkJson(fail, store, offsets);
  const time = column('nodes/time');
  const count = (table: string) => (offsets.get(`${table}/metadata`) as Uint32Array).length - 1;
  const [individuals, populations] = [count('individuals'), count('populations')];
  for (let n = 0; n < time.length; n++) {
    if (!Number.isFinite(time[n])) throw fail(`nodes/time, row ${n}`, 'is not finite');
    named(fail, 'nodes/individual', n, column('nodes/individual')[n], individuals);
    named(fail, 'nodes/population', n, column('nodes/population')[n], populations);
  }
  const edges = checkEdges(fail, column, time, length);
  checkSites(fail, column, time, edges, length);
  checkParents(fail, store, offsets);
  return {
    nodes: time.length,
    edges: edges.count,
    individuals,
    sites: column('sites/position').length,
    mutations: column('mutations/site').length,
  };
}

type Fail = (place: string, problem: string) => FormatError;
type Column = <K extends keyof typeof columns>(key: K) => InstanceType<(typeof columns)[K]>;

/** A row that is named, or -1 for none. */
function named(fail: Fail, key: string, row: number, value: number, count: number): void {
  if (value < -1 || value >= count) throw fail(`${key}, row ${row}`, `names row ${value} of ${count}`);
}

/** All columns of a table have as many rows. */
function checkLengths(fail: Fail, store: ReadonlyMap<string, StoredArray>, offsets: ReadonlyMap<string, Uint32Array>): void {
  const rows = new Map<string, number>();
  const see = (key: string, length: number) => {
    const table = key.startsWith('indexes/') ? 'edges' : key.slice(0, key.indexOf('/'));
    const known = rows.get(table) ?? length;
    if (known !== length) throw fail(key, `has ${length} rows where the table has ${known}`);
    rows.set(table, length);
  };
  for (const key of Object.keys(columns)) see(key, (store.get(key) as StoredArray).length);
  for (const [key, ends] of offsets) see(key, ends.length - 1);
}

/** Metadata of tables that say that theirs is JSON, and provenance. */
function checkJson(fail: Fail, store: ReadonlyMap<string, StoredArray>, offsets: ReadonlyMap<string, Uint32Array>): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (const [key, ends] of offsets) {
    const schema = store.get(`${key}_schema`);
    const isJson = key === 'provenances/record' || (schema !== undefined && schema.length > 0);
    if (!isJson) continue;
    const bytes = store.get(key) as Uint8Array;
    for (let row = 0; row + 1 < ends.length; row++) {
      try {
        JSON.parse(decoder.decode(bytes.subarray(ends[row], ends[row + 1])));
      } catch {
        throw fail(`${key}, row ${row}`, 'is not JSON');
      }
    }
  }
}

function checkEdges(fail: Fail, column: Column, time: Float64Array, length: number): EdgeIndex {
  const [left, right] = [column('edges/left'), column('edges/right')];
  const [parent, child] = [column('edges/parent'), column('edges/child')];
  const count = left.length;
  for (let e = 0; e < count; e++) {
    const bad = (problem: string) => fail(`edges, row ${e}`, problem);
    if (!(left[e] >= 0 && left[e] < right[e] && right[e] <= length))
      throw bad(`[${left[e]}, ${right[e]}) is not inside the genome`);
    if (!(parent[e] >= 0 && parent[e] < time.length && child[e] >= 0 && child[e] < time.length))
      throw bad('names a missing node');
    if (!(time[parent[e]] > time[child[e]])) throw bad('has a parent that is not older than the child');
    if (e === 0) continue;
    const order =
      time[parent[e - 1]] - time[parent[e]] || parent[e - 1] - parent[e] || child[e - 1] - child[e] || left[e - 1] - left[e];
    if (!(order < 0)) throw bad('is out of the order of time, parent, child and left');
  }
  const edges: EdgeIndex = {
    count,
    left,
    right,
    parent: Uint32Array.from(parent),
    child: Uint32Array.from(child),
    starts: new Uint32Array(0),
    order: new Uint32Array(0),
  };
  const broken = disjointEdges(edges, time.length);
  if (broken !== undefined) throw fail(`edges, row ${broken}`, `overlaps another edge of the child ${child[broken]}`);
  const sorts = (key: 'indexes/edge_insertion_order' | 'indexes/edge_removal_order', keys: (e: number) => readonly number[]) => {
    const index = column(key);
    const seen = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      if (!(index[i] >= 0 && index[i] < count) || seen[index[i]] === 1)
        throw fail(`${key}, row ${i}`, 'is not an order of the edges');
      seen[index[i]] = 1;
      if (i === 0) continue;
      const [one, other] = [keys(index[i - 1]), keys(index[i])];
      const k = one.findIndex((value, j) => value !== other[j]);
      if (k >= 0 && one[k] > other[k]) throw fail(`${key}, row ${i}`, 'is out of order');
    }
  };
  sorts('indexes/edge_insertion_order', (e) => [left[e], time[parent[e]], parent[e], child[e]]);
  sorts('indexes/edge_removal_order', (e) => [right[e], -time[parent[e]], -parent[e], -child[e]]);
  return edges;
}

function checkSites(fail: Fail, column: Column, time: Float64Array, edges: EdgeIndex, length: number): void {
  const position = column('sites/position');
  for (let s = 0; s < position.length; s++) {
    if (!(position[s] >= 0 && position[s] < length && (s === 0 || position[s] > position[s - 1])))
      throw fail(`sites/position, row ${s}`, 'must ascend inside the genome');
  }
  const [site, node] = [column('mutations/site'), column('mutations/node')];
  const [parent, when] = [column('mutations/parent'), column('mutations/time')];
  for (let m = 0; m < site.length; m++) {
    const bad = (problem: string) => fail(`mutations, row ${m}`, problem);
    if (!(site[m] >= 0 && site[m] < position.length)) throw bad(`names the missing site ${site[m]}`);
    if (!(node[m] >= 0 && node[m] < time.length)) throw bad(`names the missing node ${node[m]}`);
    if (!(parent[m] >= -1 && parent[m] < m)) throw bad('has a parent that does not come before it');
    if (!(when[m] >= time[node[m]])) throw bad('is younger than its node');
    if (m > 0 && (site[m] < site[m - 1] || (site[m] === site[m - 1] && when[m] > when[m - 1])))
      throw bad('is out of the order of sites and times');
  }
  const listed = { count: site.length, site: Uint32Array.from(site), node: Uint32Array.from(node), parent };
  const wrong = wrongParent(listed, Array.from(position), time, edges);
  if (wrong)
    throw fail(
      `mutations, row ${wrong.row}`,
      `the last mutation above it at its site is ${wrong.above}, not ${parent[wrong.row]}`,
    );
}

/** Parents of individuals come before them. */
function checkParents(fail: Fail, store: ReadonlyMap<string, StoredArray>, offsets: ReadonlyMap<string, Uint32Array>): void {
  const [parents, ends] = [store.get('individuals/parents') as Int32Array, offsets.get('individuals/parents') as Uint32Array];
  for (let i = 0; i + 1 < ends.length; i++) {
    for (let k = ends[i]; k < ends[i + 1]; k++) {
      if (!(parents[k] >= -1 && parents[k] < i))
        throw fail(`individuals/parents, row ${i}`, 'names one that does not come before it');
    }
  }
}
