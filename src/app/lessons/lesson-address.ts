/** Prefix of the fragment that names a lesson. */
export const lessonMark = '#lesson=';

/** What an address of a lesson says. */
export interface LessonAddress {
  readonly lesson: string;
  /** Whether the sheet for teachers is shown. */
  readonly teacher: boolean;
}

/** @throws {Error} one line for a fragment that is not the address of a lesson */
export function readLessonAddress(fragment: string): LessonAddress {
  let lesson = '';
  let teacher = false;
  for (const [key, value] of new URLSearchParams(fragment.slice(1))) {
    if (key === 'lesson' && lesson === '') lesson = value;
    else if (key === 'for' && value === 'teacher') teacher = true;
    else throw new Error(`address: '${key}=${value}' is not understood; after the lesson only for=teacher may follow`);
  }
  if (lesson === '') throw new Error('address: #lesson= is without a name; choose one in Lessons');
  return { lesson, teacher };
}

/** The address of a lesson, or of its sheet for teachers. */
export const writeLessonAddress = (lesson: string, teacher = false): string =>
  `${lessonMark}${encodeURIComponent(lesson)}${teacher ? '&for=teacher' : ''}`;
