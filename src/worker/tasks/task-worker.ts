// The worker of tasks that take longer than a frame: forks, contests, replicates.

import '../without-eval.ts';

import { performAssayFork } from '../../analysis/assay/perform-assay-fork.ts';
import { summariseAssay } from '../../analysis/assay/summarise-assay.ts';
import { readGradient } from '../../analysis/gains/read-gradient.ts';
import { replayRivals } from '../../analysis/rivals/replay-rivals.ts';
import { contestOutcome } from '../../analysis/tournament/contest.ts';
import { judgeTournament } from '../../analysis/tournament/tournament.ts';
import { performReplicate } from '../../experiment/twins/perform-replicate.ts';
import { namedStream } from '../../math/streams.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import { measureInterval } from './measure-interval.ts';
import { runTwin } from './run-twin.ts';
import type { TaskKind, TaskReply, TaskRequest, Tasks } from './task-protocol.ts';

const here = globalThis as unknown as DedicatedWorkerGlobalScope;

const perform: { readonly [K in TaskKind]: (ask: Tasks[K]['ask']) => Tasks[K]['answer'] } = {
  fork: ({ snapshot, fork }) => performAssayFork(snapshot, fork, pageCatalogue),
  summary: ({ forks, genomes, clades, segments, metric, seed }) =>
    summariseAssay(forks, genomes, clades, segments, namedStream(seed, 'assay null'), metric),
  gradient: ({ forks, genomes, ploidy, segments, scales }) => readGradient(forks, genomes, ploidy, segments, scales),
  interval: (ask) => measureInterval(ask),
  twin: (ask) => runTwin(ask),
  replicate: (step) => performReplicate(step, pageCatalogue),
  contest: (contest) => contestOutcome({ ...contest, scene: pageCatalogue.adopt(contest.scene) }),
  rivals: (replay) => replayRivals(replay, pageCatalogue),
  judge: ({ players, replicates }) => judgeTournament(players, replicates),
};

here.onmessage = ({ data: { kind, ask } }: MessageEvent<TaskRequest>) => {
  const post = (reply: TaskReply) => here.postMessage(reply);
  try {
    post({ answer: perform[kind](ask as never) });
  } catch (error) {
    post({ failed: error instanceof Error ? error.message : String(error) });
  }
};
