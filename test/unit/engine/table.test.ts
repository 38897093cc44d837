import { describe, expect, it } from 'vitest';
import { type ColumnSpec, Table } from '../../../src/ecs/table.ts';
import { Arena } from '../../../src/kernel/memory.ts';

const specs: readonly ColumnSpec[] = [
  { name: 'id', type: 'f64', kind: 'state' },
  { name: 'x', type: 'f32', kind: 'state' },
  { name: 'genome', type: 'f32', width: 8, kind: 'state' },
  { name: 'born', type: 'i32', kind: 'state' },
  { name: 'seen', type: 'u32', width: 2, kind: 'shown' },
  { name: 'dying', type: 'u32', kind: 'scratch' },
];

/** Writes a row whose every value follows from its id. */
function write(table: Table, row: number, id: number): void {
  table.f64('id')[row] = id;
  table.f32('x')[row] = id / 4;
  for (let i = 0; i < 8; i++) table.f32('genome')[8 * row + i] = id + i / 8;
  table.i32('born')[row] = -id;
  table.u32('seen').set([id, ~id], 2 * row);
}

/** The ids of the rows, after checking that every row is whole. */
function read(table: Table): number[] {
  return Array.from({ length: table.count }, (_, row) => {
    const id = table.f64('id')[row];
    expect(table.f32('x')[row]).toBe(id / 4);
    for (let i = 0; i < 8; i++) expect(table.f32('genome')[8 * row + i]).toBe(Math.fround(id + i / 8));
    expect(table.i32('born')[row]).toBe(0 - id);
    expect([...table.u32('seen').subarray(2 * row, 2 * row + 2)]).toEqual([id, ~id >>> 0]);
    return id;
  });
}

function add(table: Table, many: number, firstId: number): void {
  table.reserve(table.count + many);
  const first = table.append(many);
  for (let k = 0; k < many; k++) write(table, first + k, firstId + k);
}

function removeRows(table: Table, rows: readonly number[]): void {
  table.u32('dying').set(rows);
  table.remove(table.columns.dying, rows.length);
}

describe('Table', () => {
  it('keeps live rows through growth, of its own and of others in the same memory', () => {
    const arena = new Arena();
    const first = new Table(arena, 'first', specs, 4);
    const second = new Table(arena, 'second', specs, 4);
    let next = 0;
    for (const many of [3, 5, 40, 1, 700, 9000]) {
      add(first, many, next);
      add(second, many, next + 100_000);
      next += many;
      expect(read(first)).toEqual([...first.f64('id').keys()].slice(0, next));
      expect(read(second)[next - 1]).toBe(100_000 + next - 1);
      expect(arena.checkGuards()).toBeUndefined();
    }
    arena.dispose();
  });

  it('moves the last rows into holes and keeps every row whole', () => {
    const arena = new Arena();
    const table = new Table(arena, 'table', specs);
    add(table, 10, 0);
    removeRows(table, [1, 4, 8, 9]);
    expect(read(table).sort((a, b) => a - b)).toEqual([0, 2, 3, 5, 6, 7]);
    removeRows(table, []);
    expect(table.count).toBe(6);
    removeRows(table, [0, 1, 2, 3, 4, 5]);
    expect(table.count).toBe(0);
    add(table, 3, 50);
    expect(read(table)).toEqual([50, 51, 52]);
    expect(arena.checkGuards()).toBeUndefined();
    arena.dispose();
  });

  it('adds rows of zeros, whatever stood in their place', () => {
    const arena = new Arena();
    const table = new Table(arena, 'table', specs);
    add(table, 10, 7);
    removeRows(table, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    table.append(6);
    for (const { name, kind } of specs)
      if (kind !== 'scratch') expect(table.bytes({ name }).every((byte) => byte === 0)).toBe(true);
    arena.dispose();
  });

  it('gives the same rows whatever the capacity it started with', () => {
    const run = (capacity: number) => {
      const arena = new Arena();
      const table = new Table(arena, 'table', specs, capacity);
      let next = 0;
      for (let round = 0; round < 60; round++) {
        add(table, 1 + ((round * 7) % 11), next);
        next += 1 + ((round * 7) % 11);
        const dying = [...table.f64('id').keys()].slice(0, table.count).filter((row) => (row + round) % 4 === 0);
        removeRows(table, dying);
      }
      const rows = read(table);
      arena.dispose();
      return rows;
    };
    const reference = run(1);
    expect(reference.length).toBeGreaterThan(10);
    for (const capacity of [4, 64, 5000]) expect(run(capacity)).toEqual(reference);
  });

  it('views are dead after growth and anew when fetched', () => {
    const arena = new Arena();
    const table = new Table(arena, 'table', specs, 4);
    add(table, 4, 0);
    const old = table.f32('x');
    add(table, 200_000, 4);
    expect(old.length).toBe(0);
    expect(table.f32('x')[3]).toBe(0.75);
    expect(table.f32('x').length).toBeGreaterThanOrEqual(200_004);
    arena.dispose();
  });

  it('says what is wrong: unknown column, twice the same, rows without room', () => {
    const arena = new Arena();
    const table = new Table(arena, 'table', specs, 4);
    expect(() => table.f32('nothing')).toThrow("table table has no column 'nothing'");
    expect(() => new Table(arena, 'twice', [specs[0], specs[0]])).toThrow("column 'id' is listed twice");
    expect(() => table.append(1000)).toThrow('without room');
    expect(() => table.of({ name: 'id', type: 'u32' })).toThrow("table table: column 'id' is f64, not u32");
    expect(table.columns.nothing).toBeUndefined();
    expect(table.find({ name: 'nothing', type: 'u32' })).toBeUndefined();
    arena.dispose();
  });
});
