import type { RunAddress } from '../../worker/topics/run.ts';
import type { App } from '../app.svelte.ts';
import { isReload } from '../instruments/notebook/notebook-state.svelte.ts';
import { lessonMark } from '../lessons/lesson-address.ts';
import { messageOf } from '../ui/words.ts';
import { openInstead } from './open-instead.ts';
import { sceneNamed } from './scenes.ts';
import { runMark, sceneMark, usualSeed } from './show-address.ts';

/** The whole fragment of the address of a run that `upslope serve` serves beside the page. */
const servedMark = '#served-run';

/**
 * Opens the run that an address carries or names, or meadow if there is none. A link that cannot be read is reported in one line
 * and meadow opens instead; a world that is open already does not change.
 * @param asked the fragment of an address that the page was taken to: the page's own may have changed since. Missing when the page opens.
 */
export async function openAddress(app: App, asked?: string): Promise<void> {
  const fragment = asked ?? location.hash;
  // Also at a reload, which begins the lesson again: its world alone would be without it.
  if (fragment.startsWith(lessonMark)) {
    app.maker = undefined;
    const isLast = app.worlds.wish();
    const { openLesson } = await import('../lessons/open-lesson.ts');
    await openLesson(app, fragment, isLast);
    return;
  }
  app.lesson = undefined;
  app.maker = undefined;
  const [meadow] = app.worlds.scenes;
  if (asked === undefined && isReload()) {
    const { takeUp } = await import('./left-run.ts');
    if (await takeUp(app)) return;
  }
  const isServed = fragment === servedMark;
  if (fragment.startsWith(sceneMark)) {
    const isLast = app.worlds.wish();
    const { openScene } = await import('./open-scene.ts');
    await openScene(app, fragment, isLast);
    return;
  }
  if (!isServed && !fragment.startsWith(runMark)) {
    if (!app.world.text && (await app.worlds.load(meadow, usualSeed))) {
      await app.transport.play();
      app.guide.offer();
      await app.notebook.refresh();
      const left = await app.notebook.leftElsewhere();
      if (left) (await import('./left-run.ts')).offerLeft(app, left);
    }
    return;
  }
  const isLast = app.worlds.wish();
  try {
    if (isServed) {
      const { openServed } = await import('./open-served.ts');
      await openServed(app, fragment, isLast);
      return;
    }
    const address = await withScene(await app.worker.run.readLink(fragment.slice(runMark.length)));
    if (!isLast() || (await app.worlds.replay(address, 'link', fragment, isLast))) return;
  } catch (error) {
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
  }
  if (isLast()) await openInstead(app);
}

/** Replaces a name by its scene. */
async function withScene(address: RunAddress): Promise<RunAddress> {
  if (typeof address.scene !== 'string') return address;
  return { ...address, scene: await sceneNamed(address.scene, 'link').load() };
}
