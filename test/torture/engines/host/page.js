// Gives each job to a worker of its own, so that its first world is the first of that thread, and reports what came of all.
const runInWorker = (job) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message ?? 'the worker could not be started'));
    worker.postMessage(job);
  });

async function runAll() {
  const results = [];
  for (const job of await (await fetch('jobs.json')).json()) results.push(await runInWorker(job));
  return { results };
}

const report = (value) => fetch('report', { method: 'POST', body: JSON.stringify(value) });
runAll().then(report, (error) => report({ error: String(error) }));
