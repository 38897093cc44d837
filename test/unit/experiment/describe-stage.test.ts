import { expect, it } from 'vitest';
import { climbVerdict, demandText, pullText } from '../../../src/experiment/describe-stage.ts';

it('says what a step of a policy asks for', () => {
  expect(demandText({ action: 'turn', input: 'grass left', change: -0.2 })).toBe('turn left with more grass on the left');
  expect(demandText({ action: 'thrust', input: 'own energy', change: 0.2 })).toBe('move faster with more own energy');
  expect(demandText({ action: 'eat', input: '', change: -1 })).toBe('eat less, whatever is sensed');
});

it('names a trait with the sign of its response, and a segment of a policy by what it does', () => {
  const traits = [{ id: 'body.size', title: 'Body size', unit: '' }];
  const demands = [
    { action: 'turn', input: 'fruit ahead', change: 0.1 },
    { action: 'eat', input: 'underfoot', change: 0.4 },
  ] as const;
  expect(pullText({ segment: 'body.size', predicted: 1, sign: -1 }, demands, traits)).toBe('lower body size');
  expect(pullText({ segment: 'policy: to turn', predicted: 1, sign: 0 }, demands, traits)).toBe(
    'turn right with more fruit ahead',
  );
  expect(pullText({ segment: 'policy: to hidden units', predicted: 1, sign: 0 }, demands, traits)).toBe(
    'what is sensed: eat more with more underfoot',
  );
  expect(pullText({ segment: 'display', predicted: 1, sign: 0 }, demands, traits)).toBe('display');
});

it('writes shares below 0 with the sign that other numbers have', () => {
  const part = (gain: number) => ({ parts: [{ part: 'selection', gain, gainError: 0.01 }] });
  const segments = [
    { name: 'everything', loci: [0, 1, 2] },
    { name: 'policy', loci: [0, 1] },
    { name: 'traits', loci: [2] },
  ];
  const report = {
    segments,
    intervals: [
      {
        from: 100,
        horizonGenerations: 1,
        subjects: [{ segments: segments.map((segment, i) => ({ ...segment, ...part([1, 1.12, -0.12][i]) })) }],
      },
    ],
  } as unknown as Parameters<typeof climbVerdict>[0];
  const point = { x: 0, y: 0, error: 0, byChance: 0.1 };
  const path = [point, { ...point, y: -0.5, error: 0.1 }] as unknown as Parameters<typeof climbVerdict>[1]['path'];
  const verdict = climbVerdict(report, { path });
  expect(verdict?.word).toBe('Falling');
  expect(verdict?.selection).toBe('Selection gave +1.000 ± 0.010: 112 % by policy, −12 % by traits');
});
