// Reads the kernels' declarations (src/kernel/assembly) and writes what TypeScript calls: a function with named arguments for each, and
// what the checks of test builds know about the arguments. src/kernel/assembly/arguments.ts explains the types in the declarations.

/** What an address may point to, by the name of its type in a declaration. */
const pointees = {
  F32: ['f32'],
  F64: ['f64'],
  I32: ['i32'],
  U32: ['u32'],
  U8: ['u8'],
  Int: ['i32', 'u32'],
  Any: [],
};
const numbers = ['i32', 'u32', 'f32', 'f64'];

/** The exported functions of one file: name, comment, and of each argument name, type and the comment behind it. */
function declarationsIn(source) {
  const found = [];
  const form = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?export function (\w+)\(([^)]*)\): (\w+) \{/g;
  for (const [, comment = '', name, list, result] of source.matchAll(form)) {
    const parameters = [...list.matchAll(/(\w+): (\w+),?(?: \/\/ (.*))?/g)].map(([, parameter, type, remark]) => ({
      name: parameter,
      type,
      remark,
    }));
    found.push({ name, result, parameters, comment: comment.replaceAll(/^\s*\* ?/gm, '').trim() });
  }
  return found;
}

/** What callers give for a declared kernel, and how that becomes what the compiled kernel takes. */
function faceOf({ name: kernel, parameters }) {
  const names = parameters.map(({ name }) => name);
  const fail = (parameter, text) => {
    throw new Error(`kernel: ${kernel}(${parameter.name}: ${parameter.type}) ${text}`);
  };
  const args = [];
  const passed = [];
  let address;
  for (const parameter of parameters) {
    const { name, type, remark } = parameter;
    const pointee = type.replace(/OrNone$/, '');
    if (pointee in pointees) {
      const optional = type !== pointee;
      address = { name, pointees: pointees[pointee], optional, ...reachOf(parameter, names, fail) };
      args.push(address);
      passed.push(optional ? `a.${name} ? a.${name}.pointer : 0` : `a.${name}.pointer`);
    } else if (type === 'Stride') {
      if (!address || address.optional) fail(parameter, 'follows no address that is always there');
      address.strided = true;
      passed.push(`a.${address.name}.rowBytes`);
    } else if (type === 'Scratch') passed.push('scratch');
    else if (type === 'Begin') passed.push('0');
    else if (type === 'Key0' || type === 'Key1') {
      const pair = name.slice(0, -1);
      if (type === 'Key0') args.push({ name: pair, kind: 'key' });
      passed.push(`a.${pair}[${type.at(-1)}]`);
    } else if (type === 'Flag') {
      args.push({ name, kind: 'flag' });
      passed.push(`a.${name} ? 1 : 0`);
    } else if (type === 'Size' || numbers.includes(type)) {
      if (remark) fail(parameter, `has a length, [${remark}], but is a number`);
      args.push({ name, kind: type === 'Size' ? 'u32' : type });
      passed.push(`a.${name}`);
    } else fail(parameter, 'has a type that arguments.ts does not explain');
  }
  return { args, passed };
}

/** Of a kernel that may be divided: which of its arguments is the end of a part, which its scratch, and about how long one row takes. */
function divisionOf({ name: kernel, parameters }) {
  const at = parameters.findIndex(({ type }) => type === 'Begin');
  if (at < 0) return undefined;
  const fail = (text) => {
    throw new Error(`kernel: ${kernel}(begin: Begin) ${text}`);
  };
  if (at !== parameters.length - 1) fail('must be the last argument');
  const [, end, nanoseconds, cost = end, whole] =
    /^(\w+): (\d+) ns(?: by (\w+))?(, a part for each thread)?$/.exec(parameters[at].remark ?? '') ??
    fail(`has a comment that is not 'argument: N ns': ${parameters[at].remark}`);
  const endAt = parameters.findIndex(({ name }) => name === end);
  if (endAt < 0) fail(`counts '${end}', which is not an argument`);
  const costAt = parameters.findIndex(({ name }) => name === cost);
  if (costAt < 0) fail(`takes its time by '${cost}', which is not an argument`);
  const scratchAt = parameters.findIndex(({ type }) => type === 'Scratch');
  return `{ endAt: ${endAt}, scratchAt: ${scratchAt}, nanoseconds: ${nanoseconds}, costAt: ${costAt}, whole: ${whole !== undefined} }`;
}

/** How many values an address must have: a number a row, a number in all, or unknown. */
function reachOf(parameter, names, fail) {
  const { remark } = parameter;
  const rows = names.includes('count') ? (names.includes('first') ? 'a.first + a.count' : 'a.count') : undefined;
  if (remark === undefined) {
    if (!rows) fail(parameter, 'is an address without a length in a kernel without count');
    return { rows, each: '1' };
  }
  const [, length, aRow] =
    remark.match(/^\[(.+)\]( a row)?$/) ?? fail(parameter, `has a comment that is not a length: ${remark}`);
  if (length === '?') return {};
  const expression = length.replaceAll(/[A-Za-z_]\w*/g, (word) => {
    if (!names.includes(word)) fail(parameter, `has a length of '${word}', which is not an argument`);
    return `a.${word}`;
  });
  if (!/^[\w\s.+*()-]+$/.test(expression)) fail(parameter, `has a length that cannot be computed: ${length}`);
  if (!aRow) return { values: expression };
  if (!rows) fail(parameter, 'is of rows in a kernel without count');
  return { rows, each: expression };
}

function typeOf(argument) {
  if (argument.kind === 'key') return 'Key';
  if (argument.kind === 'flag') return 'boolean';
  if (argument.kind) return 'number';
  const types = argument.pointees.map((type) => `'${type}'`).join(' | ') || 'ValueType';
  return `${argument.strided ? 'Rows' : 'Values'}<${types}>${argument.optional ? ' | undefined' : ''}`;
}

function declarationOf(argument) {
  const { name, kind, pointees: types, optional, strided, rows, each, values } = argument;
  if (kind) return `{ name: '${name}', kind: '${kind}' }`;
  const fields = [`name: '${name}'`, `kind: 'values'`, `types: [${types.map((type) => `'${type}'`).join(', ')}]`];
  if (optional) fields.push('optional: true');
  if (rows) fields.push(`rows: ${of(rows)}`);
  if (each && !strided) fields.push(`each: ${of(each)}`);
  if (values) fields.push(`values: ${of(values)}`);
  return `{ ${fields.join(', ')} }`;
}

/** A function of the arguments. */
const of = (expression) => `${expression.includes('a.') ? '(a)' : '()'} => ${expression}`;

const comment = (text) =>
  text.split('\n').map((line, i, { length }) => `${i === 0 ? '  /** ' : '   * '}${line}${i === length - 1 ? ' */' : ''}`);

/**
 * TypeScript of the kernels with named arguments.
 * @param {readonly string[]} sources texts of the files in src/kernel/assembly
 * @param {ReadonlySet<string>} exported names of the kernels that the module exports
 * @throws {Error} if a declaration has a type or a length that it cannot have
 */
export function kernelFace(sources, exported) {
  const kernels = sources
    .flatMap(declarationsIn)
    .filter(({ name }) => exported.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((kernel) => ({ ...kernel, ...faceOf(kernel) }));
  const types = kernels.flatMap(({ name, result, args, comment: text }) => [
    ...(text ? comment(text) : []),
    `  ${name}(a: { ${args.map((argument) => `readonly ${argument.name}: ${typeOf(argument)}`).join('; ')} }): ${result === 'void' ? 'void' : 'number'};`,
  ]);
  return `/** The kernels, with named arguments. Addresses and strides come from the columns that are given. */
export interface Kernels {
${types.join('\n')}
}

/** Gives the arguments of the compiled kernels names; \`scratch\` is the address of the memory's scratch. */
export function nameArguments(wasm: KernelExports, scratch: number): Kernels {
  return {
${kernels.map(({ name, passed }) => `    ${name}: (a) => wasm.${name}(${passed.join(', ')}),`).join('\n')}
  };
}

/** The kernels that may be divided over threads. */
export const divisible: { readonly [K in keyof Kernels]?: Division } = {
${kernels
  .map((kernel) => [kernel.name, divisionOf(kernel)])
  .filter(([, division]) => division)
  .map(([name, division]) => `  ${name}: ${division},`)
  .join('\n')}
};

/** What the kernels declare about their arguments, for the checks of test builds. */
export const declarations: { readonly [K in keyof Kernels]: readonly Declared<Parameters<Kernels[K]>[0]>[] } = {
${kernels.map(({ name, args }) => `  ${name}: [\n${args.map((argument) => `    ${declarationOf(argument)},`).join('\n')}\n  ],`).join('\n')}
};
`;
}
