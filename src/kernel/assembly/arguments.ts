// Types of the arguments of kernels. To the compiler an address is a number; scripts/kernel.mjs reads these names in the kernels'
// declarations and writes the types and the checks of the functions that TypeScript calls.
// An address is that of row 0 of a column with one value a row, or as many as a comment behind it says (`wants: F32, // [4] a row`). It has
// at least `first + count` rows (`count` where there is no `first`). Values that are not rows of the kernel's table have their number in such
// a comment, in terms of the other arguments: `starts: U32, // [columns * rows + 1]`, or `[?]` if these do not say it.

export type F32 = usize;
export type F64 = usize;
export type I32 = usize;
export type U32 = usize;
export type U8 = usize;
/** Signed or unsigned 32-bit. */
export type Int = usize;
/** Values of any type. */
export type Any = usize;

/** The same, or 0 where there is no such column. */
export type F32OrNone = usize;
export type I32OrNone = usize;
export type U32OrNone = usize;
export type U8OrNone = usize;

/** Bytes from a row to the next of the address before it: known from the column, so that callers do not give it. */
export type Stride = i32;
/** The memory's scratch: callers do not give it. */
export type Scratch = usize;
/** The two words of the key of a random stream: callers give them as one pair, under the name without the digit. */
export type Key0 = u32;
export type Key1 = u32;
/** 1 or 0: a boolean to callers. */
export type Flag = i32;
/** A number of bytes. */
export type Size = usize;
/**
 * Where a part of the work begins. A kernel that has it, as its last argument, may be divided over threads: rows (or what else the comment
 * behind it counts) do not depend on what the kernel writes to others, and the counting argument is then the end of the part. The comment
 * also says about how long one takes, `begin: Begin, // count: 40 ns`, or how long one of another number does where every part reads all of
 * these, `// end: 1 ns by eaterCount, a part for each thread`. Parts begin at multiples of 4. Callers do not give it.
 */
export type Begin = i32;
