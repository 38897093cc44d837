import type { Theme } from '../../view/colour-scale.ts';
import { oneOf, recall, remember } from '../ui/remember.ts';

const light = window.matchMedia('(prefers-color-scheme: light)');
/** Dark, unless the system prefers light. */
const systemTheme = (): Theme => (light.matches ? 'light' : 'dark');
const isChoice = oneOf<Theme | 'system'>('light', 'dark', 'system');

/** The theme that the person chose, or the system's. */
export function currentTheme(): Theme {
  const chosen = recall('theme', 'system', isChoice);
  if (chosen !== 'system') return chosen;
  return systemTheme();
}

/** Remembers a choice and shows it; a choice equal to the system's leaves the page following the system. */
export function chooseTheme(theme: Theme): void {
  remember('theme', theme === systemTheme() ? 'system' : theme);
  showTheme();
}

/** Sets the theme for the style sheet. */
export function showTheme(): Theme {
  const theme = currentTheme();
  document.documentElement.dataset.theme = theme;
  return theme;
}

/** Calls back when the system's theme changes. */
export function onSystemTheme(listener: () => void): void {
  light.addEventListener('change', listener);
}
