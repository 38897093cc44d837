import type { TransferHistory } from './history.ts';

/** Recipient i received by the transfers `order[starts[i]]` to `order[starts[i + 1] - 1]`, in the order of ticks. */
export interface TransfersByRecipient {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

/** Transfers of each organism, by counting. */
export function transfersByRecipient({ count, recipient }: TransferHistory, organisms: number): TransfersByRecipient {
  const starts = new Uint32Array(organisms + 1);
  for (let k = 0; k < count; k++) starts[recipient[k] + 1]++;
  for (let row = 0; row < organisms; row++) starts[row + 1] += starts[row];
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let k = 0; k < count; k++) order[next[recipient[k]]++] = k;
  return { starts, order };
}
