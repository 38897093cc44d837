import achieversJson from '../../scenes/achievers-and-wanters.json';
import chickenJson from '../../scenes/chicken-and-velociraptor.json';
import hawkDoveJson from '../../scenes/hawk-dove.json';
import rockJson from '../../scenes/rock-paper-scissors.json';
import schoolJson from '../../scenes/school.json';
import selfishJson from '../../scenes/selfish-genes.json';
import grassesJson from '../../scenes/two-grasses.json';
import { performContest } from '../../src/analysis/tournament/contest.ts';
import { contestSeed, judgeTournament } from '../../src/analysis/tournament/tournament.ts';
import { correlation } from '../../src/math/statistics.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { baldwinShares } from '../theory/baldwin.ts';
import { marksWorld } from '../theory/marks.ts';
import type { Verification } from './verification.ts';
import { claimed, sceneWith, watchScene } from './watch-scene.ts';

/** Hinton & Nowlan's shares at generation 50, with learning and without. */
export const baldwin: Verification = claimed(
  {
    name: 'baldwin',
    title: 'Baldwin: shares of right, wrong and open loci at generation 50, with and without learning (Check 5a)',
    measure(seed) {
      const [learned, plain] = [true, false].map((learning) => baldwinShares(learning, String(seed), 50));
      return { ...learned, plainRight: plain.right, plainWrong: plain.wrong };
    },
  },
  [
    { key: 'right', title: 'right', digits: 3 },
    { key: 'wrong', title: 'wrong', digits: 3 },
    { key: 'open', title: 'open', digits: 3 },
    { key: 'plainRight', title: 'not learned: right', digits: 3 },
    { key: 'plainWrong', title: 'wrong', digits: 3 },
  ],
  [
    ['right loci pass 70 %', ({ right }) => right > 0.7],
    ['wrong ones fall under 5 %', ({ wrong }) => wrong < 0.05],
    ['open ones persist (15 to 35 %)', ({ open }) => open >= 0.15 && open <= 0.35],
    ['without learning a quarter stays right', ({ plainRight }) => Math.abs(plainRight - 0.25) < 0.06],
  ],
  0.9,
);

const periods = [2, 4, 12, 60] as const;

/** What marks save in worlds that turn round quickly and slowly, with genes that evolve as well. */
export const marks: Verification = claimed(
  {
    name: 'marks',
    title:
      'Marks: loss of log fitness without marks less that with them, by the generations in which the optimum goes to and fro (Check 5b)',
    measure(seed) {
      return Object.fromEntries(
        periods.map((period) => {
          const [marked, plain] = [0.5, undefined].map((share) => {
            const world = marksWorld({ period, share, deviation: 0.05, founders: 500, seed: String(seed) });
            world.simulation.step(4 * period + 100);
            const loss = world.meanLoss(8 * period);
            world.simulation.dispose();
            return loss;
          });
          return [`gain${period}`, plain - marked];
        }),
      );
    },
  },
  periods.map((period) => ({ key: `gain${period}`, title: `period ${period}`, digits: 4 })),
  [
    ['marks help at a period of 60 generations', ({ gain60 }) => gain60 > 0],
    ['and at 12', ({ gain12 }) => gain12 > 0],
    ['they hurt at a period of 2', ({ gain2 }) => gain2 < 0],
  ],
  0.9,
);

/** Skill in a crowd and in a band that copy alike, and after the band was let grow. */
export const school: Verification = claimed(
  {
    name: 'school',
    title:
      'School: mean skill of a crowd of 400 and a band of 12 at tick 6,000; of the band 6,000 ticks after it may grow to 300',
    measure(seed) {
      const world = watchScene(sceneWith(schoolJson, 'school'), seed);
      const said = world.to(6000);
      world.simulation.set('populations.band.capacity', 300);
      const grown = world.to(12_000);
      world.simulation.dispose();
      return {
        crowd: said['crowd.skill.mean'],
        band: said['band.skill.mean'],
        grown: grown['band.skill.mean'],
        grownTo: grown['band.population'],
      };
    },
  },
  [
    { key: 'crowd', title: 'crowd', digits: 1 },
    { key: 'band', title: 'band', digits: 1 },
    { key: 'grown', title: 'band grown', digits: 1 },
    { key: 'grownTo', title: 'living', digits: 0 },
  ],
  [
    ['skill grows in the crowd', ({ crowd }) => crowd > 5],
    ['and is lost in the band', ({ band }) => band < -2],
    ['it grows in the band once that is large', ({ band, grown }) => grown > band + 5],
  ],
  0.9,
);

/** Driver and transposons against their hosts. */
export const selfishGenes: Verification = claimed(
  {
    name: 'selfish-genes',
    title:
      'Selfish genes: share of the driver, copies of transposons and hosts at tick 12,000; hosts without them; copies without sex',
    measure(seed) {
      const scene = (set: Record<string, unknown>) =>
        sceneWith(
          selfishJson,
          'selfish-genes',
          Object.fromEntries(Object.entries(set).map(([path, value]) => [`populations.hosts.mechanisms.${path}`, value])),
        );
      const run = (set: Record<string, unknown>) => {
        const world = watchScene(scene(set), seed);
        const early = world.to(3000);
        const said = world.to(12_000);
        world.simulation.dispose();
        return { ...said, early: early.driver, earlyCopies: early['copies.mean'] } as Record<string, number>;
      };
      const both = run({});
      const none = run({ 'segregation-distortion.on': false, 'transposons.on': false });
      const asexual = run({ 'sexual-reproduction.on': false });
      return {
        early: both.early,
        driver: both.driver,
        copies: both['copies.mean'],
        living: both.population,
        free: none.population,
        asexual: asexual['copies.mean'],
        asexualDriver: asexual.driver,
      };
    },
  },
  [
    { key: 'early', title: 'driver 3k', digits: 3 },
    { key: 'driver', title: '12k', digits: 3 },
    { key: 'copies', title: 'copies', digits: 2 },
    { key: 'living', title: 'hosts', digits: 0 },
    { key: 'free', title: 'hosts without', digits: 0 },
    { key: 'asexual', title: 'no sex: copies', digits: 2 },
    { key: 'asexualDriver', title: 'driver', digits: 3 },
  ],
  [
    ['the driver is held at an intermediate share', ({ driver }) => driver > 0.2 && driver < 0.8],
    ['transposons multiply from 2 copies', ({ copies }) => copies > 3],
    ['hosts are fewer with them', ({ living, free }) => living < free],
  ],
);

/** Share of hawks and mean fitness against what theory says. */
export const hawkDove: Verification = claimed(
  {
    name: 'hawk-dove',
    title:
      'Hawk and dove: mean share of hawks over generations 500 to 1,500 (V/C = 0.3333); when selection ends at the equilibrium (Check 6a)',
    measure(seed) {
      const world = watchScene(sceneWith(hawkDoveJson, 'hawk-dove'), seed);
      world.to(500);
      const [{ layout }] = world.simulation.populations;
      let [sum, count] = [0, 0];
      world.to(1500, ({ populations: [{ table, count: living }] }) => {
        const genome = table.f32('genome');
        for (let row = 0; row < living; row++) sum += 1 / (1 + Math.exp(-genome[row * layout.stride])) / living;
        count++;
      });
      world.simulation.dispose();
      return { hawks: sum / count };
    },
  },
  [{ key: 'hawks', title: 'hawks', digits: 4 }],
  [['within 0.02 of 1/3', ({ hawks }) => Math.abs(hawks - 1 / 3) < 0.02]],
  0.9,
);

/** Shares in play of three strategies in space. */
export const rockPaperScissors: Verification = claimed(
  {
    name: 'rock-paper-scissors',
    title:
      'Rock, paper, scissors: lowest and highest share in play of any strategy in ticks 2,000 to 12,000, and how often the lead went on to the next',
    measure(seed) {
      const { simulation } = watchScene(sceneWith(rockJson, 'rock-paper-scissors'), seed);
      let [lowest, highest, turns] = [1, 0, 0];
      let leader = -1;
      simulation.step(2000);
      while (simulation.tick < 12_000 && simulation.step(50) === 50) {
        const [{ table, count }] = simulation.populations;
        const played = table.f32('played');
        const shares = [0, 0, 0];
        for (let row = 0; row < count; row++) shares[played[row]] += 1 / count;
        lowest = Math.min(lowest, ...shares);
        highest = Math.max(highest, ...shares);
        const first = shares.indexOf(Math.max(...shares));
        if (leader >= 0 && first === (leader + 1) % 3) turns++;
        if (leader >= 0 && first === (leader + 2) % 3) turns--;
        leader = first;
      }
      simulation.dispose();
      return { lowest, highest, turns };
    },
  },
  [
    { key: 'lowest', title: 'lowest', digits: 3 },
    { key: 'highest', title: 'highest', digits: 3 },
    { key: 'turns', title: 'turns of the lead', digits: 0 },
  ],
  [
    ['no strategy falls under 2 %', ({ lowest }) => lowest > 0.02],
    ['the lead goes round in one direction: each is beaten by the next', ({ turns }) => turns > 0],
  ],
);

/** Two diets from one where foods are mixed, with like mates, with any mates, and where generalists are as good. */
export const twoGrasses: Verification = claimed(
  {
    name: 'two-grasses',
    title:
      'Two grasses: standard deviation of diet and species at tick 16,000, with like mates, with any mates, and with a weak trade-off',
    measure(seed) {
      const run = (set: Record<string, unknown>) => {
        const world = watchScene(
          sceneWith(
            grassesJson,
            'two-grasses',
            Object.fromEntries(Object.entries(set).map(([path, value]) => [`populations.foragers.${path}`, value])),
          ),
          seed,
        );
        const record = new LifeRecord(world.simulation);
        world.simulation.observe(record);
        const said = world.to(16_000);
        const species = record.species.entries.filter(({ fate }) => fate === 'living').length;
        const [{ table, count }] = world.simulation.populations;
        const diet = table.f32('diet.fruit');
        let between = 0;
        for (let row = 0; row < count; row++) if (diet[row] > 0.3 && diet[row] < 0.7) between++;
        world.simulation.dispose();
        return { diet: Math.sqrt(said['diet.fruit.variance']), between: between / count, species, living: count };
      };
      const [like, any, weak] = [
        run({}),
        run({ 'mechanisms.mate-distance.on': false, 'mechanisms.assortative-mating.on': false }),
        run({ 'diet.tradeOff': 0.3 }),
      ];
      return {
        diet: like.diet,
        between: like.between,
        species: like.species,
        living: like.living,
        anyDiet: any.diet,
        anyBetween: any.between,
        weakDiet: weak.diet,
        weakSpecies: weak.species,
      };
    },
  },
  [
    { key: 'diet', title: 'diet s.d.', digits: 3 },
    { key: 'between', title: 'between', digits: 3 },
    { key: 'species', title: 'species', digits: 0 },
    { key: 'living', title: 'living', digits: 0 },
    { key: 'anyDiet', title: 'any mates: s.d.', digits: 3 },
    { key: 'anyBetween', title: 'between', digits: 3 },
    { key: 'weakDiet', title: 'weak: s.d.', digits: 3 },
    { key: 'weakSpecies', title: 'species', digits: 0 },
  ],
  [
    ['two species or more at the end, with like mates', ({ species }) => species >= 2],
    ['diets differ more with like mates than with any', ({ diet, anyDiet }) => diet > anyDiet],
    ['fewer are in between', ({ between, anyBetween }) => between < anyBetween],
  ],
);

/** What is wanted and what is got before and after the cue stops telling the truth. */
export const achieversAndWanters: Verification = claimed(
  {
    name: 'achievers-and-wanters',
    title:
      'Achievers and wanters: wants and intake before (ticks 7,000 to 8,000), just after (8,000 to 9,000) and long after (15,000 to 16,000) the cue parts from food',
    measure(seed) {
      const run = (set: Record<string, unknown>) => {
        const world = watchScene(sceneWith(achieversJson, 'achievers-and-wanters', set), seed);
        world.to(7000);
        const before = world.to(8000);
        const after = world.to(9000);
        world.to(15_000);
        const late = world.to(16_000);
        world.simulation.dispose();
        return { before, after, late };
      };
      const { before, after, late } = run({});
      const plain = run({ 'populations.foragers.mechanisms.learning.on': false });
      return {
        energyBefore: before['reward.energy.mean'],
        energyLate: late['reward.energy.mean'],
        cueBefore: before['reward.cue.mean'],
        cueLate: late['reward.cue.mean'],
        rateLate: late['learning.rate.mean'],
        intakeBefore: 1000 * before.intake,
        intakeAfter: 1000 * after.intake,
        intakeLate: 1000 * late.intake,
        plainBefore: 1000 * plain.before.intake,
        plainAfter: 1000 * plain.after.intake,
        living: late.population,
      };
    },
  },
  [
    { key: 'energyBefore', title: 'wants energy 8k', digits: 3 },
    { key: 'energyLate', title: '16k', digits: 3 },
    { key: 'cueBefore', title: 'wants cue 8k', digits: 3 },
    { key: 'cueLate', title: '16k', digits: 3 },
    { key: 'rateLate', title: 'rate 16k', digits: 4 },
    { key: 'intakeBefore', title: '1000 intake 8k', digits: 2 },
    { key: 'intakeAfter', title: '9k', digits: 2 },
    { key: 'intakeLate', title: '16k', digits: 2 },
    { key: 'plainBefore', title: 'not learning: 8k', digits: 2 },
    { key: 'plainAfter', title: '9k', digits: 2 },
    { key: 'living', title: 'living', digits: 0 },
  ],
  [
    ['energy is wanted (above 0) at the end of the first phase', ({ energyBefore }) => energyBefore > 0],
    ['intake falls when the cue parts from food', ({ intakeBefore, intakeAfter }) => intakeAfter < intakeBefore],
  ],
);

/** Fossils of foragers that also play a game, against each other: with the game, and of a world without it. */
export const chickenAndVelociraptor: Verification = claimed(
  {
    name: 'chicken-and-velociraptor',
    title:
      'Chicken and velociraptor: tournament of six fossils (ticks 1,500 to 12,000; 600 ticks, 4 replicates a pair): cyclic share less noise, and correlation of rating with time, with the game and without',
    measure(seed) {
      const run = (on: boolean) => {
        const scene = sceneWith(chickenJson, 'chicken-and-velociraptor', { 'populations.animals.mechanisms.payoffs.on': on });
        const simulation = createSimulation(scene, String(seed));
        const record = new LifeRecord(simulation);
        simulation.observe(record);
        simulation.step(12_000);
        const fossils = record.fossils.filter(({ tick }) => tick > 0);
        simulation.dispose();
        const players = Array.from({ length: 6 }, (_, k) => fossils[Math.round((k * (fossils.length - 1)) / 5)]);
        const margins = players.flatMap((one, i) =>
          players.slice(0, i).map((other, j) =>
            Array.from({ length: 4 }, (_, r) =>
              performContest({
                scene,
                seed: contestSeed(String(seed), i, j, r),
                population: 'animals',
                first: one.genome,
                second: other.genome,
                ticks: 600,
              }),
            ),
          ),
        );
        const { ratings, correctedShare } = judgeTournament(6, margins);
        return {
          cyclic: correctedShare,
          progress: correlation(
            ratings,
            players.map(({ tick }) => tick),
          ),
        };
      };
      const [game, none] = [run(true), run(false)];
      return { cyclic: game.cyclic, progress: game.progress, plainCyclic: none.cyclic, plainProgress: none.progress };
    },
  },
  [
    { key: 'cyclic', title: 'cyclic share', digits: 3 },
    { key: 'progress', title: 'rating and time', digits: 3 },
    { key: 'plainCyclic', title: 'no game: cyclic', digits: 3 },
    { key: 'plainProgress', title: 'rating and time', digits: 3 },
  ],
  [['a larger part goes in circles with the game than without', ({ cyclic, plainCyclic }) => !(cyclic <= plainCyclic)]],
);
