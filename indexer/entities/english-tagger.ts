import type { WordClass } from '../../dictionaries/mentions/word-value.ts';

/** What parts of speech English words have. */
export interface EnglishTagger {
  /** A tag of the Penn Treebank for each word, as it is written. */
  tag(words: readonly string[]): readonly string[];
  /** Calls back for every word of the lexicon, as it is written there. */
  forEachWord(visit: (word: string, wordClass: WordClass) => void): void;
}

/*
 * natural says in its package that it is under the MIT licence; the files of its tagger carry headers of the GPL 3 from before they came into it. Nothing of them is copied
 * here: the package is imported where an index is built, by this file alone, so that the tagger can be changed for another.
 */

/** Loads natural's tagger: about 0.2 s and 20 MB, 300,000 words a second afterwards. */
export async function loadEnglishTagger(): Promise<EnglishTagger> {
  const [{ default: Lexicon }, { default: RuleSet }, { default: BrillPOSTagger }] =
    await Promise.all([
      import('natural/lib/natural/brill_pos_tagger/lib/Lexicon.js'),
      import('natural/lib/natural/brill_pos_tagger/lib/RuleSet.js'),
      import('natural/lib/natural/brill_pos_tagger/lib/Brill_POS_Tagger.js'),
    ]);
  const lexicon = new Lexicon('EN', 'NN', 'NNP');
  const tagger = new BrillPOSTagger(lexicon, new RuleSet('EN'));
  return {
    tag: (words) => tagger.tag(words).taggedWords.map(({ tag }) => tag),
    forEachWord: (visit) => {
      for (const [word, [tag = '']] of Object.entries(lexicon.lexicon))
        visit(word, classOfTag(tag));
    },
  };
}

/** The class of a tag of the Penn Treebank. */
export function classOfTag(tag: string): WordClass {
  if (tag.startsWith('NNP')) return 'name';
  if (tag.startsWith('NN')) return 'noun';
  if (tag.startsWith('VB') || tag === 'MD') return 'verb';
  if (tag.startsWith('JJ')) return 'adjective';
  if (tag.startsWith('RB') || tag === 'WRB' || tag === 'RP') return 'adverb';
  if (tag === 'DT' || tag === 'WDT' || tag === 'PDT') return 'determiner';
  if (tag === 'IN' || tag === 'TO') return 'preposition';
  if (tag.startsWith('PRP') || tag.startsWith('WP') || tag === 'EX') return 'pronoun';
  if (tag === 'CC') return 'conjunction';
  if (tag === 'CD' || tag === 'LS') return 'number';
  return tag === 'UH' ? 'interjection' : 'other';
}
