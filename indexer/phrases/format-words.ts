import { normalise } from '../../dictionaries/normalise.ts';
import { fold } from '../../dictionaries/reading/fold.ts';

/**
 * Words of the packaging of videos in the languages that have most of them: what kind of upload it is, which part of a series. Whatever
 * consists of them, of numbers and of dates is said of any video and names none.
 */
const FORMAT_WORDS = `
  official video videos audio lyric lyrics visualizer clip clips mv hd uhd fhd hq 4k full complete episode episodes ep eps season part pt vol volume
  trailer teaser promo preview sneak peek stream livestream subscribe channel youtube youtuber youtubers version ver vevo watch online sub eng
  subtitles subtitle trending ft feat featuring vs none views upload uploaded viral
  folge folgen ganze ganzen staffel offizielles offizieller offizielle musikvideo teil kanal
  officiel officielle épisode épisodes saison vidéo vidéos partie annonce complet complète abonne chaîne
  oficial oficiales capítulo capitulo capítulos capitulos completo completa completos completas vídeo vídeos parte temporada episodio episodios episódio episódios
  avance tráiler estreno clipe clipes canal
  ufficiale puntata episodi stagione completi
  серия серии выпуск выпуски сезон эпизод видео клип официальный официальная официальное премьера часть трейлер тизер канал полная полный
  серія випуск відео кліп офіційне офіційний частина прем'єра
  odcinek oficjalny sezon część teledysk
  bölüm bölümü fragman fragmanı sezon tanıtım tanıtımı kanal klip
  tập phần trọn bộ
  第 話 回 公式 動画 予告 予告編 本編 配信 チャンネル 登録 ユーチューブ ユーチューバー ミュージックビデオ
  集 官方 视频 影片 完整版 預告 预告
  회 화 부 편 예고 예고편 풀버전 공식 영상 동영상 티저 뮤직비디오 유튜브 채널
  एपिसोड वीडियो भाग
  الحلقة حلقة حلقات فيديو كليب الموسم كاملة كامل رسمي الجزء
  ตอน ตอนที่ คลิป ตัวอย่าง
  επεισόδιο βίντεο επίσημο
`;

/** Kinds of video: they say something by themselves and nothing beside a format word: music, but not "official music video". */
const GENRE_WORDS = `
  music movie movies film films song songs show shows series news tv
  musik lied lieder sendung sendungen serie serien nachrichten
  musique émission émissions chanson chansons série séries
  música musica película películas serie series canción canciones filme filmes noticias notícias
  музыка новости фильм фильмы сериал сериалы шоу песня песни
  müzik dizi film şarkı haber haberler
  映画 音楽 ドラマ 曲 드라마 영화 음악 노래
`;

/** Words that only ever qualify another one. */
const QUALIFIERS = `
  new newest latest best top last live big great real first man woman test made make
  neu neue neuer neues beste besten letzte ganz live
  nouveau nouvelle nouveaux nouvelles meilleur meilleurs dernier dernière
  nuevo nueva nuevos nuevas mejor mejores último última novo nova novos novas melhor melhores
  новый новая новое новые лучший лучшие последний самый самая самое самые
  yeni son en
  nuovo nuova migliore migliori
  新 最新 신 최신
`;

/** Digits, with what is written directly behind or before them: 31st, 1080p, 6t, ep5, s01e02. */
const NUMERIC =
  /^(?:(?:ep|eps|pt|part|vol|e|s|no|nº)?\p{N}+[\p{L}]{0,2}|s\p{N}+e\p{N}+|[ivx]{1,4})$/u;
/** Counters that follow a number in scripts without spaces and in Korean. */
const COUNTERS = new Set('年 月 日 話 回 時 分 秒 年度 월 일 년 시 분 초 ปี วัน เดือน'.split(' '));
const KOREAN_COUNT = /^\p{N}+(?:월|일|년|회|화|부|편|시|분|초|탄)$/u;

const formatWords = wordSet(FORMAT_WORDS);
const genreWords = wordSet(GENRE_WORDS);
const qualifiers = wordSet(QUALIFIERS);
const datesByLanguage = new Map<string, ReadonlySet<string>>();

/** What a word adds to a phrase: nothing (format, qualifier), something unless it stands beside a format word (genre), or its meaning (content). */
export type WordWeight = 'format' | 'qualifier' | 'genre' | 'content';

/** How much a normalised word of one of `languages` says of a video. Numbers, names of months and weekdays, and words of the packaging say nothing. */
export function weighWord(word: string, languages: readonly string[]): WordWeight {
  if (NUMERIC.test(word) || COUNTERS.has(word) || KOREAN_COUNT.test(word)) return 'format';
  const folded = fold(word);
  if (formatWords.has(folded)) return 'format';
  if (languages.some((language) => dateWords(language).has(folded))) return 'format';
  if (genreWords.has(folded)) return 'genre';
  return qualifiers.has(folded) ? 'qualifier' : 'content';
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\s+/)
      .flatMap((word) => fold(normalise(word)).split(' '))
      .filter((word) => word !== ''),
  );
}

/** The names of months and weekdays of a language, long and short, also as they stand within a date. */
function dateWords(language: string): ReadonlySet<string> {
  let words = datesByLanguage.get(language);
  if (words === undefined) {
    words = wordSet(namesOfDays(language).join(' '));
    datesByLanguage.set(language, words);
  }
  return words;
}

function namesOfDays(language: string): readonly string[] {
  const names: string[] = [];
  for (const length of ['long', 'short'] as const) {
    const formats = [
      new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' }),
      new Intl.DateTimeFormat(language, { weekday: length, timeZone: 'UTC' }),
      new Intl.DateTimeFormat(language, { month: length, day: 'numeric', timeZone: 'UTC' }),
    ];
    for (let month = 0; month < 12; month++) {
      // Days 1 to 12 of the months of 2018 fall on every weekday.
      const day = Date.UTC(2018, month, month + 1);
      for (const format of formats) names.push(...textParts(format, day));
    }
  }
  return names;
}

/** Single letters are initials of anything. */
function textParts(format: Intl.DateTimeFormat, day: number): readonly string[] {
  return format
    .formatToParts(day)
    .filter(({ type }) => type === 'month' || type === 'weekday')
    .map(({ value }) => value);
}
