import { describe, expect, it } from 'vitest';
import { priceSentence } from '../../../src/experiment/price-words.ts';

const terms = {
  change: 0.4123,
  between: 0.21,
  within: 0.312,
  errors: { selection: 0.0512, between: 0.03, within: 0.041, freedom: 9 },
  byMechanism: new Map([
    ['mutation', -0.1097],
    ['transfer', 0],
  ]),
};

describe('the sentence of Price’s equation', () => {
  it('has every number to the last digit of its standard error, and names only what did something', () => {
    expect(priceSentence('speed', terms, 1.31)).toBe(
      'mean speed rose 0.412 (1.3 standard deviations): selection +0.52 ± 0.12, of it within clades +0.312 ± 0.093 and between them +0.210 ± 0.068; mutation −0.110.',
    );
  });

  it('does without errors that are not known, and without levels where nothing varies within clades', () => {
    const unknown = { selection: Number.NaN, between: Number.NaN, within: Number.NaN, freedom: 1 };
    expect(priceSentence('speed', { ...terms, change: -2, within: 0, between: -1.9, errors: unknown })).toBe(
      'mean speed fell 2.00: selection −1.90; mutation −0.110.',
    );
  });

  it('tells no rounding as a change', () => {
    const none = { change: 0, between: 3.57e-28, within: -2e-17, byMechanism: new Map([['learning', 1e-19]]) };
    expect(priceSentence('body size', { ...terms, ...none })).toBe('mean body size did not change.');
    const unknown = { selection: Number.NaN, between: Number.NaN, within: Number.NaN, freedom: 1 };
    expect(
      priceSentence('size', { ...terms, ...none, change: -0.944, errors: unknown, byMechanism: new Map([['mutation', -0.944]]) }),
    ).toBe('mean size fell 0.944: selection 0; mutation −0.944.');
  });

  it('is readable for what is large or tiny', () => {
    const errors = { selection: 123, between: 1, within: 1, freedom: 1e6 };
    expect(priceSentence('mass', { ...terms, change: 0.0000002, within: 0, between: 4567, errors, byMechanism: new Map() })).toBe(
      'mean mass rose 2.00e−7: selection +4.57e3 ± 2.4e2.',
    );
  });
});
