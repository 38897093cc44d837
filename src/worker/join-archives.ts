/** Signatures and lengths of the format (APPNOTE 6.3.10, sections 4.3.12 and 4.3.16). */
const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
const [entryLength, endLength] = [46, 22];
/** Where an entry says where its file begins, and where the end says how many entries there are, their bytes, and where they begin. */
const entryOffsetAt = 42;
const [countHereAt, countAt, bytesAt, offsetAt] = [8, 10, 12, 16];
/** Entries that an archive of this form can have. */
const mostEntries = 65_535;

/** The parts of an archive: its files as they are packed, the list of them, and how many. */
function partsOf(archive: Uint8Array) {
  const end = archive.byteLength - endLength;
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (end < 0 || view.getUint32(end, true) !== endSignature) throw new Error('archive: its end is missing; write it again');
  const count = view.getUint16(end + countAt, true);
  const offset = view.getUint32(end + offsetAt, true);
  const list = archive.slice(offset, offset + view.getUint32(end + bytesAt, true));
  return { files: archive.subarray(0, offset), list, count };
}

/**
 * One archive of two, whose files are not packed again. Names in the two must differ; both are of the form that `zipRun` writes, without comments.
 * @throws {Error} if an argument is not such an archive, or there are more than 65,535 files or 4 GB
 */
export function joinArchives(one: ArrayBuffer, other: ArrayBuffer): ArrayBuffer {
  const [first, second] = [partsOf(new Uint8Array(one)), partsOf(new Uint8Array(other))];
  const shift = first.files.byteLength;
  const entries = new DataView(second.list.buffer);
  for (let at = 0; at < second.list.byteLength; ) {
    if (entries.getUint32(at, true) !== entrySignature) throw new Error('archive: its list of files is damaged; write it again');
    entries.setUint32(at + entryOffsetAt, entries.getUint32(at + entryOffsetAt, true) + shift, true);
    at += entryLength + entries.getUint16(at + 28, true) + entries.getUint16(at + 30, true) + entries.getUint16(at + 32, true);
  }
  const count = first.count + second.count;
  const offset = shift + second.files.byteLength;
  const bytes = first.list.byteLength + second.list.byteLength;
  if (count > mostEntries || offset + bytes > 0xffff_ffff) throw new Error('archive: too large for one; export each world alone');
  const end = new DataView(new ArrayBuffer(endLength));
  end.setUint32(0, endSignature, true);
  end.setUint16(countHereAt, count, true);
  end.setUint16(countAt, count, true);
  end.setUint32(bytesAt, bytes, true);
  end.setUint32(offsetAt, offset, true);
  const whole = new Uint8Array(offset + bytes + endLength);
  let at = 0;
  for (const part of [first.files, second.files, first.list, second.list, new Uint8Array(end.buffer)]) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole.buffer;
}
