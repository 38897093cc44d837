import { CurrentRun } from './current-run.ts';
import { LandscapeShow } from './landscape/landscape-show.ts';
import { Playback } from './playback.ts';
import { RunHistory } from './run-history.ts';
import { AnalysisTopic } from './topics/analysis.ts';
import { ClimbTopic } from './topics/climb.ts';
import { DraftsTopic } from './topics/drafts.ts';
import { ExportsTopic } from './topics/exports.ts';
import { LessonsTopic } from './topics/lessons.ts';
import { NotebookTopic } from './topics/notebook.ts';
import { OrganismsTopic } from './topics/organisms.ts';
import { ParametersTopic } from './topics/parameters.ts';
import { PastTopic } from './topics/past.ts';
import { RecordTopic } from './topics/record.ts';
import { RivalsTopic } from './topics/rivals.ts';
import { RunTopic } from './topics/run.ts';
import { ScenesTopic } from './topics/scenes.ts';
import { TransplantsTopic } from './topics/transplants.ts';
import { TransportTopic } from './topics/transport.ts';
import { TwinsTopic } from './topics/twins.ts';
import { ViewTopic } from './topics/view.ts';
import { askThreads } from './world-threads.ts';

/**
 * All that the page can ask of the worker, by topic. A topic keeps what it alone needs; the run, its history, its playback and the plane of
 * genome space are shared. Requests for display never change the state.
 */
export class Session {
  readonly run: RunTopic;
  readonly transport: TransportTopic;
  readonly parameters: ParametersTopic;
  readonly view: ViewTopic;
  readonly organisms: OrganismsTopic;
  readonly record: RecordTopic;
  readonly analysis: AnalysisTopic;
  readonly climb: ClimbTopic;
  readonly transplants: TransplantsTopic;
  readonly rivals: RivalsTopic;
  readonly past: PastTopic;
  readonly exports: ExportsTopic;
  readonly notebook: NotebookTopic;
  readonly twins: TwinsTopic;
  readonly lessons: LessonsTopic;
  readonly scenes = new ScenesTopic();
  readonly drafts = new DraftsTopic();

  constructor() {
    const current = new CurrentRun();
    const history = new RunHistory(current);
    const playback = new Playback(current, history);
    const show = new LandscapeShow(() => performance.now());
    current.onBegin(() => show.reset());
    this.run = new RunTopic(current);
    this.transport = new TransportTopic(current, playback);
    this.parameters = new ParametersTopic(current, history);
    this.view = new ViewTopic(current, history, playback, show);
    this.organisms = new OrganismsTopic(current);
    this.record = new RecordTopic(current, show);
    this.analysis = new AnalysisTopic(current);
    this.climb = new ClimbTopic(current);
    this.transplants = new TransplantsTopic(current);
    this.rivals = new RivalsTopic(current, history);
    this.past = new PastTopic(current, history, playback);
    this.exports = new ExportsTopic(current, history, playback);
    this.notebook = new NotebookTopic(current, playback);
    this.lessons = new LessonsTopic(current);
    this.twins = new TwinsTopic(current, history, playback, this.view);
  }

  /** Threads of worlds that are opened from now on. @param count 1 to 64 */
  threads(count: number): void {
    askThreads(count);
  }

  /** Answers with its argument: shows that the worker is alive. */
  ping(token: number): number {
    return token;
  }
}
