import { mount } from 'svelte';
import App from './app/App.svelte';
import './app/page.css';
import { handleOf, type PageHandle } from './app/handle.ts';
import { keepOffline } from './app/keep-offline.ts';
import { openAddress } from './app/open-address.ts';
import { Station } from './app/station.svelte.ts';
import { showTheme } from './app/theme.ts';

declare global {
  var upslope: PageHandle;
}

showTheme();
const station = new Station();
globalThis.upslope = handleOf(station);
void openAddress(station, location.hash);
addEventListener('hashchange', () => void openAddress(station, location.hash));
keepOffline(() => station.firstFrameAt);
mount(App, { target: document.getElementById('page') as HTMLElement, props: { station } });
