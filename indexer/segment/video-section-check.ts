/** The sections `videos.*` as views: FORMAT.md has what each holds. */
export interface VideoArrays {
  readonly keys: Uint32Array;
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
  readonly codes: Uint16Array;
  readonly users: Uint32Array;
  readonly titleStarts: Uint32Array;
  readonly titles: Uint32Array;
  readonly words: Uint32Array;
  readonly documents: Uint32Array;
  readonly pairStarts: Uint32Array;
  readonly pairs: Uint32Array;
  readonly lifts: Uint16Array;
  readonly queries: Uint32Array;
  readonly queryUsers: Uint32Array;
}

/** Section, place and what is wrong there; null when every order holds. */
export function firstFault(
  arrays: VideoArrays,
  completions: number,
  codeMask: number,
): string | null {
  return (
    keyFault('keys', arrays.keys) ??
    keyFault('words', arrays.words) ??
    startFault('starts', arrays.starts, arrays.targets.length) ??
    startFault('titlestarts', arrays.titleStarts, arrays.titles.length) ??
    startFault('pairstarts', arrays.pairStarts, arrays.pairs.length) ??
    idFault('targets', arrays.targets, completions) ??
    idFault('pairs', arrays.pairs, completions) ??
    idFault('queries', arrays.queries, completions) ??
    queryFault(arrays.queries) ??
    listFault(arrays, codeMask) ??
    repeatFault('pairs', arrays.pairStarts, arrays.pairs)
  );
}

function keyFault(name: string, keys: Uint32Array): string | null {
  for (let at = 2; at < keys.length; at += 2) {
    const difference = keys[at]! - keys[at - 2]! || keys[at + 1]! - keys[at - 1]!;
    if (difference <= 0) return `${name}', entry ${at / 2}: expected ascending keys`;
  }
  return null;
}

function startFault(name: string, starts: Uint32Array, end: number): string | null {
  if (starts[0] !== 0 || starts[starts.length - 1] !== end) {
    return `${name}', entry 0: expected offsets from 0 to ${end}`;
  }
  const broken = starts.findIndex((start, i) => i > 0 && start < starts[i - 1]!);
  return broken < 0 ? null : `${name}', entry ${broken}: expected ascending offsets`;
}

function idFault(name: string, ids: Uint32Array, completions: number): string | null {
  const broken = ids.findIndex((id) => id >= completions);
  return broken < 0
    ? null
    : `${name}', entry ${broken}: expected a completion below ${completions}, got ${ids[broken]}`;
}

function queryFault(queries: Uint32Array): string | null {
  const broken = queries.findIndex((id, i) => i > 0 && id <= queries[i - 1]!);
  return broken < 0 ? null : `queries', entry ${broken}: expected ascending completions`;
}

/** Lists are likeliest first, ties by completion, and hold none twice. */
function listFault({ starts, targets, codes }: VideoArrays, mask: number): string | null {
  for (let video = 0; video + 1 < starts.length; video++) {
    for (let at = starts[video]! + 1; at < starts[video + 1]!; at++) {
      const difference =
        (codes[at]! & mask) - (codes[at - 1]! & mask) || targets[at]! - targets[at - 1]!;
      if (difference <= 0) return `codes', entry ${at}: expected the likeliest first`;
    }
  }
  return repeatFault('targets', starts, targets);
}

function repeatFault(name: string, starts: Uint32Array, ids: Uint32Array): string | null {
  for (let list = 0; list + 1 < starts.length; list++) {
    const part = ids.subarray(starts[list]!, starts[list + 1]!);
    if (new Set(part).size !== part.length) {
      return `${name}', list ${list}: expected each completion once`;
    }
  }
  return null;
}
