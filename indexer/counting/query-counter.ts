import type { StepVariables, Workspace } from '../clean/workspace.ts';
import { keepTurns } from '../related/related-build.ts';
import { countTrendDays } from '../trends/trend-build.ts';
import { keepVideoSearches } from '../video-evidence/video-evidence-build.ts';
import { type JudgingRules, judgeText, REASONS, type Verdict } from './text-verdict.ts';

const DAY_US = 86_400_000_000;
/** Ages beyond this weigh alike: the double of a single search must not vanish. */
const MOST_HALF_LIVES = 960;

/** How searches are cleaned and counted. */
export interface CountingRules extends JudgingRules {
  readonly minUsers: number;
  /** Days in which a search loses half its weight; 0 for no decay. */
  readonly halfLifeDays: number;
  /** A pause of over this many minutes ends a session that the log does not name. */
  readonly sessionPauseMinutes: number;
  /** A search that the next one continues within this many seconds was still being typed. */
  readonly keystrokePauseSeconds: number;
  /** Most searches of a user for one form on one day that count. */
  readonly userFormCap: number;
  /** Most searches of a user on one day that count. */
  readonly userDayCap: number;
}

/** What counting needs to know of the rows. */
export interface CountingInput {
  /** Instant that ages count from, in microseconds since the epoch; undefined when no row has a time. */
  readonly asOfUs: number | undefined;
  readonly loaded: number;
  readonly largestCount: number;
}

/** Rows and groups that cleaning and counting left out, by why. */
export interface CountingLosses {
  /** Rows by what their text was found to be. */
  readonly rows: Readonly<Record<Exclude<Verdict, 'usable'>, number>>;
  readonly repeats: number;
  readonly keystrokes: number;
  readonly capped: number;
  /** Groups of a market under the threshold. */
  readonly belowThreshold: number;
  /** Groups of a market that only exempt rows bring over the threshold. */
  readonly passedExempt: number;
}

/**
 * Cleans and counts the rows in `raw_rows` up to the tables that `15-completions.sql` reads; which groups are variants of others is found later. Rows without a time are dated as-of.
 * `onStep` hears of each step before it begins.
 */
export async function countQueries(
  workspace: Workspace,
  rules: CountingRules,
  input: CountingInput,
  onStep: (what: string) => void,
): Promise<CountingLosses> {
  const asOfUs = input.asOfUs ?? 0;
  await workspace.setVariables({
    ...variablesOf(rules),
    as_of_us: asOfUs,
    as_of_day: Math.floor(asOfUs / DAY_US),
    fixed_bits: fixedBits(input),
  });
  onStep('normalising distinct queries');
  await judgeTexts(workspace, rules);
  await workspace.runStep('clean/02-forms');
  await workspace.runStep('clean/03-people');
  onStep('numbering texts and users');
  await workspace.runStep('clean/04-rows');
  const verdicts = await workspace.readNumbers(
    'SELECT verdict, count(*) FROM all_rows GROUP BY verdict',
  );
  onStep('sessions and repeats');
  await workspace.runStep('clean/05-searches');
  const [[rowsOfUsers = 0] = []] = await workspace.readNumbers(
    'SELECT count(*) FROM all_rows WHERE person_id IS NOT NULL AND amount IS NULL',
  );
  const afterRepeats = await countSearches(workspace);
  onStep('keystroke traces');
  await workspace.runStep('clean/06-keystrokes');
  const [[keystrokes = 0, retyped = 0] = []] = await workspace.readNumbers(
    'SELECT (SELECT count(*) FROM traces), (SELECT count(*) FROM retyped)',
  );
  onStep('caps');
  await workspace.runStep('clean/07-caps');
  const [[capped = 0] = []] = await workspace.readNumbers(
    'SELECT (SELECT count(*) FROM over_form_cap) + (SELECT count(*) FROM over_day_cap)',
  );
  onStep('counting by day');
  await workspace.runStep('clean/08-evidence');
  onStep('threshold');
  await workspace.runStep('clean/09-threshold');
  const thresholds = await workspace.readNumbers(
    `SELECT count(*) FILTER (NOT is_kept),
       count(*) FILTER (exempt_rows > 0 AND greatest(known_users, most_users) < getvariable('min_users'))
     FROM group_markets`,
  );
  if (rules.group === 'variants') {
    onStep('sessions and clicks of what is kept');
    await workspace.runStep('clean/10-usage');
  }
  onStep('what is searched after what');
  await keepTurns(workspace);
  onStep('what was searched lately');
  await countTrendDays(workspace);
  await keepVideoSearches(workspace);
  await workspace.run('DROP TABLE searches; DROP TABLE all_rows');
  onStep('scores and surfaces');
  await workspace.runStep('clean/11-scores');
  await workspace.runStep('clean/12-representatives');
  await workspace.runStep('clean/13-aliases');
  const [[belowThreshold = 0, passedExempt = 0] = []] = thresholds;
  return {
    rows: readVerdicts(verdicts),
    repeats: rowsOfUsers - afterRepeats + retyped,
    keystrokes,
    capped,
    belowThreshold,
    passedExempt,
  };
}

/** Binary places of exact sums: the sum of all rows, were each the largest, stays below 2^120 of a 128-bit integer. */
function fixedBits({ largestCount, loaded }: CountingInput): number {
  return Math.min(60, 120 - Math.ceil(Math.log2(largestCount) + Math.log2(loaded + 1)));
}

function variablesOf(rules: CountingRules): StepVariables {
  return {
    min_users: rules.minUsers,
    session_pause_us: rules.sessionPauseMinutes * 60e6,
    keystroke_pause_us: rules.keystrokePauseSeconds * 1e6,
    form_cap: rules.userFormCap,
    day_cap: rules.userDayCap,
    half_lives_per_day: rules.halfLifeDays === 0 ? 0 : 1 / rules.halfLifeDays,
    most_half_lives: MOST_HALF_LIVES,
  };
}

async function countSearches(workspace: Workspace): Promise<number> {
  const [[count = 0] = []] = await workspace.readNumbers('SELECT count(*) FROM searches');
  return count;
}

function readVerdicts(rows: readonly (readonly number[])[]): CountingLosses['rows'] {
  const counts = { empty: 0, tooLong: 0, personalData: 0, blocked: 0 };
  for (const [verdict = 0, count = 0] of rows) {
    const reason = REASONS[verdict] ?? 'usable';
    if (reason !== 'usable') counts[reason] = count;
  }
  return counts;
}

/** Takes the distinct queries out once, has TypeScript judge them, and puts what it finds into `texts`. */
async function judgeTexts(workspace: Workspace, rules: JudgingRules): Promise<void> {
  const appender = await workspace.appender('texts');
  let textId = 0;
  for await (const chunk of workspace.stream('SELECT DISTINCT query FROM raw_rows')) {
    for (const value of chunk.getColumnValues(0)) {
      const query = String(value);
      const text = judgeText(query, rules);
      appender.appendUInteger(textId);
      appender.appendVarchar(query);
      appender.appendVarchar(text.surface);
      appender.appendVarchar(text.normalised);
      appender.appendVarchar(text.groupKey);
      appender.appendUTinyInt(REASONS.indexOf(text.verdict));
      appender.endRow();
      textId += 1;
    }
  }
  appender.closeSync();
}
