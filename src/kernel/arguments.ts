// What kernels take as arguments, and the checks of these in test builds.

/** Type of values in the simulation's memory. */
export type ValueType = 'f32' | 'f64' | 'i32' | 'u32' | 'u8';

export const bytesOf: Readonly<Record<ValueType, number>> = { f32: 4, f64: 8, i32: 4, u32: 4, u8: 1 };

/** Values in the simulation's memory as kernels take them: a column, some values of each of its rows, or a block. */
export interface Values<T extends ValueType = ValueType> {
  readonly name: string;
  /** Type of the values; a block may hold any. */
  readonly type?: T;
  /** Address; it changes when the memory's layout does. */
  readonly pointer: number;
  /** Bytes from the address on. */
  readonly bytes: number;
  /** Bytes from a row to the next, if the values are rows. */
  readonly rowBytes?: number;
}

/** Values that are rows. */
export interface Rows<T extends ValueType = ValueType> extends Values<T> {
  readonly type: T;
  readonly rowBytes: number;
}

/** Key of a random stream. */
export type Key = readonly [number, number];

/** Each row from its value `at` on, under the same name: the address of that value, and the rows' own stride. */
export function fromValue<T extends ValueType>({ name, type, pointer, bytes, rowBytes }: Rows<T>, at: number): Rows<T> {
  const offset = at * bytesOf[type];
  return { name, type, pointer: pointer + offset, bytes: bytes - offset, rowBytes };
}

/** A block, from byte `from` on, as rows of `width` values. */
export function asRows<T extends ValueType>({ name, pointer, bytes }: Values, type: T, width: number, from = 0): Rows<T> {
  return { name, type, pointer: pointer + from, bytes: bytes - from, rowBytes: width * bytesOf[type] };
}

/** How a kernel is divided over threads: its last argument is where a part begins. */
export interface Division {
  /** Which argument is the number of rows, and of a part its end. */
  readonly endAt: number;
  /** Which argument is the memory's scratch; -1 if it needs none. */
  readonly scratchAt: number;
  /** About how long each of something takes, and which argument is their number: the rows, as a rule. */
  readonly nanoseconds: number;
  readonly costAt: number;
  /** Whether each part reads everything, so that there should be no more parts than threads. */
  readonly whole: boolean;
}

/** What a kernel declares about one argument; `A` are all of them. */
export interface Declared<A> {
  readonly name: string & keyof A;
  readonly kind: 'i32' | 'u32' | 'f32' | 'f64' | 'flag' | 'key' | 'values';
  /** Of values: what they may be; any if there are none. */
  readonly types?: readonly ValueType[];
  readonly optional?: boolean;
  /** Rows that the kernel reads or writes. */
  readonly rows?: (a: A) => number;
  /** Values a row, unless the kernel takes what the column has. */
  readonly each?: (a: A) => number;
  /** Values in all, if they are not rows of the kernel's table. */
  readonly values?: (a: A) => number;
}

/**
 * For test builds: kernels that refuse arguments which do not fit their declaration.
 * @throws {TypeError} by its functions: the kernel, the argument, and what is wrong with it
 */
export function checkKernels<K extends object>(
  kernels: K,
  declarations: { readonly [N in keyof K]: readonly Declared<never>[] },
): K {
  const checked = {} as K;
  for (const name of Object.keys(kernels) as (string & keyof K)[]) {
    const kernel = kernels[name] as (a: object) => number;
    checked[name] = ((a: Readonly<Record<string, unknown>>) => {
      for (const declared of declarations[name] as readonly Declared<never>[]) {
        const wrong = whatIsWrong(declared as unknown as Declared<typeof a>, a);
        if (wrong) throw new TypeError(`kernel ${name}: argument ${declared.name} ${wrong}`);
      }
      return kernel(a);
    }) as K[typeof name];
  }
  return checked;
}

function whatIsWrong(declared: Declared<Readonly<Record<string, unknown>>>, a: Readonly<Record<string, unknown>>): string {
  const value = a[declared.name];
  switch (declared.kind) {
    case 'values':
      return wrongValues(declared, value as Values | undefined, a);
    case 'flag':
      return typeof value === 'boolean' ? '' : `must be true or false (got ${value})`;
    case 'key':
      return Array.isArray(value) && value.length === 2 && value.every(Number.isInteger)
        ? ''
        : `must be the two words of a stream's key (got ${value})`;
    case 'f32':
    case 'f64':
      return typeof value === 'number' ? '' : `must be a number (got ${value})`;
    default: {
      const [least, most] = declared.kind === 'i32' ? [-0x80000000, 0x7fffffff] : [0, 0xffffffff];
      const fits = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
      return fits ? '' : `must be a whole number from ${least} to ${most} (got ${value})`;
    }
  }
}

function wrongValues(
  { types = [], optional = false, rows, each, values }: Declared<Readonly<Record<string, unknown>>>,
  given: Values | undefined,
  a: Readonly<Record<string, unknown>>,
): string {
  if (given === undefined) return optional ? '' : 'is missing: there is no such column';
  const { name, type, pointer, bytes, rowBytes } = given;
  const what = `is '${name}'`;
  if (!(pointer > 0)) return `${what}, which has no address (${pointer})`;
  if (type && types.length > 0 && !types.includes(type)) return `${what} of ${type}; the kernel takes ${types.join(' or ')}`;
  const size = bytesOf[type ?? types[0] ?? 'u8'];
  const wide = each && each(a) * size;
  if (wide !== undefined && rowBytes !== undefined && rowBytes !== wide) {
    return `${what} with ${rowBytes / size} values a row; the kernel takes ${wide / size}`;
  }
  if (rows) {
    const room = Math.floor(bytes / (rowBytes ?? wide ?? size));
    return rows(a) > room ? `${what} with room for ${room} rows; the kernel reaches ${rows(a)}` : '';
  }
  return values && values(a) * size > bytes ? `${what} with ${bytes / size} values; the kernel reaches ${values(a)}` : '';
}
