const text = { easy: 'Look.', full: 'Look at it.' };

/** A lesson of three steps on hawk-dove: predict, run, check. */
export const smallLesson = {
  version: 1,
  name: 'small',
  title: 'Small',
  scene: 'hawk-dove',
  teacher: { aim: 'To test.', ages: 'all', minutes: 1, source: 'None.' },
  steps: [
    {
      kind: 'predict',
      id: 'share',
      title: 'Share',
      text,
      answers: [
        { text: 'few', when: { to: 0.4 } },
        { text: 'many', when: { from: 0.4 } },
      ],
    },
    { kind: 'run', title: 'Run', text, until: { tick: 100 } },
    {
      kind: 'check',
      title: 'Check',
      text,
      of: 'share',
      measure: 'strategies/players.share.hawk',
      over: 20,
      says: 'share of hawks',
    },
  ],
} as const;

/** The same with fields of one step changed. */
export const withStep = (i: number, changed: object) => ({
  ...smallLesson,
  steps: smallLesson.steps.map((step, k) => (k === i ? { ...step, ...changed } : step)),
});
