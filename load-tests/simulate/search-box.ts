import type { ImpressionRow } from './day-log.ts';
import * as parameters from './parameters.ts';
import type { Population } from './population.ts';
import type { Random } from './random.ts';
import type { LoggedSuggester } from './suggester.ts';
import type { HeadQuery } from './universe.ts';

/** Who stands before the search box, and where its lists are logged (null for users outside the panel). */
export interface Typist {
  readonly user: number;
  readonly name: string;
  readonly session: string;
  readonly market: string;
  readonly language: number;
  readonly impressions: ImpressionRow[] | null;
}

/** What came of typing: the suggestion picked, and after how many characters. */
export interface Picked {
  readonly suggestion: HeadQuery;
  readonly typedLength: number;
}

/** Milliseconds for a character on a phone. */
export const KEYSTROKE_MS = 260;

/** A user types and looks at the list once or twice; a suggestion is picked when its position is examined and it is relevant. */
export class SearchBox {
  private readonly suggester: LoggedSuggester;
  private readonly population: Population;

  constructor(suggester: LoggedSuggester, population: Population) {
    this.suggester = suggester;
    this.population = population;
  }

  /** Typing towards a wanted text: relevant is that text alone. */
  typeTowards(random: Random, typist: Typist, wanted: string, atMs: number): Picked | null {
    const characters = [...wanted];
    let length = 0;
    for (let look = 0; look < 2; look++) {
      length += 1 + random.below(4);
      if (length >= characters.length) return null;
      const typed = characters.slice(0, length).join('');
      const suggestion = this.look(
        random,
        typist,
        typed,
        wanted,
        atMs + length * KEYSTROKE_MS,
        (query) => query.text === wanted,
      );
      if (suggestion !== null) return { suggestion, typedLength: length };
    }
    return null;
  }

  /** Browsing without a wanted text: a suggestion is relevant the likelier, the more its topic is to the user's taste. */
  browse(random: Random, typist: Typist, idea: string, atMs: number): Picked | null {
    const typedLength = 1 + random.below(2);
    const typed = [...idea].slice(0, typedLength).join('');
    const attracts = (query: HeadQuery): boolean =>
      random.chance(Math.min(0.9, 6 * this.population.interest(typist.user, query.topic)));
    const suggestion = this.look(
      random,
      typist,
      typed,
      '',
      atMs + typedLength * KEYSTROKE_MS,
      attracts,
    );
    return suggestion === null ? null : { suggestion, typedLength };
  }

  private look(
    random: Random,
    typist: Typist,
    typed: string,
    wanted: string,
    atMs: number,
    isRelevant: (query: HeadQuery) => boolean,
  ): HeadQuery | null {
    const ranked = this.suggester.suggest(typist.language, typed);
    if (ranked.length === 0) return null;
    const swapped = ranked.length > 1 && random.chance(parameters.LISTS_SWAPPED);
    const shown = swapped ? swapNeighbours(random, ranked) : ranked;
    const examined: number[] = [];
    let picked: number | null = null;
    for (let i = 0; i < shown.length && picked === null; i++) {
      if (!random.chance(parameters.PROPENSITIES[i] ?? 0)) continue;
      examined.push(i + 1);
      if (isRelevant(shown[i]!)) picked = i + 1;
    }
    typist.impressions?.push({
      atMs,
      user: typist.name,
      session: typist.session,
      market: typist.market,
      typed,
      shown: shown.map(({ text }) => text),
      examined,
      picked,
      wanted,
      swapped,
    });
    return picked === null ? null : shown[picked - 1]!;
  }
}

function swapNeighbours(random: Random, ranked: readonly HeadQuery[]): readonly HeadQuery[] {
  const shown = [...ranked];
  const at = random.below(shown.length - 1);
  [shown[at], shown[at + 1]] = [shown[at + 1]!, shown[at]!];
  return shown;
}
