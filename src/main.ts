// Starts the page: in a frame of another site, or in full.

import { mount } from 'svelte';
import Page from './app/shell/Page.svelte';
import './app/page.css';
import { App } from './app/app.svelte.ts';
import { instruments } from './app/instruments/list.ts';
import { handleOf, type PageHandle } from './app/session/handle.ts';
import { keepOffline } from './app/session/keep-offline.ts';
import { openAddress } from './app/session/open-address.ts';
import { showTheme } from './app/shell/theme.ts';

declare global {
  var upslope: PageHandle;
}

showTheme();
const app = new App(instruments);
globalThis.upslope = handleOf(app);
const target = document.getElementById('page') as HTMLElement;
const open = (fragment?: string) => openAddress(app, fragment);
if (new URLSearchParams(location.search).has('embed')) {
  void import('./app/embed/show-embed.ts').then(({ showEmbed }) => showEmbed(app, target, open));
} else {
  void open();
  window.addEventListener('hashchange', ({ newURL }) => void open(new URL(newURL).hash));
  keepOffline(() => app.firstFrameAt);
  mount(Page, { target, props: { app } });
}
