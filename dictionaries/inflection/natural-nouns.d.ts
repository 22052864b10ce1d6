/** English nouns; the whole package loads slowly, so this part is taken by path. */
declare module 'natural/lib/natural/inflectors/noun_inflector.js' {
  class NounInflector {
    readonly singularForms: { readonly irregularForms: Readonly<Record<string, string>> };
    singularize(word: string): string;
    pluralize(word: string): string;
  }
  export = NounInflector;
}
