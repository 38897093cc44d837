import { name, version } from '../../package.json';

/** Name and version of this program, as provenance records them. @public */
export const software: { readonly name: string; readonly version: string } = { name, version };

/** Version of the export formats: tables, summary and provenance. @public */
export const schemaVersion = 1;
