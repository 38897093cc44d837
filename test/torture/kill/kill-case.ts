import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import { differenceOf } from './compare-folders.ts';
import type { Reference } from './reference.ts';
import type { Scenario } from './scenarios.ts';
import { type Death, startUpslope } from './upslope-process.ts';

/** What came of a case. */
export interface KillOutcome {
  readonly kills: number;
  /** One line; undefined where the work ended as it should. */
  readonly problem: string | undefined;
}

/** Most rounds in which processes of one case are killed. */
const mostRounds = 4;

/**
 * Begins the work, kills its processes some times, goes on with it to the end and compares what it made. In cases of even index
 * the first kill comes at a file operation, spread evenly over all there are, every second one with torn writes; all others come at random.
 */
export async function performKillCase(
  scenario: Scenario,
  { start, result, operations, milliseconds }: Reference,
  place: string,
  index: number,
  random: Random,
): Promise<KillOutcome> {
  cpSync(start, place, { recursive: true });
  const deaths: string[] = [];
  let kills = 0;
  const fail = (problem: string) => ({ kills, problem: `${problem}; killed ${deaths.join(', then ') || 'never'}` });
  const difference = () => {
    const made = join(place, scenario.result);
    return existsSync(made) ? differenceOf(result, made, scenario.differing) : `${scenario.result} is missing`;
  };
  // Killed at its very end the work is through all the same.
  for (let round = random.between(1, mostRounds); round > 0 && difference() !== undefined; round--) {
    const inTurn = deaths.length === 0 && index % 2 === 0 ? deathInTurn(index / 2, operations) : undefined;
    const planned = Array.from({ length: scenario.processes }, (_, p) =>
      // Of several processes one may live on.
      p > 0 && random.chance(0.5) ? undefined : (inTurn ?? deathOf(random, operations, milliseconds)),
    );
    const ended = await Promise.all(planned.map((death) => startUpslope(scenario.command, place, death).ended));
    deaths.push(planned.map((death, p) => `${describe(death)}${ended[p].killed ? '' : ' (ended before)'}`).join(' and '));
    kills += ended.filter(({ killed }) => killed).length;
    const wrong = ended.find(({ killed, status }) => !killed && status !== 0);
    if (wrong) return fail(`a process ends with status ${wrong.status}: ${lastLine(wrong.err)}`);
  }
  if (difference() !== undefined) {
    const { status, err } = await startUpslope(scenario.command, place).ended;
    if (status !== 0) return fail(`going on ends with status ${status}: ${lastLine(err)}`);
  }
  const left = difference();
  return left === undefined ? { kills, problem: undefined } : fail(left);
}

/** Multiples of the golden ratio fill an interval evenly, however many there are. */
function deathInTurn(turn: number, operations: number): Death {
  const share = (turn * 0.618_033_988_749_895) % 1;
  return { operation: 1 + Math.floor(operations * share), torn: turn % 2 === 1 };
}

function deathOf(random: Random, operations: number, milliseconds: number): Death {
  if (random.chance(0.5)) return { operation: random.between(1, operations), torn: random.chance(0.5) };
  return { milliseconds: Math.round(1.1 * milliseconds * random.share()) };
}

const describe = (death: Death | undefined): string => {
  if (death === undefined) return 'not at all';
  return 'operation' in death
    ? `at operation ${death.operation}${death.torn ? ' (torn)' : ''}`
    : `after ${death.milliseconds} ms`;
};

const lastLine = (text: string): string => {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => line.startsWith('upslope: ')) ?? lines.at(-1) ?? '';
};
