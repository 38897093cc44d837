import { digestText } from './run-identity.ts';

/**
 * Names of files and folders that Windows, macOS and Linux all accept and that mean one file on each of them. Windows refuses
 * `<>:"/\|?*`, control characters, and dots and spaces at the end, and reserves the names of devices (`con`, `nul.csv`).
 * Folders of Windows and macOS treat `a` and `A`, and `é` written as one or two characters, as one name.
 */

/** Most bytes of a name in UTF-8: systems allow 255, and endings such as `.partial` are added to it. */
const mostBytes = 120;

/** An ending of a file name, kept whole where a name is shortened. */
const ending = /\.[A-Za-z0-9][A-Za-z0-9-]{0,19}$/;

/** Names of devices, compared with the part before the first dot. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

const forbidden = /[<>:"/\\|?*\u0000-\u001f\u007f]/;

/** Why a name cannot be a file's on Windows, in a few words; undefined for a name that works everywhere. */
export function nameProblem(name: string): string | undefined {
  const found = forbidden.exec(name)?.[0];
  if (found !== undefined) {
    return found.charCodeAt(0) < 32 || found === '\u007f' ? 'holds a control character' : `holds ${found}`;
  }
  if (/[. ]$/.test(name)) return `ends with a ${name.endsWith('.') ? 'dot' : 'space'}`;
  if (device.test(stemOf(name).trimEnd())) return 'is the name of a device';
  return new TextEncoder().encode(name).length > 255 ? 'is longer than 255 bytes' : undefined;
}

/**
 * The name of a file or folder for a text: letters, digits, `.`, `_` and `-` are kept, all other characters become `_`, and a
 * long text is cut before its ending (to 120 bytes). The same text gives the same name; two texts may give the same name, see
 * `distinctName`.
 */
export function portableName(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '_')
    .replace(/^\.+/, '_')
    .replace(/[._]+$/, (tail) => (tail.includes('.') ? '_' : tail));
  const stem = stemOf(plain);
  const free = device.test(stem) ? `${stem}_${plain.slice(stem.length)}` : plain;
  return shortened(free === '' ? '_' : free, mostBytes);
}

/**
 * `portableName`, followed by eight digits of a hash where the text is not already such a name in lower case. Two texts give
 * two names (unless their hashes agree, 1 in 4 thousand million), also in folders that ignore case.
 */
export function distinctName(text: string): string {
  const name = portableName(text);
  return name === text && name === folded(name) ? name : withHash(name, text);
}

/** Names the files of one folder: portable, and none twice, also in folders that ignore case. */
export class NamesOfFolder {
  private readonly taken = new Map<string, string>();

  /** The name for a text, the same at each call. The first text that gives a name gets it; later ones get a hash. */
  nameOf(text: string): string {
    const plain = portableName(text);
    const name = (this.taken.get(folded(plain)) ?? text) === text ? plain : withHash(plain, text);
    this.taken.set(folded(name), text);
    return name;
  }
}

/** The last part of a path of any system. */
export function fileNameOf(path: string): string {
  return path.slice(folderOf(path).length);
}

/** A path of any system without its last part, the separator included; '' where it has one part. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/**
 * Why a path cannot be one of Windows: the part and the reason. Drives (`C:\runs`, `C:runs`), shares (`\\server\share`) and
 * long paths (`\\?\C:\runs`) are fine; so are `.` and `..`. Undefined for a path that works.
 */
export function windowsPathProblem(path: string): string | undefined {
  const parts = path
    .replace(/^[\\/]{2}\?[\\/]/, '')
    .replace(/^[A-Za-z]:/, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  for (const part of parts) {
    const problem = nameProblem(part);
    if (problem !== undefined) return `'${part}' ${problem}`;
  }
  return undefined;
}

/** The part before the first dot. */
function stemOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/** A name as folders that ignore case see it. */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}

function withHash(name: string, text: string): string {
  const end = ending.exec(name)?.[0] ?? '';
  const digits = digestText(text).slice(0, 8);
  return `${shortened(name.slice(0, name.length - end.length), mostBytes - end.length - digits.length - 1)}-${digits}${end}`;
}

/** A name of at most this many bytes, cut before its ending, between characters. */
function shortened(name: string, most: number): string {
  const encoder = new TextEncoder();
  if (encoder.encode(name).length <= most) return name;
  const end = ending.exec(name)?.[0] ?? '';
  let stem = '';
  let left = most - end.length;
  for (const character of name.slice(0, name.length - end.length)) {
    left -= encoder.encode(character).length;
    if (left < 0) break;
    stem += character;
  }
  return `${stem.replace(/[. ]+$/, '_')}${end}`;
}
