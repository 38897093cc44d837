import { speeds } from './speeds.ts';
import type { Station } from './station.svelte.ts';

interface Key {
  /** Its name in the browser. */
  readonly keys: readonly string[];
  /** Its name in the list of keys. */
  readonly shown: readonly string[];
  readonly text: string;
  run(station: Station, key: string): void;
}

const panStep = 64;

/** Every key of the page. */
export const keyList: readonly Key[] = [
  { keys: [' '], shown: ['space'], text: 'Play or pause', run: (station) => void station.toggle() },
  { keys: ['.'], shown: ['.'], text: 'Make one tick', run: (station) => void station.step() },
  {
    keys: speeds.slice(0, 5).map(({ key }) => key),
    shown: ['1', '…', '5'],
    text: 'Speed, from normal to sixteen times as fast',
    run: (station, key) => station.setSpeed(speeds.find((speed) => speed.key === key)?.ticksPerSecond ?? 30),
  },
  { keys: ['0'], shown: ['0'], text: 'As fast as possible', run: (station) => station.setSpeed(0) },
  {
    keys: ['Enter'],
    shown: ['enter'],
    text: 'Pick the organism nearest to the middle of the view',
    run: (station) => station.pickNearest(),
  },
  {
    keys: ['f'],
    shown: ['f'],
    text: 'Follow the picked organism, or stop following',
    run: (station) => {
      if (!station.picked) station.pickNearest();
      station.follow(!station.following);
    },
  },
  { keys: ['m'], shown: ['m'], text: 'Mechanisms and parameters', run: (station) => station.toggleTab('mechanisms') },
  {
    keys: ['l'],
    shown: ['l'],
    text: 'Landscape: plane, steps compared with the gradient',
    run: (station) => station.toggleTab('landscape'),
  },
  { keys: ['o'], shown: ['o'], text: 'Picked organism', run: (station) => station.toggleTab('organism') },
  {
    keys: ['h'],
    shown: ['h'],
    text: 'Hands: food, walls, cloning, carrying, the freezer',
    run: (station) => station.toggleTab('hands'),
  },
  {
    keys: ['x'],
    shown: ['x'],
    text: 'Use the chosen hand at the middle of the view',
    run: (station) => void station.hands.atMiddle(),
  },
  { keys: ['v'], shown: ['v'], text: 'Plots of intake and traits', run: (station) => station.toggleTab('traits') },
  { keys: ['p'], shown: ['p'], text: 'Price’s equation of traits', run: (station) => station.toggleTab('price') },
  {
    keys: ['c'],
    shown: ['c'],
    text: 'Climb: selection compared with the gradient',
    run: (station) => station.toggleTab('climb'),
  },
  { keys: ['t'], shown: ['t'], text: 'Species tree and Muller plot', run: (station) => station.toggleTab('tree') },
  {
    keys: ['g'],
    shown: ['g'],
    text: 'Find the picked organism in the tree',
    run: (station) => {
      if (!station.picked) station.pickNearest();
      station.findInTree();
    },
  },
  {
    keys: ['[', ']'],
    shown: ['[', ']'],
    text: 'Fossil drawer: previous fossil, next fossil',
    run: (station, key) => station.fossils.step(key === '[' ? -1 : 1),
  },
  { keys: ['r'], shown: ['r'], text: 'Many runs of this world, compared', run: (station) => station.toggleTab('runs') },
  { keys: ['n'], shown: ['n'], text: 'Notebook: runs stored in this browser', run: (station) => station.toggleTab('notebook') },
  { keys: ['k'], shown: ['k'], text: 'Keep this moment in the notebook', run: (station) => void station.notebook.keep() },
  { keys: ['s'], shown: ['s'], text: 'Scene: write it and run it', run: (station) => station.toggleTab('scene') },
  { keys: ['e'], shown: ['e'], text: 'Export', run: (station) => station.toggleTab('export') },
  { keys: ['b'], shown: ['b'], text: 'Branch from here', run: (station) => station.past.ask() },
  { keys: ['ArrowLeft'], shown: ['←', '→', '↑', '↓'], text: 'Move the view', run: (station) => station.view?.pan(panStep, 0) },
  { keys: ['ArrowRight'], shown: [], text: '', run: (station) => station.view?.pan(-panStep, 0) },
  { keys: ['ArrowUp'], shown: [], text: '', run: (station) => station.view?.pan(0, panStep) },
  { keys: ['ArrowDown'], shown: [], text: '', run: (station) => station.view?.pan(0, -panStep) },
  { keys: ['+', '='], shown: ['+', '−'], text: 'Zoom in and out', run: (station) => station.view?.zoom(1.25) },
  { keys: ['-', '_'], shown: [], text: '', run: (station) => station.view?.zoom(0.8) },
  { keys: ['d'], shown: ['d'], text: 'Density instead of single organisms', run: (station) => station.toggleDensity() },
  { keys: ['Home'], shown: ['home'], text: 'Show the whole world', run: (station) => station.view?.fit() },
  {
    keys: ['Escape'],
    shown: ['esc'],
    text: 'Unpick the organism, close what is open',
    run: (station) => {
      if (station.keysShown) station.keysShown = false;
      else if (station.progress) void station.pause();
      else if (station.notice) station.say(undefined);
      else if (station.hands.tool !== 'look') station.hands.choose('look');
      else if (station.landscape.models) station.landscape.models = false;
      else if (station.tree.pinned >= 0) station.tree.pinned = -1;
      else station.pick(undefined);
    },
  },
  {
    keys: ['?'],
    shown: ['?'],
    text: 'All keys',
    run: (station) => {
      station.keysShown = !station.keysShown;
    },
  },
];

/** Controls that use letters, digits or arrows themselves. */
const typing = 'input, select, textarea, [role="tablist"], [role="radiogroup"], [role="slider"], [role="listbox"]';
/** Controls on which space and enter press. */
const pressing = 'button, a, summary, [role="button"], [role="treeitem"]';

/** Performs the action of a key, unless the focused control needs that key itself. */
export function onKey(station: Station, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (station.past.branching) return;
  if (station.keysShown && event.key !== 'Escape' && event.key !== '?') return;
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
  found.run(station, event.key);
}
