// What the page may load and run, for every server of ours and for the page itself: docs/decisions.md says why.

/** Directives that hold wherever they are given. */
const directives = {
  'default-src': "'none'",
  // Compiling WebAssembly is no eval of texts: those stay forbidden.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The policy as the page and its servers give it. */
export const contentPolicy = Object.entries(directives)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ');

/** Headers of every answer. Frames are not limited: pages of others may embed this one. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
