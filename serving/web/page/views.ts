/** What the address says after its `#` when the people are shown. */
const PEOPLE = '#people';

/** Lets links of the page switch between the search box and the people; `onPeople` is called once, when they are first seen. */
export function startViews(onPeople: () => void): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('#views a')];
  const box = document.getElementById('box-view');
  const people = document.getElementById('people-view');
  let isShown = false;
  const follow = (): void => {
    const isPeople = window.location.hash === PEOPLE;
    document.body.classList.toggle('wide', isPeople);
    box?.toggleAttribute('hidden', isPeople);
    people?.toggleAttribute('hidden', !isPeople);
    for (const link of links) {
      const isCurrent = (link.getAttribute('href') === PEOPLE) === isPeople;
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (isPeople && !isShown) onPeople();
    isShown ||= isPeople;
  };
  window.addEventListener('hashchange', follow);
  document.getElementById('views')?.removeAttribute('hidden');
  follow();
}
