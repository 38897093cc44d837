import type { Lesson } from '../../scene/lesson/schema.ts';
import type { App } from '../app.svelte.ts';
import { openInstead } from '../session/open-instead.ts';
import { sceneNamed } from '../session/scenes.ts';
import { showAddress } from '../session/show-address.ts';
import { messageOf } from '../ui/words.ts';
import { readLessonAddress, writeLessonAddress } from './lesson-address.ts';
import { LessonState } from './lesson-state.svelte.ts';
import { lessonNamed } from './lessons.ts';

/** Opens the lesson that an address names; what cannot be opened is reported in one line. @param isLast whether no other world has been requested since */
export async function openLesson(app: App, fragment: string, isLast: () => boolean): Promise<void> {
  try {
    const { lesson: name, teacher } = readLessonAddress(fragment);
    // The sheet belongs to the lesson that is open: its place and answers stay.
    const open = app.lesson?.hasAddress && app.lesson.lesson.name === name ? app.lesson : undefined;
    const lesson = open?.lesson ?? (await lessonNamed(app.worker, name));
    if (!isLast()) return;
    if (app.lesson?.lesson !== lesson) {
      const json = await sceneNamed(lesson.scene, lesson.name).load();
      if (!isLast()) return;
      app.lesson = new LessonState(app, lesson, json);
    }
    app.lesson.showsSheet = teacher;
    if (!teacher) await app.lesson.begin();
    return;
  } catch (error) {
    app.lesson = undefined;
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
  }
  if (isLast()) await openInstead(app);
}

/** Shows a lesson, or its sheet for teachers, at an address of its own. */
export async function showLesson(app: App, name: string, teacher = false): Promise<void> {
  const fragment = writeLessonAddress(name, teacher);
  showAddress(fragment, true);
  await openLesson(app, fragment, app.worlds.wish());
}

/** Shows a lesson from a person's file. It has no address. */
export async function openLessonFile(app: App, file: File): Promise<boolean> {
  const isLast = app.worlds.wish();
  try {
    const lesson: Lesson = await app.worker.lessons.read(parseText(await file.text(), file.name), file.name);
    const json = await sceneNamed(lesson.scene, file.name).load();
    await app.worker.lessons.check(lesson, json, file.name);
    if (!isLast()) return false;
    app.lesson = new LessonState(app, lesson, json, false);
    await app.lesson.begin();
    return true;
  } catch (error) {
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
    return false;
  }
}

function parseText(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: not JSON (${messageOf(error)}); correct the file`);
  }
}
