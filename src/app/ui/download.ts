import { portableName } from '../../export/portable-name.ts';

/** Gives a file to the person's browser. @returns its name: the requested one, made valid on every system */
export function download(wanted: string, parts: BlobPart[], type: string): string {
  const name = portableName(wanted);
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return name;
}

/** The same for a text. */
export function downloadText(name: string, text: string, type: string): string {
  return download(name, [text], type);
}
