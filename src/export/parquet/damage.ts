/** What is wrong with the bytes of a Parquet file, in a few words; the reader adds the file and the place. */
export class Damage extends Error {}
