import type { LineOfDescent } from '../../../worker/report-line.ts';

/** A line of descent as a table: an ancestor a row, the organism first. */
export function lineCsv({ id, birthTick, generation, species, birthX, birthY, birthPlaces, alive }: LineOfDescent): string {
  const names = [
    ...['id', 'birth_tick', 'generation', 'species', 'birth_x', 'birth_y'],
    ...birthPlaces.map(({ name }) => name),
    'alive',
  ];
  const rows = Array.from(id, (one, i) => {
    const born = birthPlaces.map(({ values }) => values[i]);
    return [one, birthTick[i], generation[i], species[i], birthX[i], birthY[i], ...born, alive[i]].join(',');
  });
  return `${[names.join(','), ...rows].join('\n')}\n`;
}
