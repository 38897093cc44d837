import { mount } from 'svelte';
import type { App } from '../app.svelte.ts';
import { openAddress } from '../session/open-address.ts';
import Embed from './Embed.svelte';

/** Shows the world and one line instead of the page: what `?embed` asks for. Paused where the system asks for less motion. */
export async function showEmbed(app: App, target: HTMLElement): Promise<void> {
  app.notebook.close();
  mount(Embed, { target, props: { app } });
  const open = async () => {
    await openAddress(app, location.hash);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) await app.transport.pause();
  };
  addEventListener('hashchange', () => void open());
  await open();
}
