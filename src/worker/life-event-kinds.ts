/** What happens to organisms and can be seen in the world, the rarest first: that order decides what is shown where too much happens. */
export const lifeEventKinds = ['species', 'transfer', 'mating', 'bite', 'birth', 'death'] as const;
/** Kind of a life event. */
export type LifeEventKind = (typeof lifeEventKinds)[number];

/** How each kind is called, and what the view draws for it. */
export const lifeEventTexts: Readonly<Record<LifeEventKind, { readonly title: string; readonly drawn: string }>> = {
  species: { title: 'New species', drawn: 'a wide ring around its first member' },
  transfer: { title: 'Transfers of genes', drawn: 'a thread of light from donor to recipient' },
  mating: { title: 'Matings', drawn: 'two lights that turn about each other' },
  bite: { title: 'Deaths by bites', drawn: 'a red star' },
  birth: { title: 'Births', drawn: 'a ring that opens' },
  death: { title: 'Other deaths', drawn: 'a shade that sinks' },
};

/** Numbers of one event in a list: kind, id of the organism, id of the other one or -1, place. */
export const lifeEventStride = 5;
