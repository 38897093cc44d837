/** Line drawings on a 20 by 20 grid. */
export const icons = {
  play: 'M6 4 L16 10 L6 16 Z',
  pause: 'M7 4 V16 M13 4 V16',
  step: 'M5 4 L13 10 L5 16 Z M16 4 V16',
  restart: 'M4 10 A6 6 0 1 0 6.5 5.2 M4 3.5 V6.5 H7.5',
  share: 'M12 4 H16 V8 M16 4 L9 11 M8 5 H4 V16 H15 V12',
  sun: 'M10 6.5 A3.5 3.5 0 1 0 10 13.5 A3.5 3.5 0 1 0 10 6.5 M10 2 V3.5 M10 16.5 V18 M2 10 H3.5 M16.5 10 H18 M4.3 4.3 L5.4 5.4 M14.6 14.6 L15.7 15.7 M4.3 15.7 L5.4 14.6 M14.6 5.4 L15.7 4.3',
  moon: 'M16 12 A7 7 0 1 1 8 4 A5.5 5.5 0 0 0 16 12 Z',
  keys: 'M3 6 H17 V14 H3 Z M6 9 H6.2 M9 9 H9.2 M12 9 H12.2 M14.6 9 H14.8 M7 11.7 H13',
  fit: 'M4 8 V4 H8 M12 4 H16 V8 M16 12 V16 H12 M8 16 H4 V12',
  density:
    'M4 4 H8 V8 H4 Z M4 5 H8 M4 6 H8 M4 7 H8 M12 4 H16 V8 H12 Z M4 12 H8 V16 H4 Z M12 12 H16 V16 H12 Z M12 13 H16 M12 14 H16 M12 15 H16',
  events:
    'M10 2.5 V5.5 M10 14.5 V17.5 M2.5 10 H5.5 M14.5 10 H17.5 M4.7 4.7 L6.8 6.8 M13.2 13.2 L15.3 15.3 M4.7 15.3 L6.8 13.2 M13.2 6.8 L15.3 4.7 M10 9 A1 1 0 1 0 10 11 A1 1 0 1 0 10 9',
  sound: 'M3 8 H6 L10 4.5 V15.5 L6 12 H3 Z M12.5 7.5 C14 9 14 11 12.5 12.5 M14.8 5.2 C17.6 8 17.6 12 14.8 14.8',
  plus: 'M10 4 V16 M4 10 H16',
  minus: 'M4 10 H16',
  follow: 'M10 5.5 A4.5 4.5 0 1 0 10 14.5 A4.5 4.5 0 1 0 10 5.5 M10 2 V5 M10 15 V18 M2 10 H5 M15 10 H18',
  map: 'M3 5 L8 3.5 L12 5.5 L17 4 V15 L12 16.5 L8 14.5 L3 16 Z M8 3.5 V14.5 M12 5.5 V16.5',
  legend: 'M3 8 H17 V12 H3 Z M8 8 V12 M12.5 8 V12',
  twin: 'M3 4 H9 V16 H3 Z M11 4 H17 V16 H11 Z',
  branch: 'M5 3 V17 M5 13 C5 8 14 12 14 6 M11.5 7.5 L14 4.5 L16.5 7.5',
  close: 'M5 5 L15 15 M15 5 L5 15',
  pin: 'M8 3 H14 M9 3 V8 L6 11 H16 L13 8 V3 M11 11 V17',
  dice: 'M3 6 H5 C9 6 10 14 14 14 H17 M3 14 H5 C6.6 14 7.7 12.8 8.7 11.2 M11 8.2 C11.8 6.9 12.7 6 14 6 H17 M15 4 L17 6 L15 8 M15 12 L17 14 L15 16',
  open: 'M3 16 V4 H8 L10 6 H16 V9 M3 16 L5.5 9 H18 L15.5 16 Z',
  sheet: 'M3 3 H17 V17 H3 Z M3 9 H17 M8 12 H12',
  wide: 'M4 5 L8 10 L4 15 M10 5 L14 10 L10 15',
  narrow: 'M16 5 L12 10 L16 15 M10 5 L6 10 L10 15',
  meadow:
    'M3 16 H17 M5 16 C5 12 4.5 10 3.5 8 M7.5 16 C7.5 11 8 8 9.5 5 M11.5 16 C11.5 12 12 9 14 7 M15 16 C15 13.5 15.5 12 16.5 11',
  'arms-race': 'M3 10 C6 5 11 5 14 10 C11 15 6 15 3 10 Z M14 10 L17 6.5 V13.5 Z M6.8 9 H6.9',
  league: 'M6 3 H14 V8 A4 4 0 0 1 6 8 Z M10 12 V16 M6.5 17 H13.5 M6 5 H3 C3 8 4.5 9 6.5 9 M14 5 H17 C17 8 15.5 9 13.5 9',
  bloom:
    'M10 10 M10 8 A2 2 0 1 0 10 12 A2 2 0 1 0 10 8 M10 8 C8 5 9 3 10 2.5 C11 3 12 5 10 8 M10 12 C8 15 9 17 10 17.5 C11 17 12 15 10 12 M8 10 C5 12 3 11 2.5 10 C3 9 5 8 8 10 M12 10 C15 12 17 11 17.5 10 C17 9 15 8 12 10',
  islands: 'M2.5 14 C3.5 9 7 9 8 14 Z M12 14 C13 9 16.5 9 17.5 14 Z M10 4 V16',
  peacocks: 'M10 16 V11 M10 11 L4 6 M10 11 L7 4 M10 11 L13 4 M10 11 L16 6 M10 11 V3',
  berries: 'M7 16 A3 3 0 1 0 7 10 A3 3 0 1 0 7 16 M13 16 A3 3 0 1 0 13 10 A3 3 0 1 0 13 16 M7 10 C7 6 9 4 12 3 C12 6 13 8 13 10',
  juice: 'M6 6 H14 L13 17 H7 Z M6.5 10 H13.5 M11 6 L13 2.5',
  baldwin: 'M3 16 H17 M10 16 V5 M10 5 L7 9 M10 5 L13 9 M4 12 H6 M14 12 H16',
  marks: 'M6 3 V17 M14 3 V17 M6 6 L14 10 M6 12 L14 16',
  school: 'M4 8 L10 5 L16 8 L10 11 Z M6 9.5 V13 C8 15 12 15 14 13 V9.5 M16 8 V13',
  'selfish-genes': 'M5 3 C5 9 15 11 15 17 M15 3 C15 9 5 11 5 17 M8 7 H12 M8 13 H12',
  'hawk-dove': 'M3 8 C6 5 8 7 10 10 C12 7 14 5 17 8 M10 10 V16 M7.5 16 H12.5',
  'rock-paper-scissors': 'M10 3 L16 14 H4 Z M10 3 L11.5 6.5 M16 14 L12.3 13.5 M4 14 L6 11',
  'two-grasses': 'M6 17 C6 11 5 8 3 5 M6 17 C6 12 7.5 8 9 6 M14 17 V10 M14 10 A2.5 2.5 0 1 0 14 5 A2.5 2.5 0 1 0 14 10',
  'achievers-and-wanters': 'M10 16 A6 6 0 1 0 10 4 A6 6 0 1 0 10 16 M10 12 A2 2 0 1 0 10 8 A2 2 0 1 0 10 12 M14 6 L17 3',
  'chicken-and-velociraptor': 'M4 6 H9 M4 10 H9 M4 14 H9 M9 6 C14 6 14 14 9 14 M13 10 H17 M15 8 L17 10 L15 12',
  'population-based-training': 'M4 15 L7 9 L10 12 L13 6 L16 9 M4 5 H7 M4 5 L5.5 3.5 M4 5 L5.5 6.5',
  annealing: 'M3 16 L5.5 10 L7.5 13 L10 7.5 L12 10.5 L16.5 4',
  'one-mutant-at-a-time': 'M3 16 H7 V12 H11 V8 H15 V4 H17',
  'mutations-in-flight': 'M3 16 L7.5 4 M8 16 L12.5 4 M13 16 L17.5 4',
  'three-models': 'M3 6 H7 V14 H3 Z M8 6 H12 V14 H8 Z M13 6 H17 V14 H13 Z',
  scene: 'M3 4 H17 V16 H3 Z M3 12 L8 8 L12 11 L17 7',
  picture: 'M3 4 H17 V16 H3 Z M3 13 L7.5 9 L10.5 12 L13 10 L17 13.5 M13 7 H13.1',
  download: 'M10 3 V12 M6 8.5 L10 12.5 L14 8.5 M4 16 H16',
} as const;

export type IconName = keyof typeof icons;

/** The icon of a scene: its own, or the one for any scene. */
export const sceneIcon = (scene: string): IconName => (scene in icons ? (scene as IconName) : 'scene');
