import { type ColumnType, isList } from '../export-table.ts';

/** Type of the values of a column; for lists, of the items. */
export const itemType = (type: ColumnType): ColumnType => (isList(type) ? (type.slice(5, -1) as ColumnType) : type);
