/** What is wrong with the bytes of a Parquet file, in a few words; the reader says in which file and where. */
export class Damage extends Error {}
