import { ClimbLog } from '../../analysis/climb/climb-log.ts';
import { climbMomentum } from '../../analysis/climb/climb-over-time.ts';
import { lineOfDescent, projectLine } from '../../analysis/climb/line-of-descent.ts';
import type { ClimbReport } from '../../experiment/describe-climb.ts';
import type { PriceReader } from '../../export/price-reader.ts';
import { namedStream } from '../../math/streams.ts';

/**
 * @param organism whose line of descent is followed; by default, and where it is not in the last census, the one that was born
 * first
 */
export async function climbOfRun(
  reader: PriceReader,
  population: string,
  seed: string,
  organism: number | undefined,
): Promise<ClimbReport> {
  const ticks = reader.censusTicks(population);
  const log = new ClimbLog(population, reader.traits.length, seed);
  const censuses = [];
  for (const tick of ticks) censuses.push(await reader.census(population, tick));
  for (let c = 1; c < censuses.length; c++) {
    if (censuses[c - 1].descendants) log.add(censuses[c - 1], censuses[c]);
  }
  const last = censuses[censuses.length - 1];
  const eldest = last.id.reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY);
  const chosen = organism !== undefined && last.id.includes(organism) ? organism : eldest;
  const places = Number.isFinite(chosen) ? lineOfDescent(censuses, chosen) : [];
  const width = reader.traits.length;
  return {
    population,
    windows: log.windows,
    momentum: climbMomentum(log.windows),
    line:
      places.length > 1
        ? { organism: chosen, steps: projectLine(censuses, places, log, width, namedStream(seed, `line ${population}`)) }
        : undefined,
  };
}
