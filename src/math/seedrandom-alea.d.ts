// @types/seedrandom covers the package's main entry only. The engine imports the generator's own file, because the main
// entry pulls in node's crypto and reads Math.random when it loads.
declare module 'seedrandom/lib/alea.js' {
  import type seedrandom from 'seedrandom';

  const alea: typeof seedrandom.alea;
  export default alea;
}
