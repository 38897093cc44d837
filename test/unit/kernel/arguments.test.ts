import { afterAll, describe, expect, it } from 'vitest';
import { asRows, fromValue } from '../../../src/kernel/arguments.ts';
import { kernelBase64 } from '../../../src/kernel/generated/kernel.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

const { kernelFace } = (await import(new URL('../../../scripts/kernel-face.mjs', import.meta.url).href)) as {
  kernelFace(sources: readonly string[], exported: ReadonlySet<string>): string;
};

const world = makeWorld(smallWorld());
const [{ table, arena, layout }] = world.populations;
const { kernel } = arena;
const { count, columns } = table;
afterAll(() => world.dispose());

describe('kernels in test builds refuse', () => {
  const { x, y, headingX, headingY, keyLow, keyHigh, ready, dying, efficiency, energy, genome } = columns;
  const flagging = { count, keyLow, keyHigh, stream: [1, 2], tick: 0, chance: 0, flags: ready } as const;

  it('a column of another type', () => {
    // @ts-expect-error: the compiler refuses it too
    expect(() => kernel.flagByChance({ ...flagging, flags: energy })).toThrow(
      "kernel flagByChance: argument flags is 'energy' of f32; the kernel takes u32",
    );
  });

  it('a column that is not there, unless the kernel can do without', () => {
    const [bite, signal] = [table.find('bite'), table.find('signal')];
    expect([bite, signal]).toEqual([undefined, undefined]);
    // @ts-expect-error: the compiler refuses it too
    expect(() => kernel.digest({ count, gained: bite, energy, intake: columns.intake })).toThrow(
      'kernel digest: argument gained is missing: there is no such column',
    );
    const out = fromValue(columns.inputs, 0);
    expect(() => kernel.senseColumn({ count, column: energy, divisor: undefined, factor: 1, out })).not.toThrow();
  });

  it('a column with too few rows', () => {
    const many = table.capacity + 1;
    expect(() => kernel.collectFlagged({ count: many, flags: ready, out: dying })).toThrow(
      `kernel collectFlagged: argument flags is 'ready' with room for ${table.capacity} rows; the kernel reaches ${many}`,
    );
    const part = asRows(arena.scratch, 'f32', layout.stride, 0);
    const room = Math.floor(arena.scratch.bytes / (4 * layout.stride));
    const [first, slots] = [room, layout.stride];
    expect(() => kernel.expressDiploid({ first, count: 1, one: part, two: genome, genome, slots })).toThrow(
      `kernel expressDiploid: argument one is 'scratch' with room for ${room} rows; the kernel reaches ${room + 1}`,
    );
  });

  it('a column with another number of values a row', () => {
    const rest = { columns: 1, rows: 1, inverseX: 1, inverseY: 1, starts: arena.scratch, cells: ready, order: dying };
    expect(() => kernel.sortByCell({ count, x: efficiency, y, ...rest, sortedX: headingX, sortedY: headingY })).toThrow(
      "kernel sortByCell: argument x is 'efficiency' with 4 values a row; the kernel takes 1",
    );
  });

  it('a list that is too short for the other arguments', () => {
    const { scratch } = arena;
    const [columnsOf, rows] = [1000, 1000];
    const rest = { inverseX: 1, inverseY: 1, starts: scratch, cells: ready, order: dying, sortedX: x, sortedY: y };
    expect(() => kernel.sortByCell({ count, x, y, columns: columnsOf, rows, ...rest })).toThrow(
      `kernel sortByCell: argument starts is 'scratch' with ${scratch.bytes / 4} values; the kernel reaches 1000001`,
    );
  });

  it('numbers, keys and flags that are none', () => {
    expect(() => kernel.flagByChance({ ...flagging, tick: 0.5 })).toThrow(
      'kernel flagByChance: argument tick must be a whole number from 0 to 4294967295 (got 0.5)',
    );
    const wrong = { ...flagging, stream: 3 as unknown as readonly [number, number] };
    expect(() => kernel.flagByChance(wrong)).toThrow("argument stream must be the two words of a stream's key (got 3)");
    const unknown = { ...flagging, chance: undefined as unknown as number };
    expect(() => kernel.flagByChance(unknown)).toThrow('argument chance must be a number (got undefined)');
  });
});

describe('columns are known to the compiler', () => {
  it('by name and type', () => {
    // @ts-expect-error: no such column
    expect(() => table.f32('enrgy')).toThrow("table foragers has no column 'enrgy'");
    // @ts-expect-error: it holds f64
    expect(() => table.f32('id')).toThrow("table foragers: column 'id' is f64, not f32");
    expect(table.columns.energy.values).toBe(table.f32('energy'));
    expect(table.columns.energy).toBe(table.of({ name: 'energy', type: 'f32' }));
  });
});

describe('functions with named arguments', () => {
  const face = (parameters: string) =>
    kernelFace([`/** Adds. */\nexport function add(\n${parameters}\n): void {`], new Set(['add']));

  it('are made from what the kernel declares', () => {
    const text = face(`  count: i32,
  from: F32, // [4] a row
  fromStride: Stride,
  to: F64OrNone, // [2 * count]
  torus: Flag,
  key0: Key0,
  key1: Key1,
  scratch: Scratch,`);
    expect(text).toContain('/** Adds. */');
    expect(text).toContain(
      "add(a: { readonly count: number; readonly from: Rows<'f32'>; readonly to: Values<'f64'> | undefined; readonly torus: boolean; readonly key: Key }): void;",
    );
    expect(text).toContain(
      'wasm.add(a.count, a.from.pointer, a.from.rowBytes, a.to ? a.to.pointer : 0, a.torus ? 1 : 0, a.key[0], a.key[1], scratch)',
    );
    expect(text).toContain("{ name: 'to', kind: 'values', types: ['f64'], optional: true, values: (a) => 2 * a.count }");
  });

  it.each([
    ['  from: F32,', 'add(from: F32) is an address without a length in a kernel without count'],
    ['  count: i32,\n  from: F32, // [4 * width]', "add(from: F32) has a length of 'width', which is not an argument"],
    ['  count: i32,\n  from: F32, // four', 'add(from: F32) has a comment that is not a length: four'],
    ['  count: usize,', 'add(count: usize) has a type that arguments.ts does not explain'],
    ['  step: Stride,', 'add(step: Stride) follows no address that is always there'],
  ])('are refused for %s', (parameters, text) => {
    expect(() => face(parameters)).toThrow(`kernel: ${text}`);
  });
});

it('every kernel has named arguments, but for those that only tests call', () => {
  const bytes = Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0));
  const compiled = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  expect(Object.keys(kernel).sort()).toEqual(compiled.filter((name) => !/^(test|fill)[A-Z]/.test(name)).sort());
});
