// Keeps the page in this browser, so that it opens without a network. Files of the build have names of their own for every content, so
// what is kept never goes stale; the page itself comes from the network where there is one. What stands in capitals the build puts in.
const files = FILES;
const kept = 'upslope VERSION';

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
    event.respondWith(fetch(request).catch(() => caches.match('./').then((page) => page ?? Response.error())));
    return;
  }
  event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
});
