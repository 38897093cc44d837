import { expect, it } from 'vitest';
import { kernelBase64 } from '../../../src/kernel/generated/kernel.ts';

const bytes = Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0));

/** Ids of the sections of a WebAssembly module (WebAssembly Core Specification 2.0, 5.5.2), in order. */
function sections(module: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < module.length; ) {
    ids.push(module[at++]);
    let size = 0;
    for (let shift = 0, byte = 0x80; byte & 0x80; shift += 7) {
      byte = module[at++];
      size += (byte & 0x7f) * 2 ** shift;
    }
    at += size;
  }
  return ids;
}

it('imports the memory and nothing else', () => {
  expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

it('has no data, start or global section: instantiating it changes no memory', () => {
  const found = sections(bytes);
  // Type, function, code: the walk over the sections reads something.
  for (const id of [1, 3, 10]) expect(found).toContain(id);
  // Custom ones aside: 11 data, 12 data count, 8 start, 6 global, 4 table, 9 elements.
  for (const id of [11, 12, 8, 6]) expect(found).not.toContain(id);
});

it('exports functions only', () => {
  const kinds = new Set(WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ kind }) => kind));
  expect([...kinds]).toEqual(['function']);
});
