/** What `/readyz` says. */
interface Readiness {
  readonly snapshot: string;
  readonly completions: number;
  readonly markets: readonly string[];
}

let shown: string | null = null;

/**
 * Says which snapshot answers and how much it holds; asks the server only when `snapshot`, the one that an answer named, is
 * not the one that is shown. Fills the choice of markets too, where it is given.
 */
export async function showSnapshot(
  line: HTMLElement,
  snapshot: string | null,
  marketChoice?: HTMLSelectElement,
): Promise<void> {
  if (snapshot !== null && snapshot === shown) return;
  shown = snapshot;
  try {
    const response = await fetch('/readyz');
    if (!response.ok) throw new Error(`status ${response.status}`);
    const readiness = (await response.json()) as Readiness;
    shown = readiness.snapshot;
    const name = document.createElement('span');
    name.textContent = readiness.snapshot;
    line.replaceChildren(
      `${readiness.completions.toLocaleString('en')} completions in snapshot `,
      name,
    );
    if (marketChoice !== undefined) offerMarkets(marketChoice, readiness.markets);
  } catch {
    shown = null;
    line.textContent = 'No snapshot is loaded yet.';
  }
}

/** Says that the server does not answer, until it does. */
export function showFailure(line: HTMLElement): void {
  shown = null;
  line.textContent = 'The server does not answer; suggestions are back when it does.';
}

function offerMarkets(choice: HTMLSelectElement, markets: readonly string[]): void {
  const named = markets.filter((market) => market !== 'und');
  choice.replaceChildren(
    new Option('Default market', ''),
    new Option('All markets', 'und'),
    ...named.map((market) => new Option(describeMarket(market), market)),
  );
  choice.hidden = named.length < 2;
}

function describeMarket(tag: string): string {
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(tag);
    return name === undefined || name === tag ? tag : `${name} (${tag})`;
  } catch {
    return tag;
  }
}
