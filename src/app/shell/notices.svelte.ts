import { messageOf } from '../ui/words.ts';

/** One line for a person, with at most one action. */
export interface Notice {
  readonly text: string;
  readonly kind: 'plain' | 'trouble';
  readonly action?: { readonly label: string; run(): void };
}

/** What the page says to a person: one notice at a time, in the line above the timeline. */
export class Notices {
  shown = $state.raw<Notice>();
  /** What `attempt` last showed. */
  private refusal: Notice | undefined;

  /** Shows a notice in place of the former one; undefined takes it away. */
  say(notice: Notice | undefined): void {
    this.shown = notice;
  }

  trouble(error: unknown): void {
    this.say({ text: messageOf(error), kind: 'trouble' });
  }

  /** The answer of a request; undefined if it fails, and then a notice says why, until another request succeeds. */
  async attempt<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      const value = await answer;
      if (this.refusal && this.shown === this.refusal) this.say(undefined);
      this.refusal = undefined;
      return value;
    } catch (error) {
      this.trouble(error);
      this.refusal = this.shown;
      return undefined;
    }
  }
}
