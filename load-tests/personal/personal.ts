/*
 * How early does a list show what a user is about to search? Simulated worlds of three tastes: an index of the earlier part, the later part replayed as events, and at each
 * held-out search of some users the lists of three systems for 1, 2, 3 and 5 typed characters: popularity, the user's own searches before popularity
 * (typed-baselines.ts), and the default ranker through the pipeline that serves; paired, with 95% bootstrap intervals over users. Some searches are asked again as by strangers.
 *
 * `npm run bench -- personal [--users 2000] [--days 60] [--seed 1] [--tastes weak,medium,strong] [--judged 6] [--min-users 1] [--market named|none] [--cache DIR]`;
 * `--judged N` judges one user in N, those that the seed chooses. The weights are fitted on other seeds (fit.ts).
 */
import { parseArgs } from 'node:util';
import { stableHash } from '../../dictionaries/stable-hash.ts';
import { cutAfter } from '../../ranking/metrics/prefix-evaluation.ts';
import { reciprocalRank } from '../../ranking/metrics/reciprocal-rank.ts';
import { readingOf } from '../../serving/personal/personal-ranking.ts';
import { describeMachine } from '../micro/machine.ts';
import type { TasteStrength } from '../simulate/parameters.ts';
import { EventWorld } from './event-world.ts';
import { readExciteLog } from './excite-log.ts';
import type { LoggedSearch, PersonalLog } from './personal-log.ts';
import { replayLog } from './personal-replay.ts';
import { type Group, PersonalScores } from './personal-scores.ts';
import { makePersonalWorld } from './personal-world.ts';
import { formReader, TYPED_LENGTHS, TypedBaselines } from './typed-baselines.ts';

const SYSTEMS = ['popularity', 'own recency', 'personal'] as const;
const GROUPS: readonly Group[] = ['with history', 'without history', 'as by strangers'];
/** Of the judged searches one in so many is asked once more as by somebody of whom nothing is known: few simulated users are new in the held-out part. */
const STRANGERS = 4;

const NOBODY = readingOf(null);

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '2000' },
    days: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    tastes: { type: 'string', default: 'weak,medium,strong' },
    judged: { type: 'string', default: '6' },
    'min-users': { type: 'string', default: '1' },
    market: { type: 'string', default: 'named' },
    cache: { type: 'string' },
  },
});
const machine = describeMachine();
console.log(`personal ranking; ${machine.text}`);
if (machine.busy !== null) console.log(machine.busy);
for (const taste of values.tastes.split(',').filter((each) => each !== '') as TasteStrength[]) {
  const log = await makePersonalWorld({
    taste,
    users: Number(values.users),
    days: Number(values.days),
    seed: Number(values.seed),
    minUsers: Number(values['min-users']),
    ...(values.cache === undefined ? {} : { cache: values.cache }),
  });
  console.log(
    `\n${taste} taste, ${values.users} users, ${values.days} days, seed ${values.seed}; completions of at least ${values['min-users']} users: ${log.content.segment.completions}; market ${values.market}`,
  );
  report(judge(log, Number(values.judged), values.market === 'named'));
}

const excite = await readExciteLog(1);
if (excite === null) console.log('\nthe Excite log is not there');
else {
  const { segment } = excite.content;
  console.log(
    `\nExcite log, one day split in time; ${segment.completions} completions; counts only: too few searches for a conclusion`,
  );
  report(judge(excite, 1, false));
}

function judge(log: PersonalLog, oneUserIn: number, isNamed: boolean): PersonalScores {
  const world = new EventWorld(log);
  const formOf = formReader();
  const baselines = new TypedBaselines(log, formOf);
  const scores = new PersonalScores();
  let count = 0;
  const isJudged = (user: string) => stableHash(`${values.seed} ${user}`) % oneUserIn === 0;
  replayLog(log, {
    onEvent: (record) => world.apply(record, record.user !== null && isJudged(record.user)),
    onCommitted: ({ user, query }) => {
      const form = formOf(query);
      if (form !== '') baselines.note(user, form);
    },
    onTyping: (search, atMs) => {
      const form = formOf(search.query);
      if (form === '' || !isJudged(search.user)) return;
      const judged = { world, baselines, formOf, isNamed };
      judgeSearch(judged, search, form, atMs, scores);
      if (count++ % STRANGERS === 0) judgeStranger(judged, search, form, atMs, scores);
    },
  });
  return scores;
}

interface Judged {
  readonly world: EventWorld;
  readonly baselines: TypedBaselines;
  readonly formOf: (surface: string) => string;
  readonly isNamed: boolean;
}

function judgeSearch(
  { world, baselines, formOf, isNamed }: Judged,
  search: LoggedSearch,
  form: string,
  atMs: number,
  scores: PersonalScores,
): void {
  const { user } = search;
  const ranks = new Map<string, Float64Array>(
    SYSTEMS.map((system) => [system, new Float64Array(TYPED_LENGTHS.length)]),
  );
  let isFound = false;
  TYPED_LENGTHS.forEach((length, i) => {
    const typed = cutAfter(form, length);
    const request = world.requestOf(search, typed, atMs, isNamed);
    ranks.get('popularity')![i] = reciprocalRank(baselines.popular(typed), form);
    ranks.get('own recency')![i] = reciprocalRank(baselines.ownThenPopular(user, typed), form);
    ranks.get('personal')![i] = reciprocalRank(world.answer(request, formOf), form);
    if (i === TYPED_LENGTHS.length - 1) isFound = world.rowOf(world.matrix(request), form) >= 0;
  });
  const group = baselines.hasHistory(user) ? 'with history' : 'without history';
  const facts = {
    isFound,
    isKnown: baselines.isKnown(form),
    isRepeat: baselines.isRepeat(user, form),
  };
  scores.add(group, user, ranks, facts);
}

/** The same search, as if nothing were known of who makes it but the video on screen. */
function judgeStranger(
  { world, baselines, formOf, isNamed }: Judged,
  search: LoggedSearch,
  form: string,
  atMs: number,
  scores: PersonalScores,
): void {
  const ranks = new Map<string, Float64Array>(
    SYSTEMS.map((system) => [system, new Float64Array(TYPED_LENGTHS.length)]),
  );
  const facts = { isFound: false, isKnown: baselines.isKnown(form), isRepeat: false };
  TYPED_LENGTHS.forEach((length, i) => {
    const typed = cutAfter(form, length);
    const request = {
      ...world.requestOf(search, typed, atMs, isNamed),
      ownerHash: 'stranger',
      reading: NOBODY,
    };
    const popular = reciprocalRank(baselines.popular(typed), form);
    ranks.get('popularity')![i] = popular;
    ranks.get('own recency')![i] = popular;
    ranks.get('personal')![i] = reciprocalRank(world.answer(request, formOf), form);
    if (i === TYPED_LENGTHS.length - 1) {
      facts.isFound = world.rowOf(world.matrix(request), form) >= 0;
    }
  });
  scores.add('as by strangers', search.user, ranks, facts);
}

function report(scores: PersonalScores): void {
  for (const group of GROUPS) {
    const searches = scores.searchesOf(group);
    if (searches === 0) continue;
    const ceiling = (100 * scores.ceilingOf(group)).toFixed(1);
    console.log(
      `  ${group}: ${searches} searches of ${scores.usersOf(group)} users, ${scores.knownOf(group)} of them for known queries, ${scores.repeatsOf(group)} own repeats; the wanted query is among the candidates for ${ceiling}%`,
    );
    console.log(
      `    ${'MRR@10 at typed characters'.padEnd(30)}${[...TYPED_LENGTHS, 'mean'].map((length) => String(length).padStart(8)).join('')}`,
    );
    for (const system of SYSTEMS) {
      const { byLength, mean } = scores.meansOf(group, system);
      const cells = [...byLength, mean].map((rank) => rank.toFixed(4).padStart(8)).join('');
      console.log(`    ${system.padEnd(30)}${cells}`);
    }
    for (const baseline of ['popularity', 'own recency']) reportGain(scores, group, baseline);
  }
}

function reportGain(scores: PersonalScores, group: Group, baseline: string): void {
  const gain = scores.gainOf(group, baseline, 'personal', Number(values.seed));
  const { difference, low, high, share, shareBounds } = gain;
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
  console.log(
    `    personal over ${baseline}: ${difference.toFixed(4)} (95%: ${low.toFixed(4)} to ${high.toFixed(4)}), ${percent(share)} (${percent(shareBounds.low)} to ${percent(shareBounds.high)})`,
  );
}
