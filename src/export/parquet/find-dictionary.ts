/** Values looked at before a dictionary is begun: where nine of ten differ, none pays. */
const sampled = 1000;

/** A column as places in a list of its different values. */
export interface Dictionary {
  /** Entries, in order of first use; valid until the next search. */
  readonly entries: Float64Array;
  /** Entry of each value; valid until the next search. */
  readonly places: Uint32Array;
}

let slots = new Int32Array(0);
let entries = new Float64Array(0);
let places = new Uint32Array(0);

/** Bits of the places in a dictionary with this many entries. */
export const widthOf = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/**
 * The different values of a column, by their bits, if a dictionary and the places in it take at most half of what the values take.
 * @param size of a value, bytes
 */
export function findDictionary(values: Float64Array, size: number): Dictionary | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  makeRoom(count);
  const shift = Math.clz32(slots.length) + 1;
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * count);
  const known = new Int32Array(entries.buffer);
  /** Entry of a value, a new one where it is not known. */
  const enter = (i: number, most: number): number => {
    const [low, high] = [words[2 * i], words[2 * i + 1]];
    let slot = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> shift;
    for (;;) {
      const entry = slots[slot] - 1;
      if (entry < 0) break;
      if (known[2 * entry] === low && known[2 * entry + 1] === high) return entry;
      slot = (slot + 1) & (slots.length - 1);
    }
    if (found >= most) return -1;
    slots[slot] = found + 1;
    entries[found] = values[i];
    return found++;
  };
  let found = 0;
  let same = 1;
  while (same < count && words[2 * same] === words[0] && words[2 * same + 1] === words[1]) same++;
  if (same === count) {
    // Columns of one value are common: what a mechanism that is off has changed.
    if (mostEntries(count, size) < 1) return undefined;
    entries[0] = values[0];
    places.fill(0, 0, count);
    return { entries: entries.subarray(0, 1), places: places.subarray(0, count) };
  }
  const looks = Math.min(count, sampled);
  for (let k = 0; k < looks; k++) enter(looks === 1 ? 0 : Math.floor((k * (count - 1)) / (looks - 1)), count);
  if (found > 0.9 * looks && looks > 1) return undefined;
  slots.fill(0);
  found = 0;
  const most = mostEntries(count, size);
  for (let i = 0; i < count; i++) {
    const entry = enter(i, most);
    if (entry < 0) return undefined;
    places[i] = entry;
  }
  return found > most ? undefined : { entries: entries.subarray(0, found), places: places.subarray(0, count) };
}

/** The most entries with which a dictionary pays: 2 (entries size + places) <= values size. */
function mostEntries(count: number, size: number): number {
  const pays = (found: number) => 2 * (found * size + Math.ceil((count * widthOf(found)) / 8)) <= count * size;
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pays(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function makeRoom(count: number): void {
  let size = Math.max(1024, slots.length);
  while (size < 2 * count) size *= 2;
  if (slots.length === size) slots.fill(0);
  else slots = new Int32Array(size);
  if (entries.length < count) entries = new Float64Array(count);
  if (places.length < count) places = new Uint32Array(count);
}
