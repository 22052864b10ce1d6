import { surfaceOf } from '../../dictionaries/mentions/run-walk.ts';
import { ENTITY_TYPES, type LinkerArrays, NAMED, NODE_WORDS, WORD_WORDS } from './linker-layout.ts';

/** What the sections must hold for their checks. */
export interface LinkerClaims {
  /** Surfaces. */
  readonly size: number;
  readonly nodeCount: number;
  readonly wordCount: number;
  readonly completions: number;
  /** The value of a node, looked up as a reader does; 0 when it is not found. */
  readonly find: (a: number, b: number) => number;
}

/** Section, place and what is wrong there; null when the tables are what their writer lays. */
export function firstLinkerFault(arrays: LinkerArrays, claims: LinkerClaims): string | null {
  return (
    nodeFault(arrays, claims) ??
    wordFault(arrays, claims) ??
    surfaceFault(arrays, claims) ??
    contextFault(arrays, claims)
  );
}

function nodeFault({ nodes }: LinkerArrays, { size, nodeCount, find }: LinkerClaims) {
  const reached = new Uint8Array(size);
  let taken = 0;
  for (let at = 0; at < nodes.length; at += NODE_WORDS) {
    const value = nodes[at + 2]!;
    if (value === 0) continue;
    taken++;
    const surface = surfaceOf(value);
    if (surface >= size) {
      return fault('nodes', at / NODE_WORDS, `expected a surface below ${size}, got ${surface}`);
    }
    if (surface >= 0) reached[surface] = 1;
  }
  if (taken !== nodeCount || taken * NODE_WORDS === nodes.length) {
    return fault('nodes', 0, `expected ${nodeCount} nodes and free slots, got ${taken}`);
  }
  for (let at = 0; at < nodes.length; at += NODE_WORDS) {
    if (nodes[at + 2] === 0) continue;
    if (find(nodes[at]! | 0, nodes[at + 1]! | 0) !== nodes[at + 2]) {
      return fault('nodes', at / NODE_WORDS, 'expected it where its hash is looked for');
    }
  }
  const lost = reached.indexOf(0);
  return lost < 0 ? null : fault('nodes', lost, 'expected a node of this surface, got none');
}

function wordFault({ words }: LinkerArrays, { wordCount }: LinkerClaims) {
  let taken = 0;
  for (let at = 1; at < words.length; at += WORD_WORDS) if (words[at] !== 0) taken++;
  if (taken === wordCount && taken * WORD_WORDS !== words.length) return null;
  return fault('words', 0, `expected ${wordCount} words and free slots, got ${taken}`);
}

function surfaceFault({ targets, types }: LinkerArrays, { size, completions }: LinkerClaims) {
  for (let surface = 0; surface < size; surface++) {
    const target = targets[surface]!;
    const type = types[surface]!;
    if (target > completions) {
      const what = `expected a completion below ${completions}, got ${target - 1}`;
      return fault('targets', surface, what);
    }
    if (target === 0 && (type & NAMED) === 0) {
      return fault('types', surface, 'expected a surface without completion to be named');
    }
    if ((type & ~NAMED) >= ENTITY_TYPES.length) {
      return fault('types', surface, `expected a type below ${ENTITY_TYPES.length}`);
    }
  }
  return null;
}

function contextFault({ contextStarts, context }: LinkerArrays, { size }: LinkerClaims) {
  for (let surface = 0; surface < size; surface++) {
    const start = contextStarts[surface]!;
    const end = contextStarts[surface + 1]!;
    if (end < start || end > context.length) {
      return fault('contextstarts', surface, `expected ascending offsets up to ${context.length}`);
    }
    for (let at = start + 1; at < end; at++) {
      if (context[at]! >>> 8 <= context[at - 1]! >>> 8) {
        return fault('context', at, 'expected ascending words of a surface');
      }
    }
  }
  if (contextStarts[0] === 0 && contextStarts[size] === context.length) return null;
  return fault('contextstarts', size, `expected offsets from 0 to ${context.length}`);
}

function fault(section: string, entry: number, what: string): string {
  return `${section}', entry ${entry}: ${what}`;
}
