import { afterEach, describe, expect, it } from 'vitest';
import { Arena } from '../../../src/kernel/memory.ts';

const open: Arena[] = [];
const arena = () => {
  const made = new Arena();
  open.push(made);
  return made;
};
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

describe('Arena', () => {
  it('cuts its memory into aligned, zeroed blocks that do not overlap', () => {
    const a = arena();
    const blocks = [1, 16, 17, 4000, 0].map((bytes, i) => a.allocate(`block ${i}`, bytes));
    let end = 0;
    for (const block of blocks) {
      expect(block.pointer % 16).toBe(0);
      expect(block.pointer).toBeGreaterThanOrEqual(end);
      end = block.pointer + block.bytes;
      expect(block.u8().every((byte) => byte === 0)).toBe(true);
    }
    expect(blocks.map(({ bytes }) => bytes)).toEqual([16, 16, 32, 4000, 0]);
  });

  it('resizes several blocks at once and keeps the live bytes of all', () => {
    const a = arena();
    const [first, second, third] = ['first', 'second', 'third'].map((name) => a.allocate(name, 64));
    const fill = (of: typeof first, from: number) => of.u8().forEach((_, i, all) => (all[i] = from + i));
    fill(first, 0);
    fill(second, 64);
    fill(third, 128);
    let told = 0;
    a.onLayout(() => told++);
    a.resize([
      { block: first, bytes: 3_000_000, liveBytes: 64 },
      { block: second, bytes: 5_000_000, liveBytes: 32 },
    ]);
    expect(told).toBe(1);
    const bytes = (from: number, n: number) => Array.from({ length: n }, (_, i) => from + i);
    expect([...first.u8().subarray(0, 64)]).toEqual(bytes(0, 64));
    expect([...second.u8().subarray(0, 32)]).toEqual(bytes(64, 32));
    expect([...third.u8()]).toEqual(bytes(128, 64));
    expect(a.checkGuards()).toBeUndefined();
    expect(() => a.resize([{ block: first, bytes: 8, liveBytes: 8 }])).toThrow('cannot shrink');
  });

  it('stays whole when there is no memory to grow into', () => {
    const a = arena();
    const first = a.allocate('first', 64);
    const second = a.allocate('second', 64);
    second.u8().fill(7);
    const pointer = second.pointer;
    expect(() => a.resize([{ block: first, bytes: 2 ** 33, liveBytes: 64 }])).toThrow(/no memory for \d+ MB/);
    expect(second.pointer).toBe(pointer);
    expect(second.u8().every((byte) => byte === 7)).toBe(true);
    expect(first.bytes).toBe(64);
    expect(() => a.allocate('huge', 2 ** 33)).toThrow('no memory');
    a.resize([{ block: first, bytes: 128, liveBytes: 64 }]);
    expect(second.u8().every((byte) => byte === 7)).toBe(true);
    expect(a.checkGuards()).toBeUndefined();
  });

  it('names the block past whose end something was written', () => {
    const a = arena();
    const block = a.allocate('victim', 32);
    new Uint8Array(block.u8().buffer)[block.pointer + block.bytes] ^= 1;
    expect(a.checkGuards()).toBe('victim');
  });

  it('a recycled memory starts with zeroed blocks and may be given back twice without harm', () => {
    const a = new Arena();
    a.allocate('block', 4096).u8().fill(255);
    a.dispose();
    a.dispose();
    const b = arena();
    const c = arena();
    const [inB, inC] = [b, c].map((one) => one.allocate('block', 4096).u8());
    expect(inB.every((byte) => byte === 0)).toBe(true);
    inB.fill(9);
    expect(inC.every((byte) => byte === 0)).toBe(true);
  });

  it('refuses more live memories than a browser allows, in words', () => {
    const many: Arena[] = [];
    expect(() => {
      for (let i = 0; i < 100; i++) many.push(new Arena());
    }).toThrow(/\d+ simulations are alive; dispose of some/);
    expect(many.length).toBeLessThan(94);
    for (const one of many) one.dispose();
    expect(() => arena()).not.toThrow();
  });
});
