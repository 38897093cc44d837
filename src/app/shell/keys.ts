// All keys of the page: what each does, and which are left to a control that has the focus.

import type { App } from '../app.svelte.ts';
import { type Instrument, type Key, keysOf } from '../instruments/instrument.ts';
import { speeds } from './speeds.ts';

const panStep = 64;

/** Keys of the transport and of what is picked. */
const first: readonly Key<App>[] = [
  { keys: [' '], shown: ['space'], text: 'Play or pause', run: (app) => void app.transport.toggle() },
  { keys: ['.'], shown: ['.'], text: 'Make one tick', run: (app) => void app.transport.step() },
  {
    keys: speeds.slice(0, 5).map(({ key }) => key),
    shown: ['1', '…', '5'],
    text: 'Speed, from normal to sixteen times as fast',
    run: (app, key) => app.transport.setSpeed(speeds.find((speed) => speed.key === key)?.ticksPerSecond ?? 30),
  },
  { keys: ['0'], shown: ['0'], text: 'As fast as possible', run: (app) => app.transport.setSpeed(0) },
  {
    keys: ['Enter'],
    shown: ['enter'],
    text: 'Pick the organism nearest to the middle of the view',
    run: (app) => app.world.pickNearest(),
  },
  {
    keys: ['f'],
    shown: ['f'],
    text: 'Follow the picked organism, or stop following',
    run: (app) => {
      if (!app.world.picked) app.world.pickNearest();
      app.world.follow(!app.world.following);
    },
  },
];

/** Keys of the view, and those that close things. */
const last: readonly Key<App>[] = [
  {
    keys: ['w'],
    shown: ['w'],
    text: 'Watch a twin of the world beside it, or close it',
    run: ({ world }) => (world.twins ? world.twins.end() : void world.watchTwin()),
  },
  { keys: ['b'], shown: ['b'], text: 'Branch from here', run: (app) => app.world.past.ask() },
  { keys: ['ArrowLeft'], shown: ['←', '→', '↑', '↓'], text: 'Move the view', run: (app) => app.view?.pan(panStep, 0) },
  { keys: ['ArrowRight'], shown: [], text: '', run: (app) => app.view?.pan(-panStep, 0) },
  { keys: ['ArrowUp'], shown: [], text: '', run: (app) => app.view?.pan(0, panStep) },
  { keys: ['ArrowDown'], shown: [], text: '', run: (app) => app.view?.pan(0, -panStep) },
  { keys: ['+', '='], shown: ['+', '−'], text: 'Zoom in and out', run: (app) => app.view?.zoom(1.25) },
  { keys: ['-', '_'], shown: [], text: '', run: (app) => app.view?.zoom(0.8) },
  { keys: ['d'], shown: ['d'], text: 'Density instead of single organisms', run: (app) => app.looks.toggleDensity() },
  {
    keys: ['a'],
    shown: ['a'],
    text: 'Sound: births as high ticks, deaths as low ones',
    run: (app) => void app.sound.toggle(),
  },
  { keys: ['Home'], shown: ['home'], text: 'Show the whole world', run: (app) => app.view?.fit() },
  {
    keys: ['Escape'],
    shown: ['esc'],
    text: 'Unpick the organism, close what is open',
    run: (app) => {
      if (app.keysShown) app.keysShown = false;
      else if (app.world.progress) void app.transport.pause();
      else if (app.notices.shown) app.notices.say(undefined);
      else if (app.world.hands.tool !== 'look') app.world.hands.choose('look');
      else if (app.world.landscape.models) app.world.landscape.models = false;
      else if (app.world.tree.pinned >= 0) app.world.tree.pinned = -1;
      else if (app.dock.narrow && app.dock.open) app.dock.setOpen(false);
      else app.world.pick(undefined);
    },
  },
  {
    keys: ['?'],
    shown: ['?'],
    text: 'All keys',
    run: (app) => {
      app.keysShown = !app.keysShown;
    },
  },
];

/** Every key of a page with some instruments, in the order of the list of keys. @throws {Error} if two instruments share an id, or two things a key */
export function allKeys(instruments: readonly Instrument[]): readonly Key<App>[] {
  const all = [...first, ...instruments.flatMap(keysOf), ...last];
  for (const names of [instruments.map(({ id }) => id), all.flatMap(({ keys }) => keys)]) {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined)
      throw new Error(`'${twice}' is the id of two instruments or a key of two things: give one of them another`);
  }
  return all;
}

/** Controls that use letters, digits or arrows themselves. */
const typing = 'input, select, textarea, [role="tablist"], [role="radiogroup"], [role="slider"], [role="listbox"]';
/** Controls on which space and enter press. */
const pressing = 'button, a, summary, [role="button"], [role="treeitem"]';

/** Performs the action of a key, unless the focused control needs that key itself. */
export function onKey(app: App, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (app.world.past.branching) return;
  // The browser closes what floats.
  if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
  if (app.keysShown && event.key !== 'Escape' && event.key !== '?') return;
  if (event.key !== 'Escape' && target?.closest(typing) && !target.closest('input[type="checkbox"]')) {
    const free =
      target.closest('[role="tablist"], [role="radiogroup"], [role="slider"]') &&
      !event.key.startsWith('Arrow') &&
      !['Home', 'End'].includes(event.key);
    if (!free || event.key === ' ' || event.key === 'Enter') return;
  }
  if ((event.key === ' ' || event.key === 'Enter') && target?.closest(`${pressing}, input`)) return;
  if (event.key.startsWith('Arrow') && target?.closest('[data-scrolls]')) return;
  const found = app.keys.find(({ keys }) => keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key));
  if (!found) return;
  event.preventDefault();
  found.run(app, event.key);
}
