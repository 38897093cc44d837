// Keeps the page in this browser, so that it opens without a network. Files of the build have names of their own for every content, so
// what is kept never goes stale; the page itself comes from the network where there is one. What stands in capitals the build puts in.
const files = FILES;
const kept = 'upslope VERSION';

// With these two headers browsers give a page memory that threads share. Servers that send files as they are do not send them.
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** An answer with both headers. One without a readable status, as to a request for another origin, stays as it is. */
function isolated(answer) {
  if (answer.status === 0 || answer.redirected) return answer;
  const all = new Headers(answer.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  const { status, statusText } = answer;
  return new Response(status === 204 || status === 304 ? null : answer.body, { status, statusText, headers: all });
}

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  // Not before the last tab of an earlier version is closed: until then that may still ask for its own files.
  const old = (name) => name.startsWith('upslope ') && name !== kept;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    const stored = () => caches.match('./').then((page) => page ?? Response.error());
    event.respondWith(fetch(request).catch(stored).then(isolated));
    return;
  }
  event.respondWith(
    caches
      .match(request)
      .then((found) => found ?? fetch(request))
      .then(isolated),
  );
});
