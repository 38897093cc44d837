import type { App } from '../app.svelte.ts';
import { speeds } from './speeds.ts';

interface Key {
  /** Its name in the browser. */
  readonly keys: readonly string[];
  /** Its name in the list of keys. */
  readonly shown: readonly string[];
  readonly text: string;
  run(app: App, key: string): void;
}

const panStep = 64;

/** Every key of the page. */
export const keyList: readonly Key[] = [
  { keys: [' '], shown: ['space'], text: 'Play or pause', run: (app) => void app.toggle() },
  { keys: ['.'], shown: ['.'], text: 'Make one tick', run: (app) => void app.step() },
  {
    keys: speeds.slice(0, 5).map(({ key }) => key),
    shown: ['1', '…', '5'],
    text: 'Speed, from normal to sixteen times as fast',
    run: (app, key) => app.setSpeed(speeds.find((speed) => speed.key === key)?.ticksPerSecond ?? 30),
  },
  { keys: ['0'], shown: ['0'], text: 'As fast as possible', run: (app) => app.setSpeed(0) },
  {
    keys: ['Enter'],
    shown: ['enter'],
    text: 'Pick the organism nearest to the middle of the view',
    run: (app) => app.pickNearest(),
  },
  {
    keys: ['f'],
    shown: ['f'],
    text: 'Follow the picked organism, or stop following',
    run: (app) => {
      if (!app.picked) app.pickNearest();
      app.follow(!app.following);
    },
  },
  { keys: ['m'], shown: ['m'], text: 'Mechanisms and parameters', run: (app) => app.toggleTab('mechanisms') },
  {
    keys: ['l'],
    shown: ['l'],
    text: 'Landscape: plane, steps compared with the gradient',
    run: (app) => app.toggleTab('landscape'),
  },
  { keys: ['o'], shown: ['o'], text: 'Picked organism', run: (app) => app.toggleTab('organism') },
  {
    keys: ['h'],
    shown: ['h'],
    text: 'Hands: food, walls, cloning, carrying, the freezer',
    run: (app) => app.toggleTab('hands'),
  },
  {
    keys: ['x'],
    shown: ['x'],
    text: 'Use the chosen hand at the middle of the view',
    run: (app) => void app.hands.atMiddle(),
  },
  { keys: ['v'], shown: ['v'], text: 'Plots of intake and traits', run: (app) => app.toggleTab('traits') },
  { keys: ['p'], shown: ['p'], text: 'Price’s equation of traits', run: (app) => app.toggleTab('price') },
  {
    keys: ['c'],
    shown: ['c'],
    text: 'Climb: selection compared with the gradient',
    run: (app) => app.toggleTab('climb'),
  },
  { keys: ['t'], shown: ['t'], text: 'Species tree and Muller plot', run: (app) => app.toggleTab('tree') },
  {
    keys: ['g'],
    shown: ['g'],
    text: 'Find the picked organism in the tree',
    run: (app) => {
      if (!app.picked) app.pickNearest();
      app.findInTree();
    },
  },
  {
    keys: ['[', ']'],
    shown: ['[', ']'],
    text: 'Fossil drawer: previous fossil, next fossil',
    run: (app, key) => app.fossils.step(key === '[' ? -1 : 1),
  },
  { keys: ['r'], shown: ['r'], text: 'Many runs of this world, compared', run: (app) => app.toggleTab('runs') },
  { keys: ['n'], shown: ['n'], text: 'Notebook: runs stored in this browser', run: (app) => app.toggleTab('notebook') },
  { keys: ['k'], shown: ['k'], text: 'Keep this moment in the notebook', run: (app) => void app.notebook.keep() },
  { keys: ['s'], shown: ['s'], text: 'Scene: write it and run it', run: (app) => app.toggleTab('scene') },
  { keys: ['e'], shown: ['e'], text: 'Export', run: (app) => app.toggleTab('export') },
  { keys: ['b'], shown: ['b'], text: 'Branch from here', run: (app) => app.past.ask() },
  { keys: ['ArrowLeft'], shown: ['←', '→', '↑', '↓'], text: 'Move the view', run: (app) => app.view?.pan(panStep, 0) },
  { keys: ['ArrowRight'], shown: [], text: '', run: (app) => app.view?.pan(-panStep, 0) },
  { keys: ['ArrowUp'], shown: [], text: '', run: (app) => app.view?.pan(0, panStep) },
  { keys: ['ArrowDown'], shown: [], text: '', run: (app) => app.view?.pan(0, -panStep) },
  { keys: ['+', '='], shown: ['+', '−'], text: 'Zoom in and out', run: (app) => app.view?.zoom(1.25) },
  { keys: ['-', '_'], shown: [], text: '', run: (app) => app.view?.zoom(0.8) },
  { keys: ['d'], shown: ['d'], text: 'Density instead of single organisms', run: (app) => app.toggleDensity() },
  { keys: ['Home'], shown: ['home'], text: 'Show the whole world', run: (app) => app.view?.fit() },
  {
    keys: ['Escape'],
    shown: ['esc'],
    text: 'Unpick the organism, close what is open',
    run: (app) => {
      if (app.keysShown) app.keysShown = false;
      else if (app.progress) void app.pause();
      else if (app.notice) app.say(undefined);
      else if (app.hands.tool !== 'look') app.hands.choose('look');
      else if (app.landscape.models) app.landscape.models = false;
      else if (app.tree.pinned >= 0) app.tree.pinned = -1;
      else app.pick(undefined);
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

/** Controls that use letters, digits or arrows themselves. */
const typing = 'input, select, textarea, [role="tablist"], [role="radiogroup"], [role="slider"], [role="listbox"]';
/** Controls on which space and enter press. */
const pressing = 'button, a, summary, [role="button"], [role="treeitem"]';

/** Performs the action of a key, unless the focused control needs that key itself. */
export function onKey(app: App, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (app.past.branching) return;
  if (app.keysShown && event.key !== 'Escape' && event.key !== '?') return;
  if (event.key !== 'Escape' && target?.closest(typing) && !target.closest('input[type="checkbox"]')) {
    const free =
      target.closest('[role="tablist"], [role="radiogroup"]') && !event.key.startsWith('Arrow') && event.key !== 'Home';
    if (!free || event.key === ' ' || event.key === 'Enter') return;
  }
  if ((event.key === ' ' || event.key === 'Enter') && target?.closest(`${pressing}, input`)) return;
  if (event.key.startsWith('Arrow') && target?.closest('[data-scrolls]')) return;
  const found = keyList.find(({ keys }) => keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key));
  if (!found) return;
  event.preventDefault();
  found.run(app, event.key);
}
