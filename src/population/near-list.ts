/** A list of rows that grows: the caller keeps it, so that a query allocates nothing. */
export interface NearList {
  rows: Int32Array;
}
