/** Lists of blocked words and phrases by language tag. */
declare module 'naughty-words' {
  const lists: Readonly<Record<string, readonly string[]>>;
  export = lists;
}
