import { mount } from 'svelte';
import type { App } from '../app.svelte.ts';
import Embed from './Embed.svelte';

/** Shows the world and one line instead of the page: what `?embed` asks for. Paused where the system asks for less motion. */
export async function showEmbed(app: App, target: HTMLElement, open: (fragment?: string) => Promise<void>): Promise<void> {
  app.notebook.close();
  mount(Embed, { target, props: { app } });
  const openPaused = async (fragment?: string) => {
    await open(fragment);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) await app.transport.pause();
  };
  window.addEventListener('hashchange', ({ newURL }) => void openPaused(new URL(newURL).hash));
  await openPaused();
}
