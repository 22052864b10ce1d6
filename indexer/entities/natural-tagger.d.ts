/** Brill's tagger (Eric Brill, 1992) with the lexicon and rules of pos-js; taken by path, since the whole package loads slowly. */
declare module 'natural/lib/natural/brill_pos_tagger/lib/Lexicon.js' {
  class Lexicon {
    constructor(language: 'EN' | 'DU', unknown: string, unknownCapital?: string);
    /** Tags by how usual they are, by word. */
    readonly lexicon: Readonly<Record<string, readonly string[]>>;
    tagWord(word: string): readonly string[];
  }
  export = Lexicon;
}

declare module 'natural/lib/natural/brill_pos_tagger/lib/RuleSet.js' {
  class RuleSet {
    constructor(language: 'EN' | 'DU');
  }
  export = RuleSet;
}

declare module 'natural/lib/natural/brill_pos_tagger/lib/Brill_POS_Tagger.js' {
  import type Lexicon from 'natural/lib/natural/brill_pos_tagger/lib/Lexicon.js';
  import type RuleSet from 'natural/lib/natural/brill_pos_tagger/lib/RuleSet.js';
  class BrillPOSTagger {
    constructor(lexicon: Lexicon, rules: RuleSet);
    tag(words: readonly string[]): {
      readonly taggedWords: readonly { readonly token: string; readonly tag: string }[];
    };
  }
  export = BrillPOSTagger;
}
