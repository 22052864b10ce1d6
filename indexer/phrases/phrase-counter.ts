import { DuckDBListValue } from '@duckdb/node-api';
import type { Workspace } from '../clean/workspace.ts';
import { judgeText } from '../counting/text-verdict.ts';
import { type Candidate, selectPhrases } from './phrase-selection.ts';
import { type PhraseGrouping, VariantFinder } from './phrase-variants.ts';
import { languageOfMarket } from './video-loader.ts';
import { formOf } from './video-mentions.ts';

const DAY_US = 86_400_000_000;
const MOST_HALF_LIVES = 960;

/** How phrases of videos are counted. */
export interface PhraseRules {
  readonly group: PhraseGrouping;
  readonly safety: boolean;
  /** Distinct creators that a phrase needs in a market. */
  readonly minVideos: number;
  /** Days in which a video loses half its weight; 0 for no decay. */
  readonly halfLifeDays: number;
}

/** A phrase of public video text that became a completion. */
export interface Entity {
  readonly normalised: string;
  readonly surface: string;
  /** Other normalised forms that lead to it. */
  readonly aliases: readonly string[];
  /** Languages in which its variants are looked for. */
  readonly languages: readonly string[];
  readonly markets: readonly EntityMarket[];
}

export interface EntityMarket {
  readonly market: string;
  /** Distinct creators. */
  readonly creators: number;
  /** From 0 to `creators`: the sum of each creator's newest video, decayed. */
  readonly freshness: number;
}

export interface PhraseLosses {
  /** Tags and hashtags of a market that too few creators carry. */
  readonly belowThreshold: number;
  /** Phrases of a market that name nothing: packaging, dates, fragments, words that met by chance. */
  readonly unnamed: number;
  readonly blocked: number;
  readonly personalData: number;
}

/** Counts what `VideoLoader` put in, in the order of the normalised forms. `markets` names the markets by their numbers. */
export async function countPhrases(
  workspace: Workspace,
  rules: PhraseRules,
  input: {
    readonly markets: readonly string[];
    readonly asOfUs: number | undefined;
    readonly market: string | undefined;
  },
  onStep: (what: string) => void,
): Promise<{ readonly entities: readonly Entity[]; readonly losses: PhraseLosses }> {
  const asOfUs = input.asOfUs ?? 0;
  await workspace.setVariables({
    min_videos: rules.minVideos,
    as_of_us: asOfUs,
    as_of_day: Math.floor(asOfUs / DAY_US),
    half_lives_per_day: rules.halfLifeDays === 0 ? 0 : 1 / rules.halfLifeDays,
    most_half_lives: MOST_HALF_LIVES,
  });
  onStep('counting creators');
  await workspace.runStep('phrases/02-carriers');
  onStep('spellings of phrases');
  await workspace.runStep('phrases/03-spellings');
  onStep('choosing phrases');
  const book = new EntityBook(rules);
  const chosen = await chooseGroups(workspace, rules, input, book);
  await workspace.run(
    'CREATE TABLE chosen_groups (group_no UINTEGER, market INTEGER, entity_no UINTEGER)',
  );
  const appender = await workspace.appender('chosen_groups');
  for (const { groupNo, market, entityNo } of chosen) {
    appender.appendUInteger(groupNo);
    appender.appendInteger(market);
    appender.appendUInteger(entityNo);
    appender.endRow();
  }
  appender.closeSync();
  await workspace.runStep('phrases/05-entities');
  const counted = workspace.stream(
    'SELECT entity_no, market, creators, freshness FROM entity_markets',
  );
  for await (const chunk of counted) {
    for (const [entityNo, market, creators, freshness] of chunk.getRows()) {
      book.count(Number(entityNo), {
        market: input.markets[Number(market)] ?? 'und',
        creators: Number(creators),
        freshness: Number(freshness),
      });
    }
  }
  const [[belowThreshold = 0] = []] = await workspace.readNumbers(
    `SELECT count(*) FROM (SELECT 1 FROM carriers GROUP BY group_no, market
       HAVING bit_or(sources) & 3 <> 0 AND count(*) < getvariable('min_videos'))`,
  );
  return { entities: book.finish(), losses: { belowThreshold, ...book.losses } };
}

interface ChosenGroup {
  readonly groupNo: number;
  readonly market: number;
  readonly entityNo: number;
}

/** Judges the candidates of one market after the other; only those of one are in memory at once. */
async function chooseGroups(
  workspace: Workspace,
  rules: PhraseRules,
  input: { readonly markets: readonly string[]; readonly market: string | undefined },
  book: EntityBook,
): Promise<readonly ChosenGroup[]> {
  const sizes = new Map(
    (
      await workspace.readNumbers(
        'SELECT market, count(DISTINCT creator_no) FROM videos GROUP BY market',
      )
    ).map(([market = 0, creators = 0]) => [market, creators]),
  );
  const chosen: ChosenGroup[] = [];
  let market = -1;
  let candidates: Candidate[] = [];
  const judge = (): void => {
    const name = input.markets[market];
    const tag = name === 'und' ? input.market : name;
    const selected = selectPhrases(candidates, {
      minVideos: rules.minVideos,
      creators: sizes.get(market) ?? 0,
      language: languageOfMarket(tag),
    });
    book.losses.unnamed += candidates.length - selected.length;
    for (const candidate of selected) {
      const entityNo = book.enter(candidate, languageOfMarket(tag));
      if (entityNo !== null) chosen.push({ groupNo: candidate.groupNo, market, entityNo });
    }
    candidates = [];
  };
  for await (const chunk of workspace.streamStep('phrases/04-candidates')) {
    for (const row of chunk.getRows()) {
      const [rowMarket, groupNo, groupKey, phrase, surface, language] = row;
      if (Number(rowMarket) !== market) {
        if (candidates.length > 0) judge();
        market = Number(rowMarket);
      }
      candidates.push({
        groupNo: Number(groupNo),
        groupKey: String(groupKey),
        phrase: String(phrase),
        surface: String(surface),
        language: language === null ? null : String(language),
        creators: Number(row[6]),
        taggers: Number(row[7]),
        units: Number(row[8]),
        titled: Number(row[9]),
        others: row[10] instanceof DuckDBListValue ? row[10].items.map(String) : [],
      });
    }
  }
  if (candidates.length > 0) judge();
  return chosen;
}

interface OpenEntity {
  /** By creators: the most carried spelling is the one that is shown. */
  best: { readonly form: string; readonly surface: string; readonly creators: number };
  readonly forms: Set<string>;
  readonly languages: Set<string>;
  readonly markets: EntityMarket[];
}

/** Gathers groups that are variants of each other into entities. */
class EntityBook {
  readonly #rules: PhraseRules;
  readonly #variants: VariantFinder<number>;
  readonly #entities: OpenEntity[] = [];
  readonly losses = { unnamed: 0, blocked: 0, personalData: 0 };

  constructor(rules: PhraseRules) {
    this.#rules = rules;
    this.#variants = new VariantFinder(rules.group);
  }

  /** The number of the entity that a candidate belongs to; null for what may not be shown. */
  enter(candidate: Candidate, marketLanguage: string | undefined): number | null {
    const form = formOf(candidate.phrase);
    const { surface } = candidate;
    const { verdict } = judgeText(surface, this.#rules);
    if (verdict === 'blocked') this.losses.blocked += 1;
    else if (verdict === 'personalData') this.losses.personalData += 1;
    else if (verdict !== 'usable') this.losses.unnamed += 1;
    if (verdict !== 'usable') return null;
    const others = candidate.others
      .map(formOf)
      .filter((other) => judgeText(other, this.#rules).verdict === 'usable');
    const spelling = { form, surface, creators: candidate.creators };
    const languages = [candidate.language ?? undefined, marketLanguage, 'en'];
    const spoken = [...new Set(languages)].filter((language) => language !== undefined);
    const known = this.#variants.find(form, spoken);
    this.#variants.add(form, spoken, known ?? this.#entities.length);
    const entity = known === undefined ? undefined : this.#entities[known];
    if (entity === undefined) {
      this.#entities.push({
        best: spelling,
        forms: new Set([form, ...others]),
        languages: new Set(spoken),
        markets: [],
      });
      return this.#entities.length - 1;
    }
    for (const each of [form, ...others]) entity.forms.add(each);
    for (const language of spoken) entity.languages.add(language);
    if (isBetter(spelling, entity.best)) entity.best = spelling;
    return known ?? null;
  }

  count(entityNo: number, market: EntityMarket): void {
    this.#entities[entityNo]?.markets.push(market);
  }

  finish(): readonly Entity[] {
    return this.#entities
      .map(({ best, forms, languages, markets }) => ({
        normalised: best.form,
        surface: best.surface,
        aliases: [...forms].filter((form) => form !== best.form).sort(),
        languages: [...languages],
        markets: markets.sort((a, b) => (a.market < b.market ? -1 : 1)),
      }))
      .sort((a, b) => (a.normalised < b.normalised ? -1 : 1));
  }
}

function isBetter(a: OpenEntity['best'], b: OpenEntity['best']): boolean {
  return a.creators > b.creators || (a.creators === b.creators && a.form < b.form);
}
