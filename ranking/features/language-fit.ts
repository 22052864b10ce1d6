import type { Feature } from './feature.ts';

/** How much likelier the user is to search in its language than people of the market at large; 0 where the snapshot has one language only. */
export const LANGUAGE_FIT: Feature = {
  name: 'languageFit',
  unit: 'bits',
  state: 'profile',
  default: 0,
  write(candidates, { languageFits }, out, at, stride) {
    const { size, languages } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = languageFits === null ? 0 : languageFits[languages[row]!]!;
    }
  },
};
