/** One line for a person, with at most one action. */
export interface Notice {
  readonly text: string;
  readonly kind: 'plain' | 'trouble';
  readonly action?: { readonly label: string; run(): void };
}
