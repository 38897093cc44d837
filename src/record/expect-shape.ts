/** Restored data that does not have the expected shape: the message says where, and what is wrong there. */
export class ShapeError extends Error {
  constructor(where: string, problem: string) {
    super(`${where} ${problem}`);
    this.name = 'ShapeError';
  }
}

type Fields = Readonly<Record<string, unknown>>;

export function expectObject(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new ShapeError(where, 'is not an object');
  }
  return value as Fields;
}

/** @param length that it must have, if any */
export function expectList(value: unknown, where: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(where, 'is not a list');
  if (length !== undefined && value.length !== length) {
    throw new ShapeError(where, `has ${value.length} items and should have ${length}`);
  }
  return value;
}

export function expectText(value: unknown, where: string, longest = 2000): string {
  if (typeof value !== 'string') throw new ShapeError(where, 'is not a text');
  if (value.length > longest) throw new ShapeError(where, `has more than ${longest} characters`);
  return value;
}

export function expectOneOf<T extends string>(value: unknown, where: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new ShapeError(where, `is not one of ${words.join(', ')}`);
  return found;
}

export function expectBoolean(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new ShapeError(where, 'is neither true nor false');
  return value;
}

/** A whole number between two bounds, both included. */
export function expectWhole(value: unknown, where: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) {
    throw new ShapeError(where, `is not a whole number from ${least} to ${most}`);
  }
  return value as number;
}

/** Any number: NaN and infinities are valid results. */
export function expectNumber(value: unknown, where: string): number {
  if (typeof value !== 'number') throw new ShapeError(where, 'is not a number');
  return value;
}

export function expectFinite(value: unknown, where: string): number {
  if (!Number.isFinite(value)) throw new ShapeError(where, 'is not a finite number');
  return value as number;
}

const columnTypes = { Uint8Array, Int32Array, Float32Array, Float64Array };
interface Columns {
  Uint8Array: Uint8Array;
  Int32Array: Int32Array;
  Float32Array: Float32Array;
  Float64Array: Float64Array;
}

/** @param length that it must have, if any */
export function expectColumn<T extends keyof Columns>(value: unknown, where: string, type: T, length?: number): Columns[T] {
  if (!(value instanceof columnTypes[type])) throw new ShapeError(where, `is not a ${type}`);
  if (length !== undefined && value.length !== length) {
    throw new ShapeError(where, `has ${value.length} values and should have ${length}`);
  }
  return value as Columns[T];
}

/** Every value of a column is between two bounds, both included; NaN is not. */
export function expectWithin(column: ArrayLike<number>, where: string, least: number, most: number): void {
  for (let i = 0; i < column.length; i++) {
    if (!(column[i] >= least && column[i] <= most)) throw new ShapeError(`${where}[${i}]`, `is not from ${least} to ${most}`);
  }
}

/** Every value of a column is a whole number, as ids are. */
export function expectWholeColumn(column: ArrayLike<number>, where: string, least = 0): void {
  for (let i = 0; i < column.length; i++) expectWhole(column[i], `${where}[${i}]`, least);
}

/** Every value of a column is finite. */
export function expectFiniteColumn(column: ArrayLike<number>, where: string): void {
  expectWithin(column, where, -Number.MAX_VALUE, Number.MAX_VALUE);
}

/** Every value of a column is greater than the one before, or at least as great. */
export function expectAscending(column: ArrayLike<number>, where: string, strictly: boolean): void {
  for (let i = 1; i < column.length; i++) {
    if (!(strictly ? column[i] > column[i - 1] : column[i] >= column[i - 1])) {
      throw new ShapeError(`${where}[${i}]`, 'is not in ascending order');
    }
  }
}

/** Only JSON values, a few dozen levels deep, as in a scene file. */
export function expectJson(value: unknown, where: string, depth = 0): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') expectFinite(value, where);
  else if (depth > 40) throw new ShapeError(where, 'is nested too deep');
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) expectJson(item, `${where}[${i}]`, depth + 1);
  else
    for (const [key, item] of Object.entries(expectObject(value, where)))
      expectJson(item, `${where}.${key.slice(0, 40)}`, depth + 1);
}
