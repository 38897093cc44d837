/** What was dropped on the page: read while the event lasts, for it is gone afterwards. */
export interface Dropped {
  /** Files and folders, where the browser distinguishes them. */
  readonly entries: readonly (FileSystemEntry | null)[];
  readonly files: readonly File[];
}

/** What an event brings. */
export const droppedBy = ({ dataTransfer }: DragEvent): Dropped => ({
  entries: Array.from(dataTransfer?.items ?? [], (item) => item.webkitGetAsEntry()),
  files: Array.from(dataTransfer?.files ?? []),
});

/** Whether files are dragged, and not a text or a part of the page. */
export const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;
