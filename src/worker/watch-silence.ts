/** Reports on a worker that is asked at intervals whether it is alive. */
export interface SilenceEvents {
  silent(): void;
  answers(): void;
}

/**
 * Asks whether a worker is alive, one ping at a time, and counts the checks that pass without an answer. It counts checks and not
 * seconds: when the page itself was suspended, as on a machine that slept, the worker had no time to answer either.
 * @param ask sends a ping; its promise never settles if the worker is dead
 * @param patience checks without an answer after which the worker counts as silent
 */
export function watchSilence(
  ask: () => Promise<unknown>,
  patience: number,
  events: SilenceEvents,
): { look(hidden: boolean): void; end(): void } {
  let asked = false;
  let unanswered = 0;
  let isSilent = false;
  let over = false;
  const hear = () => {
    asked = false;
    unanswered = 0;
    if (isSilent && !over) events.answers();
    isSilent = false;
  };
  return {
    look(hidden) {
      if (over) return;
      if (hidden) unanswered = 0;
      else if (!asked) {
        asked = true;
        ask().then(hear, hear);
      } else if (++unanswered === patience) {
        isSilent = true;
        events.silent();
      }
    },
    end() {
      over = true;
    },
  };
}
