/** Where a Redis server or cluster is, and how to speak to it. */
export interface RedisAddress {
  /** One; several are nodes of one cluster, any of which may answer. */
  readonly hosts: readonly RedisHost[];
  readonly isCluster: boolean;
  readonly isTls: boolean;
  readonly username: string | null;
  readonly password: string | null;
  readonly db: number;
  /** Before every key. */
  readonly prefix: string;
}

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

export const DEFAULT_REDIS_PREFIX = 'foretype:';
const DEFAULT_PORT = 6_379;
const FORM = /^(rediss?):\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/(\d*))?(?:\?([^#]*))?$/;
const HOST = /^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/;
const EXPECTED =
  'redis[s]://[[user:]password@]host[:port][,host[:port]…][/db][?prefix=…&cluster=true]';

/** An address that cannot be one; the message does not repeat it, as it may hold a password. */
export class RedisAddressError extends Error {
  override readonly name = 'RedisAddressError';
}

/**
 * Reads `redis://user:password@host:6379/0?prefix=foretype:`. `rediss` is TLS; several hosts, or `cluster=true`, are a cluster. A name and a password may be
 * percent-encoded; without a colon it is the password. Throws `RedisAddressError`.
 */
export function parseRedisAddress(text: string): RedisAddress {
  const [, scheme, login, hostList, db, query] = FORM.exec(text.trim()) ?? [];
  if (scheme === undefined || hostList === undefined) {
    throw new RedisAddressError(`expected ${EXPECTED}`);
  }
  const parameters = new URLSearchParams(query ?? '');
  for (const name of parameters.keys()) {
    if (name !== 'prefix' && name !== 'cluster') {
      throw new RedisAddressError(`expected prefix or cluster behind '?', got '${name}'`);
    }
  }
  const hosts = hostList.split(',').map(parseHost);
  const isCluster = hosts.length > 1 || parameters.get('cluster') === 'true';
  const number = db === undefined || db === '' ? 0 : Number(db);
  if (isCluster && number !== 0) {
    throw new RedisAddressError(`expected no database but 0 of a cluster, got ${number}`);
  }
  return {
    hosts,
    isCluster,
    isTls: scheme === 'rediss',
    ...parseLogin(login),
    db: number,
    prefix: parameters.get('prefix') ?? DEFAULT_REDIS_PREFIX,
  };
}

/** The address without what is secret, for messages: `rediss://host:6379,other:6379/0`. */
export function showRedisAddress({ hosts, isTls, db }: RedisAddress): string {
  const list = hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`);
  return `redis${isTls ? 's' : ''}://${list.join(',')}/${db}`;
}

function parseHost(text: string): RedisHost {
  const [, name, port] = HOST.exec(text) ?? [];
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (name === undefined || number < 1 || number > 65_535) {
    throw new RedisAddressError(`expected host or host:port, got '${text}'`);
  }
  return { host: name.startsWith('[') ? name.slice(1, -1) : name, port: number };
}

function parseLogin(login: string | undefined): Pick<RedisAddress, 'username' | 'password'> {
  if (login === undefined || login === '') return { username: null, password: null };
  const colon = login.indexOf(':');
  const [user, password] =
    colon < 0 ? ['', login] : [login.slice(0, colon), login.slice(colon + 1)];
  try {
    return {
      username: user === '' ? null : decodeURIComponent(user),
      password: decodeURIComponent(password),
    };
  } catch (cause) {
    const message = "expected a percent-encoded login before '@' ('%' itself is %25)";
    throw new RedisAddressError(message, { cause });
  }
}
