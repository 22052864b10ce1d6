import { KeyedHash } from './keyed-hash.ts';

/** Hashes of the ids seen lately, of users and of sessions each: few people make most events, and a hash costs microseconds. */
const REMEMBERED = 20_000;

/**
 * Turns the ids of users and sessions into what may be stored: HMAC-SHA256 with a secret, cut to 128 bits. Without the secret nobody can tell
 * whose a hash is, nor test a guess.
 */
export class UserHasher {
  /** By the secret in force, then by earlier ones. */
  readonly #hashes: readonly [KeyedHash, ...KeyedHash[]];
  readonly #users = new RememberedHashes();
  readonly #sessions = new RememberedHashes();
  /** Where there were other secrets: by the hash in force of a user, those under them. */
  readonly #former = new Map<string, readonly string[]>();

  /** @param secrets the one in force, then earlier ones, under whose hashes older records stand */
  constructor(secrets: readonly [Buffer, ...Buffer[]]) {
    const [current, ...earlier] = secrets;
    this.#hashes = [new KeyedHash(current), ...earlier.map((secret) => new KeyedHash(secret))];
  }

  /** What stands for a user in new records: 22 characters that are safe in a URL and a file name. */
  hashUser(user: string): string {
    const hashed = this.#users.recall(user) ?? this.#users.note(user, this.#hash('user', user));
    if (this.hasEarlierSecrets && !this.#former.has(hashed)) {
      if (this.#former.size >= REMEMBERED) this.#former.clear();
      this.#former.set(hashed, this.allHashesOfUser(user).slice(1));
    }
    return hashed;
  }

  /** What stands for a session; never equal to a user's hash, even when the ids are. */
  hashSession(session: string): string {
    const known = this.#sessions.recall(session);
    return known ?? this.#sessions.note(session, this.#hash('session', session));
  }

  /** Every hash under which records of a user may stand, the one in force first; to find all that is kept. */
  allHashesOfUser(user: string): readonly string[] {
    return this.#hashes.map((hashes) => hash(hashes, 'user', user));
  }

  /** Whether there were other secrets before the one in force. */
  get hasEarlierSecrets(): boolean {
    return this.#hashes.length > 1;
  }

  /** The hashes under earlier secrets of a user whose hash was asked for lately, the last secret's first. */
  earlierHashesOf(hashed: string): readonly string[] {
    return this.#former.get(hashed) ?? [];
  }

  /** The id of a request with a mark that only a holder of the secret can make, and that no other id has by accident. */
  markRequest(requestId: string): string {
    return `${requestId}.${markOf(this.#hashes[0], requestId)}`;
  }

  /** Whether an id has the mark of this secret or an earlier one. */
  isMarkedRequest(requestId: string): boolean {
    const at = requestId.length - MARK_LENGTH - 1;
    if (at < 1 || requestId[at] !== '.') return false;
    const plain = requestId.slice(0, at);
    const mark = requestId.slice(at + 1);
    return this.#hashes.some((hashes) => markOf(hashes, plain) === mark);
  }

  /** Forgets which hash an id has, so that the plain id is nowhere. */
  forget(user: string): void {
    this.#former.delete(this.#hash('user', user));
    this.#users.forget(user);
  }

  #hash(kind: Kind, id: string): string {
    return hash(this.#hashes[0], kind, id);
  }
}

/** Hashes by plain id. Two generations are cheaper than an order of use, and keep who comes back. */
class RememberedHashes {
  #recent = new Map<string, string>();
  /** Those that were remembered before: they go when the others are as many. */
  #earlier = new Map<string, string>();

  recall(id: string): string | undefined {
    const known = this.#recent.get(id);
    if (known !== undefined) return known;
    const earlier = this.#earlier.get(id);
    return earlier === undefined ? undefined : this.note(id, earlier);
  }

  /** Gives the hash. */
  note(id: string, hashed: string): string {
    if (this.#recent.size >= REMEMBERED) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(id, hashed);
    return hashed;
  }

  forget(id: string): void {
    this.#recent.delete(id);
    this.#earlier.delete(id);
  }
}

type Kind = 'user' | 'session' | 'anonymous-request';

const MARK_LENGTH = 12;

function markOf(hashes: KeyedHash, requestId: string): string {
  return hash(hashes, 'anonymous-request', requestId).slice(0, MARK_LENGTH);
}

function hash(hashes: KeyedHash, kind: Kind, id: string): string {
  return hashes.hash(`${kind}:${id}`);
}
