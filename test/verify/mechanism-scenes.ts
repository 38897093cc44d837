import achieversJson from '../../scenes/achievers-and-wanters.json';
import chickenJson from '../../scenes/chicken-and-velociraptor.json';
import hawkDoveJson from '../../scenes/hawk-dove.json';
import rockJson from '../../scenes/rock-paper-scissors.json';
import schoolJson from '../../scenes/school.json';
import selfishJson from '../../scenes/selfish-genes.json';
import grassesJson from '../../scenes/two-grasses.json';
import { performContest } from '../../src/analysis/tournament/contest.ts';
import { contestSeed, judgeTournament } from '../../src/analysis/tournament/tournament.ts';
import { floatsNamed } from '../../src/ecs/table.ts';
import { correlation } from '../../src/math/statistics.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { baldwinShares } from '../theory/baldwin.ts';
import { marksWorld } from '../theory/marks.ts';
import { summarise } from './summary.ts';
import type { Verification } from './verification.ts';
import { claimed, sceneWith, watchScene } from './watch-scene.ts';

/** Hinton & Nowlan's shares at generation 50, with learning and without. */
export const baldwin: Verification = claimed(
  {
    name: 'baldwin',
    title: 'Baldwin: shares of right, wrong and open loci at generation 50, with and without learning (Check 5a)',
    scenes: ['baldwin'],
    found: {
      scene: 'baldwin',
      text(results) {
        const { seeds, both, range, most } = summarise(results);
        return (
          `${seeds}, generation 50: a share of ${both('right', 3)} of the loci is right (standard error in brackets), at most ${most('wrong', 3)} wrong and ${range('open', 2)} open. ` +
          `Without learning ${both('plainRight', 3)} are right and ${both('plainWrong', 3)} wrong, from a quarter each. Not shown: ` +
          'whether the loci that are still open are fixed later.'
        );
      },
    },
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
      'Marks: loss of log fitness without marks minus that with them, by the generations in which the optimum goes to and fro (Check 5b)',
    scenes: [],
    found: {
      scene: 'marks',
      text(results) {
        const { seeds, both } = summarise(results);
        const gains = periods.map((period) => `${both(`gain${period}`, 3)} at ${period}`).join(', ');
        return (
          `${seeds}, 500 organisms, one locus, genes that evolve as well: mean log fitness with marks (half passed on) minus that without, by the period of the optimum in generations` +
          `: ${gains} (standard errors in brackets). Not shown: genomes of many loci, and worlds that change in other ways than to and fro.`
        );
      },
    },
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
    scenes: ['school'],
    found: {
      scene: 'school',
      text(results) {
        const { seeds, both } = summarise(results);
        return (
          `${seeds}, tick 6,000: mean skill is ${both('crowd', 1)} in the crowd of 400 and ${both('band', 1)} in the band of 12 (standard errors in brackets). ` +
          `Let the band grow to 300 then, and at tick 12,000 its skill is ${both('grown', 1)}. Not shown: at which size the loss turns into growth.`
        );
      },
    },
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
    scenes: ['selfish-genes'],
    found: {
      scene: 'selfish-genes',
      text(results) {
        const { seeds, both } = summarise(results);
        return (
          `${seeds}, tick 12,000: the driver is at ${both('driver', 3)} of all haplotypes (standard error in brackets; ${both('early', 3)} at tick 3,000), where (2k - 1)/s says 0.5 if ` +
          `fitness falls by s. A host has ${both('copies', 1)} copies of transposons, from 2. Hosts are ${both('living', 0)}, and ${both('free', 0)} in worlds without either. ` +
          `Without sex ${both('asexual', 1)} copies are left and the driver is at ${both('asexualDriver', 2)}. Not shown: why the driver stays below that.`
        );
      },
    },
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
    scenes: ['hawk-dove'],
    found: {
      scene: 'hawk-dove',
      text(results) {
        const { seeds, both, range } = summarise(results);
        return (
          `${seeds}: the mean share of hawks over generations 500 to 1,500 is ${both('hawks', 4)}, standard error in brackets, where V/C is 0.3333; ${range('hawks', 4)} over the seeds. ` +
          'Not shown: populations in which neighbours play each other.'
        );
      },
    },
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
      'Rock, paper, scissors: lowest and highest share in play of any strategy in ticks 2,000 to 12,000, and how often the lead passed to the next',
    scenes: ['rock-paper-scissors'],
    found: {
      scene: 'rock-paper-scissors',
      text(results) {
        const { seeds, both, least, most, range, count } = summarise(results);
        return (
          `${seeds}: from tick 2,000 to 12,000 the lowest share in play of any strategy is ${both('lowest', 2)} (standard error in brackets; ${least('lowest', 3)} in the lowest seed) and the highest ` +
          `${both('highest', 2)} (${most('highest', 2)} in the highest). Sampled every 50 ticks, the lead passed to the strategy that beats the leader more often than back in ` +
          `${count(({ turns }) => turns > 0)} seeds: by ${both('turns', 0)} times, ${range('turns', 0)}. Not shown: whether a strategy is lost in longer runs or smaller worlds.`
        );
      },
    },
    measure(seed) {
      const { simulation } = watchScene(sceneWith(rockJson, 'rock-paper-scissors'), seed);
      let [lowest, highest, turns] = [1, 0, 0];
      let leader = -1;
      simulation.step(2000);
      while (simulation.tick < 12_000 && simulation.step(50) === 50) {
        const [{ table, count }] = simulation.populations;
        const played = table.f32(floatsNamed('played'));
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
    scenes: ['two-grasses'],
    found: {
      scene: 'two-grasses',
      text(results) {
        const { seeds, both, most, range, count } = summarise(results);
        return (
          `${seeds}, tick 16,000: the standard deviation of diet is ${both('diet', 2)} (standard error in brackets; two pure halves would have 0.5), with at most a share of ${most('between', 3)} in between and ` +
          `${range('species', 0)} species. With any mates it is ${both('anyDiet', 2)}, and two diets are apart (over 0.3) in ${count(({ anyDiet }) => anyDiet > 0.3)} seeds. Where generalists are nearly as good ` +
          `(trade-off 0.3) it is ${both('weakDiet', 2)}. Not shown: that likeness of mates is needed for two diets; diet is one locus, which a child has whole from one parent.`
        );
      },
    },
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
        const diet = table.f32(floatsNamed('diet.fruit'));
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

/** Wants and intake before and after the cue stops being honest. */
export const achieversAndWanters: Verification = claimed(
  {
    name: 'achievers-and-wanters',
    title:
      'Achievers and wanters: wants and intake before (ticks 7,000 to 8,000), just after (8,000 to 9,000) and long after (15,000 to 16,000) the cue parts from food',
    scenes: ['achievers-and-wanters'],
    found: {
      scene: 'achievers-and-wanters',
      text(results) {
        const { seeds, both, count } = summarise(results);
        return (
          `${seeds}: before the shift (tick 8,000) reward.energy is ${both('energyBefore', 2)} (standard error in brackets; above 0 in ${count(({ energyBefore }) => energyBefore > 0)}) and reward.cue ` +
          `${both('cueBefore', 2)}. At tick 16,000, after 8,000 ticks in which the cue lay elsewhere, they are ${both('energyLate', 2)} and ${both('cueLate', 2)}. Energy eaten by an organism in 1,000 ticks is ` +
          `${both('intakeBefore', 2)} before, ${both('intakeAfter', 2)} within 1,000 ticks after (less in ${count((r) => r.intakeAfter < r.intakeBefore)}) and ${both('intakeLate', 2)} at tick 16,000; of organisms that ` +
          `never learn ${both('plainBefore', 2)} and ${both('plainAfter', 2)}. The learning rate falls from 0.1 to ${both('rateLate', 3)}. Not shown: worlds in which learning pays for itself.`
        );
      },
    },
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
    scenes: ['chicken-and-velociraptor'],
    found: {
      scene: 'chicken-and-velociraptor',
      text(results) {
        const { seeds, both, count } = summarise(results);
        return (
          `${seeds}, six fossils from tick 1,500 to 12,000 against each other (600 ticks, four replicates a pair): a share of ${both('cyclic', 3)} of the outcomes goes in circles with the game ` +
          `(noise taken off; standard error in brackets), ${both('plainCyclic', 3)} without it, more with it in ${count((r) => r.cyclic > r.plainCyclic)} seeds. Rating and time correlate by ` +
          `${both('progress', 2)} with the game and ${both('plainProgress', 2)} without. Not shown: what goes in circles, and fossils of longer runs.`
        );
      },
    },
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
