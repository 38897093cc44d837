/** Hands a file to the person's browser. */
export function download(name: string, parts: BlobPart[], type: string): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The same for a text. */
export function downloadText(name: string, text: string, type: string): void {
  download(name, [text], type);
}
