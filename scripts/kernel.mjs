// Compiles src/kernel/assembly to WebAssembly and writes it as a TypeScript module: bytes as base64, so that it loads
// synchronously in Node, vitest, the command line's bundle and every browser worker alike.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelFace } from './kernel-face.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const assembly = join(root, 'src/kernel/assembly');
const target = join(root, 'src/kernel/generated/kernel.ts');
const flags = [
  'src/kernel/assembly/index.ts',
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--memoryBase',
  '1024',
  '--enable',
  'simd',
  '--use',
  'abort=',
  '--bindings',
  'raw',
  '--outFile',
  'kernel.wasm',
];

/** Texts of the kernels' sources, by name. */
const sources = () =>
  readdirSync(assembly)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => [name, readFileSync(join(assembly, name), 'utf8')]);

/** Hash of everything that the result depends on: sources, flags, compiler version, and what writes the module. */
function fingerprint() {
  const hash = createHash('sha256').update(flags.join(' '));
  hash.update(JSON.parse(readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8')).version);
  for (const [name, text] of sources()) hash.update(name).update(text);
  for (const name of ['kernel.mjs', 'kernel-face.mjs']) hash.update(readFileSync(join(root, 'scripts', name)));
  return hash.digest('hex').slice(0, 16);
}

/** Compiles the kernel when its sources have changed. Returns whether it did. Throws with the compiler's words. */
export async function buildKernel() {
  const stamp = `// kernel ${fingerprint()}\n`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return false;
  const { default: asc } = await import('assemblyscript/asc');
  const outputs = new Map();
  const messages = [];
  const { error } = await asc.main(flags, {
    stdout: { write: (text) => (messages.push(String(text)), true) },
    stderr: { write: (text) => (messages.push(String(text)), true) },
    readFile: (name, base) => {
      const path = join(root, base === '.' ? '' : base, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (name, data) => outputs.set(name, data),
    listFiles: () => [],
  });
  if (error) throw new Error(`kernel: ${messages.join('')}${error.message}`);
  const types = outputs.get('kernel.d.ts');
  const names = [...types.matchAll(/export (?:declare )?function (\w+)\(([^)]*)\): (\w+);/g)];
  const face = names.map(([, name, parameters, result]) => {
    const list = parameters.replaceAll('?', '').replaceAll(/\s+/g, ' ').trim();
    return `  ${name}(${list.replace(/\bbegin: number$/, 'begin?: number')}): ${result};`;
  });
  const bytes = Buffer.from(outputs.get('kernel.wasm')).toString('base64');
  // What is for tests alone is called by address.
  const named = sources().filter(([name]) => name !== 'testing.ts');
  const text = `${stamp}// Generated from src/kernel/assembly by scripts/kernel.mjs; do not edit.
import type { Declared, Division, Key, Rows, Values, ValueType } from '../arguments.ts';

/** The compiled kernels: numbers and addresses, by place. */
export interface KernelExports {
${face.join('\n')}
}

${kernelFace(
  named.map(([, source]) => source),
  new Set(names.map(([, name]) => name)),
)}
export const kernelBase64 = '${bytes}';
`;
  mkdirSync(dirname(target), { recursive: true });
  // Written beside and renamed: two test workers may build at once.
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, target);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await buildKernel()) ? 'kernel: compiled' : 'kernel: up to date');
}
