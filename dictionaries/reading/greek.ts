import { fold } from './fold.ts';
import {
  LatinSpelling,
  type SpellingRules,
  type TypedForms,
  typedForms,
} from './latin-spelling.ts';
import { distinctRewritings, type Rewriting } from './rewriting.ts';
import { type LetterTable, romanise } from './romanise.ts';

const LETTERS: LetterTable = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  μπ: 'mp',
  ντ: 'nt',
  γγ: 'g',
  γκ: 'gk',
  γξ: 'nx',
  γχ: 'nch',
  ου: 'ou',
  αυ: 'au',
  ευ: 'eu',
  αι: 'ai',
  ει: 'ei',
  οι: 'oi',
  υι: 'i',
};

/** Γιάννης is Giannis and Yannis. */
const SOFT_GAMMA: LetterTable = { για: 'ia', γιο: 'io', γιω: 'io', γιε: 'ie', γιου: 'iou' };

/** Letters by their sound, as passports (ELOT 743) and most greeklish have them. */
const PATTERNS: Readonly<Record<string, string>> = {
  af: 'av',
  au: 'av',
  ay: 'av',
  ai: 'e',
  ef: 'ev',
  eu: 'ev',
  ey: 'ev',
  ei: 'i',
  oi: 'i',
  ou: 'u',
  oy: 'u',
  ui: 'i',
  yi: 'i',
  y: 'i',
  j: 'i',
  w: 'o',
  c: 'k',
  q: 'k',
  ch: 'h',
  kh: 'h',
  gh: 'g',
  gk: 'g',
  ng: 'g',
  nk: 'g',
  dh: 'd',
  rh: 'r',
  ph: 'f',
  mp: 'b',
  mb: 'b',
  nt: 'd',
  nd: 'd',
  th: 'th',
  x: 'ks',
  '8': 'th',
  '9': 'th',
  '3': 'ks',
  '4': 'ps',
};

const RULES: SpellingRules = {
  patterns: PATTERNS,
  single: true,
  softens: false,
  continuations: {
    a: ['i'],
    e: ['i'],
    o: ['i', 'u'],
    m: ['p'],
    n: ['t', 'k'],
    k: ['h'],
    c: ['h'],
    p: ['h'],
    u: ['i'],
  },
};

const bySound = new LatinSpelling(RULES);
/** Letters by their looks, the other greeklish: h is η, x is χ, u is υ, b is β. */
const byLooks = new LatinSpelling({
  ...RULES,
  patterns: {
    ...PATTERNS,
    h: 'i',
    x: 'h',
    u: 'i',
    b: 'v',
    kh: 'ki',
    gh: 'gi',
    dh: 'di',
    rh: 'ri',
    ph: 'pi',
  },
  continuations: { ...RULES.continuations, k: [], p: [] },
});

/** The common romanised forms of a Greek term; its accents don't count. */
export function greekRewritings(term: string): Rewriting[] {
  // Folding keeps the length of Greek: accents are composed.
  const plain = fold(term);
  const letters = plain.length === term.length ? plain : term;
  const forms = [bySound.rewritingOf(romanise(letters, LETTERS))];
  if (/γι[αοωε]/.test(letters)) {
    forms.push(bySound.rewritingOf(romanise(letters, SOFT_GAMMA, LETTERS)));
  }
  return distinctRewritings(term, forms);
}

/** Such forms for a typed Latin word. */
export function greekTyped(word: string): TypedForms {
  return typedForms(word, /[hxub]/.test(word) ? [bySound, byLooks] : [bySound]);
}
