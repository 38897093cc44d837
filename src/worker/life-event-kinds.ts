/** What happens to organisms and can be seen, or heard, in the world, the rarest first: that order decides what is shown where too much happens. */
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

/** Kinds that can be heard, each as a high or as a low tick. */
export const heardAs: Readonly<Partial<Record<LifeEventKind, 'high' | 'low'>>> = { bite: 'low', birth: 'high', death: 'low' };
/** Kinds that can be heard, in their usual order. */
export const heardKinds: readonly LifeEventKind[] = lifeEventKinds.filter((kind) => kind in heardAs);

/** Numbers of one event in a list: kind, id of the organism, id of the other one or -1, place. */
export const lifeEventStride = 5;

/** The events of some kinds; undefined if there are none. */
export function eventsOf(events: Float64Array | undefined, kinds: readonly LifeEventKind[]): Float64Array | undefined {
  const some: number[] = [];
  for (let i = 0; events && i < events.length; i += lifeEventStride) {
    if (kinds.includes(lifeEventKinds[events[i]])) some.push(...events.subarray(i, i + lifeEventStride));
  }
  return some.length > 0 ? Float64Array.from(some) : undefined;
}
