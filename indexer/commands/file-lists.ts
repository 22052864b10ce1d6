/**
 * Rewrites `--queries a b c` as `--queries a --queries b --queries c` for a parser that knows repeated options only: words
 * after a list option belong to it until the next option.
 */
export function repeatListOptions(
  args: readonly string[],
  lists: readonly string[],
): readonly string[] {
  const rewritten: string[] = [];
  let list: string | undefined;
  let isFirst = false;
  for (const word of args) {
    if (word.startsWith('-') && word !== '-') {
      const name = word.split('=', 1)[0] ?? '';
      list = lists.includes(name) ? name : undefined;
      isFirst = word === name;
      rewritten.push(word);
    } else {
      if (list !== undefined && !isFirst) rewritten.push(list);
      isFirst = false;
      rewritten.push(word);
    }
  }
  return rewritten;
}
