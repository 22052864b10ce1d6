import { type CommentText, fetchLinks, showComment } from './linked-comments.ts';
import { fetchRelated, listSearches } from './related-searches.ts';
import type { MadeSearch } from './search-events.ts';
import type { Visitor } from './visitor.ts';

/** A video that the demo shows; its server names the file in the page's head. */
interface FeedVideo {
  readonly video: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly creator: string;
  readonly market: string;
  readonly comments: readonly CommentText[];
}

export interface FeedOptions {
  readonly area: HTMLElement;
  readonly visitor: Visitor;
  /** The chosen market; empty for the default. */
  readonly market: () => string;
  readonly onSearch: (search: MadeSearch) => void;
}

/** Where the feed begins when no market is chosen. */
const FIRST_MARKET = 'en-US';
const SEARCHES_A_VIDEO = 6;

/** Shows the feed of simulated videos where the server has one; elsewhere the page is a search box alone. */
export async function showFeed(options: FeedOptions): Promise<void> {
  const videos = await fetchFeed();
  const { area } = options;
  area.hidden = videos.length === 0;
  if (videos.length === 0) return;
  const heading = document.createElement('h2');
  heading.textContent = 'Videos';
  const list = document.createElement('div');
  list.className = 'feed';
  const wanted = options.market() === '' ? FIRST_MARKET : options.market();
  const chosen = videos.filter(({ market }) => wanted === 'und' || market === wanted);
  list.append(...chosen.map((video) => showVideo(video, options)));
  area.replaceChildren(heading, list);
}

let feed: Promise<readonly FeedVideo[]> | null = null;

function fetchFeed(): Promise<readonly FeedVideo[]> {
  const path = document.querySelector<HTMLMetaElement>('meta[name="foretype-feed"]')?.content;
  if (path === undefined) return Promise.resolve([]);
  feed ??= fetch(path).then(
    async (response) => (response.ok ? ((await response.json()).videos as FeedVideo[]) : []),
    () => [],
  );
  return feed;
}

function showVideo(video: FeedVideo, options: FeedOptions): HTMLElement {
  const card = document.createElement('article');
  card.className = 'video';
  const picture = document.createElement('div');
  picture.className = 'picture';
  picture.style.setProperty('--hue', String(hueOf(video.video)));
  picture.textContent = [...video.title][0] ?? '';
  picture.setAttribute('aria-hidden', 'true');
  const title = document.createElement('h3');
  title.textContent = video.title;
  title.dir = 'auto';
  const by = document.createElement('p');
  by.className = 'by';
  by.textContent = `${video.creator} · ${video.market}`;
  const bar = document.createElement('div');
  bar.className = 'bar';
  const comments = document.createElement('div');
  comments.className = 'comments';
  card.append(picture, title, by, bar, comments);
  void fillBar(bar, video, options);
  void fillComments(comments, video, options);
  return card;
}

/** The search bar under the video: the likeliest next search, and those behind it. */
async function fillBar(bar: HTMLElement, video: FeedVideo, options: FeedOptions): Promise<void> {
  const answer = await fetchRelated({
    to: { video: video.video },
    limit: SEARCHES_A_VIDEO,
    market: video.market,
    visitor: options.visitor,
  });
  if (answer === null || answer.suggestions.length === 0) return;
  const search = (query: string, requestId: string): void =>
    options.onSearch({ query, origin: 'video', requestId, video: video.video });
  bar.append(listSearches(answer, search));
}

async function fillComments(
  area: HTMLElement,
  { video, market, comments }: FeedVideo,
  { onSearch }: FeedOptions,
): Promise<void> {
  const { requestId, links } = await fetchLinks(comments, { video, market });
  const origin = 'entity';
  const shown = comments.map(({ id, text }) =>
    showComment(text, links.get(id) ?? [], (query) =>
      onSearch({ query, origin, video, ...(requestId === '' ? {} : { requestId }) }),
    ),
  );
  area.append(...shown);
}

/** A colour that stays with a video, in degrees. */
function hueOf(id: string): number {
  let hue = 0;
  for (let i = 0; i < id.length; i++) hue = (hue * 31 + id.charCodeAt(i)) % 360;
  return hue;
}
