/** Milliseconds after the first frame: what the page needs now is loaded first. */
const wait = 2000;

/**
 * Makes this browser store the page, so that it opens without a network from then on. Without service workers, as from a file or an
 * unsafe address, it does nothing.
 */
export function keepOffline(firstFrame: () => number): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !isSecureContext) return;
  const timer = setInterval(() => {
    const shown = firstFrame();
    if (shown === 0 || performance.now() - shown < wait) return;
    clearInterval(timer);
    // Refused in some private windows: the page then needs its network.
    navigator.serviceWorker.register('./service-worker.js').catch(() => {});
  }, 500);
}
