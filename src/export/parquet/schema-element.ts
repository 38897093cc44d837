/** An element of the schema of a file, with numbers of the format. */
export interface SchemaElement {
  readonly name: string;
  readonly type?: number;
  readonly repetition?: number;
  readonly children?: number;
  readonly converted?: number;
}
