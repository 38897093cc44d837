// The policy for what the page may load and run, for all our servers and for the page; docs/decisions.md gives the reasons.

/** Directives that apply wherever they are given. */
const directives = {
  'default-src': "'none'",
  // Compiling WebAssembly does not evaluate texts, which stays forbidden.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  // Pictures that the page itself has drawn, on their way into a file.
  'img-src': "'self' blob:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The policy as the page and its servers give it. */
export const contentPolicy = Object.entries(directives)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ');

/** Headers of every answer. Frames are not limited: other pages may embed this one. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // Together they give the page memory that its threads share; all that it loads comes from here anyway.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
