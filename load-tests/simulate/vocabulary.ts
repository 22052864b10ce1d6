import { openStream } from './random.ts';
import { readBlockedTerms } from './vocabulary/blocklist.ts';
import { readCities } from './vocabulary/cities.ts';
import {
  CREATOR_PHRASES,
  ENGLISH,
  ENGLISH_ADJECTIVES,
  NEUTRAL_CREATOR_PHRASES,
  type Phrasing,
} from './vocabulary/english.ts';
import {
  ENGLISH_FIRST_NAMES,
  ENGLISH_LAST_NAMES,
  LANGUAGES,
  type Language,
  MARKETS,
  OTHER_LANGUAGES,
} from './vocabulary/languages.ts';
import { PARENT_WEIGHTS, TOPICS, type TopicDefinition } from './vocabulary/topics.ts';
import { readWordNet } from './vocabulary/wordnet.ts';

/** A thing that queries are about: an object, or a creator's name. */
export interface Thing {
  readonly text: string;
  readonly isCreator: boolean;
}

/** The words of one topic in one language, popular ones first. */
export interface TopicWords {
  readonly things: readonly Thing[];
  readonly creators: readonly string[];
  /** For queries about a creator instead of an object. */
  readonly creatorPhrases: Phrasing;
  readonly short: readonly string[];
  readonly long: readonly string[];
  readonly modifiers: readonly string[];
  readonly qualifiers: readonly string[];
  readonly adjectives: readonly string[];
  readonly places: readonly string[];
}

/** `words[language][topic]`, both by index, and each topic's share of all interest. */
export interface Vocabulary {
  readonly words: readonly (readonly TopicWords[])[];
  /** Share of each topic; adds up to 1, the mean of all users' tastes. */
  readonly topicShares: readonly number[];
  readonly languageShares: readonly number[];
}

const CREATORS_PER_TOPIC: Readonly<Record<Language, number>> = {
  en: 8,
  es: 3,
  pt: 3,
  de: 2,
  ja: 2,
  ko: 2,
};

/** Reads all packages and puts the words of the world together; the same seed gives the same creators. */
export function loadVocabulary(seed: number): Vocabulary {
  const wordnet = readWordNet();
  const cities = readCities();
  const isClean = cleanliness();
  const places: Record<Language, readonly string[]> = {
    en: interleave(
      cities('US', 1500),
      cities('GB', 500),
      cities('IN', 60),
      cities('CA', 150),
      cities('AU', 100),
      cities('FR', 40),
      cities('IT', 60),
      cities('JP', 60),
    ),
    es: interleave(cities('MX', 400), cities('ES', 100), cities('CO', 100), cities('AR', 100)),
    pt: interleave(cities('BR', 600), cities('PT', 60)),
    de: interleave(cities('DE', 500), cities('AT', 40)),
    ja: OTHER_LANGUAGES.ja.places ?? [],
    ko: OTHER_LANGUAGES.ko.places ?? [],
  };
  const words = LANGUAGES.map((language) =>
    TOPICS.map((topic, index): TopicWords => {
      const creators = nameCreators(seed, language, index);
      const creatorPhrases = language === 'en' ? CREATOR_PHRASES : NEUTRAL_CREATOR_PHRASES;
      const shared = { creators, creatorPhrases, places: places[language].filter(isClean) };
      if (language === 'en') {
        const rare = topic.concepts
          .flatMap((concept) => wordnet.nounsBelow(concept))
          .filter(isClean);
        const { short, long, modifiers, qualifiers } = ENGLISH[topic.kind];
        const things = mixCreators(
          [...new Set([...topic.objects, ...rare])].slice(0, 2000),
          creators,
        );
        return {
          ...shared,
          things,
          short,
          long,
          modifiers,
          qualifiers,
          adjectives: ENGLISH_ADJECTIVES,
        };
      }
      const other = OTHER_LANGUAGES[language];
      const things = mixCreators(objectsOfLeaf(other.objects, topic), creators);
      return {
        ...shared,
        things,
        short: other.short,
        long: other.long,
        modifiers: other.qualities,
        qualifiers: other.qualities,
        adjectives: other.qualities,
      };
    }),
  );
  return { words, topicShares: shareTopics(), languageShares: shareLanguages() };
}

/** Other languages have words by parent; a leaf takes every n-th, starting at its own place among its siblings. */
function objectsOfLeaf(
  objects: Readonly<Record<string, readonly string[]>>,
  topic: TopicDefinition,
): readonly string[] {
  const siblings = TOPICS.filter(({ id }) => parentOf(id) === parentOf(topic.id));
  const place = siblings.indexOf(topic);
  return (objects[parentOf(topic.id)] ?? []).filter((_, i) => i % siblings.length === place);
}

export function parentOf(topicId: string): string {
  return topicId.slice(0, topicId.indexOf('/'));
}

function shareTopics(): readonly number[] {
  return TOPICS.map((topic) => {
    const siblings = TOPICS.filter(({ id }) => parentOf(id) === parentOf(topic.id));
    const weights = siblings.reduce((sum, { weight }) => sum + weight, 0);
    return ((PARENT_WEIGHTS[parentOf(topic.id)] ?? 0) * topic.weight) / weights;
  });
}

function shareLanguages(): readonly number[] {
  return LANGUAGES.map((language) =>
    MARKETS.filter((market) => market.language === language).reduce(
      (sum, { share }) => sum + share,
      0,
    ),
  );
}

/** WordNet has words that no app would suggest: whatever contains a blocked English term is left out. */
function cleanliness(): (text: string) => boolean {
  const blocked = new Set(readBlockedTerms('en'));
  return (text) =>
    !blocked.has(text) &&
    !text.split(/[ -]/).some((word) => blocked.has(word) || blocked.has(`${word}s`));
}

function nameCreators(seed: number, language: Language, topic: number): readonly string[] {
  const random = openStream(seed, `creators/${language}`, topic);
  const first = language === 'en' ? ENGLISH_FIRST_NAMES : OTHER_LANGUAGES[language].firstNames;
  const last = language === 'en' ? ENGLISH_LAST_NAMES : OTHER_LANGUAGES[language].lastNames;
  const names = new Set<string>();
  while (names.size < CREATORS_PER_TOPIC[language]) {
    if (language === 'ko') names.add(`${random.pick(last)}${random.pick(first)}`);
    else if (language === 'ja') names.add(`${random.pick(last)}${random.pick(first)}`);
    else names.add(`${random.pick(first)} ${random.pick(last)}`);
  }
  return [...names];
}

/** Puts a creator after every second object, so that some are as popular as the things they are about. */
function mixCreators(objects: readonly string[], creators: readonly string[]): readonly Thing[] {
  const things: Thing[] = [];
  objects.forEach((text, i) => {
    things.push({ text, isCreator: false });
    const creator = i % 2 === 1 ? creators[(i - 1) / 2] : undefined;
    if (creator !== undefined) things.push({ text: creator.toLowerCase(), isCreator: true });
  });
  return things;
}

/** Merges lists in proportion to their lengths, so that large places of every country come early. */
function interleave(...lists: readonly (readonly string[])[]): readonly string[] {
  const ranked = lists.flatMap((list) => list.map((name, i) => ({ name, rank: i / list.length })));
  return [
    ...new Set(
      ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).map(({ name }) => name),
    ),
  ];
}
