import { alignSurface } from '../../dictionaries/alignment.ts';
import { normalise } from '../../dictionaries/normalise.ts';
import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import { JOINER, queryTerms } from '../../dictionaries/terms.ts';
import type { VideoRow } from '../input/video-row.ts';
import { detectLanguage, isFunctionWord } from './function-words.ts';

/** Where a video names a phrase; the number is a bit in the database. A segment is all that stands between two marks of a title, a title phrase a part of it. */
export const SOURCES = { tag: 1, hashtag: 2, segment: 4, title: 8 } as const;

/** A phrase as one video has it. */
export interface Mention {
  /** The normalised form, its words parted by spaces, or by JOINER where they are written without one. */
  readonly phrase: string;
  /** The text as it is written there. */
  readonly surface: string;
  readonly source: number;
}

/** What a video says of itself. */
export interface VideoMentions {
  readonly mentions: readonly Mention[];
  /** ISO 639-1; undefined when neither script nor words tell. */
  readonly language: string | undefined;
  /** Texts that were left out because they hold personal data. */
  readonly withPersonalData: number;
}

/** One word longer than a completion may have: what only ever stands inside a longer phrase is a fragment. */
const MOST_WORDS = 6;
/** Tags longer than a completion may be. */
const LONGEST_TAG = 256;
const LONGEST_SEGMENT = 300;
/** UTF-16 code units of a video's texts that its language is told by. */
const LANGUAGE_SAMPLE = 800;

/** Addresses, links and names of accounts: they end a segment and are never looked at. */
const LINKS =
  /(?:https?:\/\/|www\.)\S+|\b[\w.-]+\.(?:com|net|org|tv|be|ly|gl|me|co|ru|jp|kr|br|de|fr|in|uk|mx)\/\S*|\S+@\S+\.\S+|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]+/giu;
/** One hashtag or several in a row, #one#two. */
const HASHTAGS = /(?<![\p{L}\p{N}&/])(?:[#＃][\p{L}\p{N}][\p{L}\p{M}\p{N}_]*)+/gu;
/** Marks between the parts of a title. A full stop, comma or colon within a word or number is none, nor is a hyphen. */
const MARKS =
  /[|｜‖¦•…\\[\]【】「」『』〈〉《》〔〕()（）{}"“”«»„;；。!?！？¡¿~～—–―|♪★☆►▶→⇒◆■●※\n\r]+|\s[-−×/]+\s|[,.:，、：](?=\s|$)|[，、：／]|\s['‘’`]|['‘’`](?=\s|$)|\p{Extended_Pictographic}+|\b(?:ft|feat|featuring)\b\.?/giu;
/** What a platform writes into tags for itself: yt:stretch=16:9. */
const MACHINE_TAG = /^\w+:\w+=/;

/** The phrases that a video's tags, hashtags and title carry. `expected` is the language of its market. Linear in its text. */
export function findMentions(video: VideoRow, expected: string | undefined): VideoMentions {
  const title = video.title.replace(LINKS, '\n');
  // Of a description only the hashtags count; its beginning helps to tell the language.
  const hasHashtag = /[#＃]/u.test(video.description);
  const description = hasHashtag ? video.description.replace(LINKS, '\n') : '';
  const sample = `${title} ${video.tags.join(' ')} ${video.description}`;
  const language = detectLanguage(sample.slice(0, LANGUAGE_SAMPLE), expected);
  const languages = ['en', language, expected].filter((one) => one !== undefined);
  const mentions: Mention[] = [];
  let withPersonalData = 0;
  const add = (text: string, source: number): void => {
    if (findPersonalData(text) !== null) withPersonalData += 1;
    else if (text.search(LINKS) < 0) addWhole(text, source, mentions);
  };
  for (const tag of video.tags) {
    if (tag.length > LONGEST_TAG || MACHINE_TAG.test(tag.trim())) continue;
    const hashtags = findHashtags(tag);
    if (hashtags.length === 0) add(tag, SOURCES.tag);
    for (const hashtag of hashtags) add(hashtag, SOURCES.hashtag);
    const rest = hashtags.length === 0 ? '' : tag.replace(HASHTAGS, ' ').trim();
    // "#эльдар джарахов" is a tag of two words that begins with a sign.
    if (rest !== '' && hashtags.length === 1) add(tag.replace(/^\s*[#＃]/, ''), SOURCES.tag);
  }
  for (const hashtag of [...findHashtags(title), ...findHashtags(description)]) {
    add(hashtag, SOURCES.hashtag);
  }
  for (const segment of title.replace(HASHTAGS, '\n').split(MARKS)) {
    if (segment.trim() === '' || segment.length > LONGEST_SEGMENT) continue;
    if (findPersonalData(segment) !== null) withPersonalData += 1;
    else addParts(segment, languages, mentions);
  }
  return { mentions, language, withPersonalData };
}

function findHashtags(text: string): readonly string[] {
  return (text.match(HASHTAGS) ?? [])
    .flatMap((run) => run.split(/[#＃]/u))
    .map((name) => name.replaceAll('_', ' ').trim())
    .filter((name) => name !== '');
}

function addWhole(text: string, source: number, mentions: Mention[]): void {
  const surface = cleanSurface(text);
  const normalised = normalise(surface);
  if (normalised === '') return;
  const shown = isShouted(surface) ? surface.toLowerCase() : surface;
  mentions.push({ phrase: joinWords(normalised), surface: shown, source });
}

/** The runs of up to `MOST_WORDS` words of a segment; single words are needed to tell how often their phrases would meet by chance. */
function addParts(segment: string, languages: readonly string[], mentions: Mention[]): void {
  const surface = cleanSurface(segment);
  const { normalised, spanOf } = alignSurface(surface);
  const words = queryTerms(normalised);
  const shouted = isShouted(surface);
  for (const [first, begin] of words.entries()) {
    const opensWithFunction = isFunctionWord(begin.text, languages);
    let phrase = '';
    for (let last = first; last < Math.min(first + MOST_WORDS, words.length); last++) {
      const end = words[last]!;
      const before = words[last - 1]?.end === end.start ? JOINER : ' ';
      phrase = last === first ? end.text : phrase + before + end.text;
      const isWhole = first === 0 && last === words.length - 1;
      const isLoose = last > first && isFunctionWord(end.text, languages);
      if (!isWhole && (isLoose || (last === first + 1 && opensWithFunction))) continue;
      const span = spanOf(begin.start, end.end);
      const cut = cleanSurface(surface.slice(span.start, span.end));
      const written = shouted ? cut.toLowerCase() : cut;
      const form = normalised.slice(begin.start, end.end);
      // Some signs are part of a word behind a letter only.
      if (normalise(form) !== form) continue;
      mentions.push({
        phrase,
        // A character that stands for several, such as ㋀ for 1月, is never split.
        surface: normalise(written) === form ? written : form,
        source: isWhole ? SOURCES.segment : SOURCES.title,
      });
    }
  }
}

/** Whether a text is in capitals that say nothing of how its words are written: more than a short word, which may be an acronym. */
function isShouted(text: string): boolean {
  return text !== text.toLowerCase() && text === text.toUpperCase() && LONG_CAPITALS.test(text);
}

const LONG_CAPITALS = /\p{Lu}{6}|\p{Lu}\s+\S*\p{Lu}/u;

/** A normalised text with JOINER between words that stand together. */
function joinWords(normalised: string): string {
  let phrase = '';
  let at = -1;
  for (const { text, start, end } of queryTerms(normalised)) {
    phrase += phrase === '' ? text : (start === at ? JOINER : ' ') + text;
    at = end;
  }
  return phrase;
}

/** The normalised form of a phrase. */
export function formOf(phrase: string): string {
  return phrase.replaceAll(JOINER, '');
}

/** The words of a phrase. */
export function wordsOf(phrase: string): readonly string[] {
  return phrase.split(SEPARATORS);
}

const SEPARATORS = new RegExp(`[ ${JOINER}]`, 'u');
