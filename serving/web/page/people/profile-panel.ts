import type { DescribedSearch } from '../../../../ranking/profiles/profile-description.ts';
import { createElement } from '../element.ts';
import { sendRemoval } from '../search-events.ts';
import type { Visitor } from '../visitor.ts';
import { showProfile } from './profile-blocks.ts';
import { showReceipt } from './receipt.ts';
import { eraseUser, fetchUserRecord, type UserRecord } from './user-record.ts';

export interface ProfilePanelOptions {
  /** What the users' routes are asked with. */
  readonly key: string;
  readonly session: string;
  /** Called when something of the person is forgotten, so that their lists are asked for again. */
  readonly onForgotten: () => void;
}

/** What is kept of a person, and how to have it forgotten: one search, or everything. */
export class ProfilePanel {
  readonly element = createElement('section', { className: 'kept' });
  readonly #options: ProfilePanelOptions;
  readonly #heading = createElement('h3');
  readonly #facts = createElement('p', { className: 'more' });
  readonly #note = createElement('p', { className: 'person-note' });
  readonly #blocks = createElement('div', { className: 'kept-blocks' });
  readonly #receipt = createElement('div');
  readonly #erase = createElement('button', { className: 'quiet-button' });
  readonly #dialog = createElement('dialog', { className: 'erase-dialog' });
  #user = '';
  #asked: AbortController | null = null;

  constructor(options: ProfilePanelOptions) {
    this.#options = options;
    this.#heading.id = 'kept-of';
    this.#heading.tabIndex = -1;
    this.element.setAttribute('aria-labelledby', this.#heading.id);
    this.#note.setAttribute('role', 'status');
    this.#erase.type = 'button';
    this.#erase.addEventListener('click', () => this.#askToErase());
    const head = createElement('div', { className: 'kept-head' }, this.#heading, this.#erase);
    this.element.append(head, this.#facts, this.#note, this.#receipt, this.#blocks, this.#dialog);
  }

  /** Shows what is kept of somebody else from now on. */
  show(user: string): void {
    this.#user = user;
    this.#heading.textContent = `What is kept of ${user}`;
    this.#erase.textContent = `Erase ${user}…`;
    this.#note.textContent = '';
    this.#receipt.replaceChildren();
    this.#blocks.replaceChildren();
    this.#facts.textContent = '';
    void this.refresh();
  }

  /** Asks again what is kept. */
  async refresh(): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const record = await fetchUserRecord(this.#user, this.#options.key, asked.signal);
      if (!asked.signal.aborted) this.#showRecord(record);
    } catch {
      if (asked.signal.aborted) return;
      this.#blocks.replaceChildren();
      this.#facts.textContent = 'The server does not tell what it keeps.';
    }
  }

  #showRecord({ profile, events, served }: UserRecord): void {
    const removed = profile?.removed.length ?? 0;
    const forgotten = removed === 0 ? '' : `, ${removed} forgotten`;
    const searches = profile?.searches.length ?? 0;
    this.#facts.textContent = `${count(searches, 'search', 'searches')}${forgotten}; ${count(events.length, 'event', 'events')} and ${count(served.length, 'shown list', 'shown lists')} in the logs.`;
    const isEmpty = profile === null || (searches === 0 && profile.terms.length === 0);
    this.#blocks.replaceChildren(
      ...(isEmpty ? [] : showProfile(profile, (search) => void this.#forget(search))),
    );
  }

  /** One search is shown to its user no more; the focus stays where the next one comes up. */
  async #forget(search: DescribedSearch): Promise<void> {
    const user = this.#user;
    const place = this.#forgetButtons().indexOf(document.activeElement as HTMLElement);
    const visitor: Visitor = { user, session: this.#options.session };
    const isTaken = await sendRemoval(search.id, visitor);
    if (user !== this.#user) return;
    await this.refresh();
    this.#note.textContent = isTaken
      ? `Forgot ${search.query}: it comes back only when searched anew.`
      : 'The server did not take it.';
    const buttons = this.#forgetButtons();
    (buttons[Math.min(place, buttons.length - 1)] ?? this.#heading).focus();
    if (isTaken) this.#options.onForgotten();
  }

  #forgetButtons(): HTMLElement[] {
    return [...this.#blocks.querySelectorAll<HTMLElement>('.forget')];
  }

  #askToErase(): void {
    const user = this.#user;
    const heading = createElement('h3', { text: `Erase ${user}?` });
    heading.id = 'erase-question';
    this.#dialog.setAttribute('aria-labelledby', heading.id);
    const text = `Profile, events, shown lists and what is in memory of ${user} are erased for good.`;
    const cancel = createElement('button', { className: 'quiet-button', text: 'Keep' });
    const erase = createElement('button', { className: 'danger', text: `Erase ${user}` });
    erase.value = 'erase';
    const form = createElement('form', {}, cancel, erase);
    form.method = 'dialog';
    this.#dialog.replaceChildren(heading, createElement('p', { text }), form);
    this.#dialog.onclose = () => {
      if (this.#dialog.returnValue === 'erase') void this.#eraseNow(user);
      this.#dialog.returnValue = '';
    };
    this.#dialog.showModal();
  }

  async #eraseNow(user: string): Promise<void> {
    this.#erase.disabled = true;
    this.#note.textContent = `Erasing ${user} …`;
    try {
      const receipt = await eraseUser(user, this.#options.key);
      if (user !== this.#user) return;
      await this.refresh();
      const shown = showReceipt(user, receipt);
      this.#receipt.replaceChildren(shown);
      this.#note.textContent = '';
      shown.querySelector('h3')?.focus();
      this.#options.onForgotten();
    } catch {
      this.#note.textContent = `The server did not erase ${user}.`;
    } finally {
      this.#erase.disabled = false;
    }
  }
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
