import { describe, expect, it } from 'vitest';
import { parseRedisAddress, showRedisAddress } from '../../../serving/stores/redis-address.ts';

describe('the address of a Redis', () => {
  it('is a host and nothing else', () => {
    expect(parseRedisAddress('redis://cache')).toEqual({
      hosts: [{ host: 'cache', port: 6379 }],
      isCluster: false,
      isTls: false,
      username: null,
      password: null,
      db: 0,
      prefix: 'foretype:',
    });
  });

  it('may say everything', () => {
    expect(parseRedisAddress('rediss://m%65:p%40s:s@[::1]:7000/3?prefix=a%3A')).toEqual({
      hosts: [{ host: '::1', port: 7000 }],
      isCluster: false,
      isTls: true,
      username: 'me',
      password: 'p@s:s',
      db: 3,
      prefix: 'a:',
    });
  });

  it('is a cluster where it has several hosts, or says so', () => {
    const several = parseRedisAddress('redis://:secret@a:7000,b,[::2]:7002');
    expect(several).toMatchObject({ isCluster: true, username: null, password: 'secret' });
    expect(several.hosts).toEqual([
      { host: 'a', port: 7000 },
      { host: 'b', port: 6379 },
      { host: '::2', port: 7002 },
    ]);
    expect(parseRedisAddress('redis://a/?cluster=true').isCluster).toBe(true);
  });

  it('is shown without what is secret', () => {
    const address = parseRedisAddress('rediss://me:secret@a:7000,[::1]/0');
    expect(showRedisAddress(address)).toBe('rediss://a:7000,[::1]:6379/0');
  });

  it.each([
    'http://me:secret@x',
    'redis://',
    'redis://me:secret@',
    'redis://me:secret@a:port',
    'redis://me:secret@a:0',
    'redis://me:secret@a,b/2',
    'redis://me:secret@a/db',
    'redis://me:secret@a?password=secret',
    'redis://me:secret%@a',
    'redis://me:secret@a b',
  ])('is refused as %s, without a word of the password', (text) => {
    expect(() => parseRedisAddress(text)).toThrow(/expected/);
    expect(() => parseRedisAddress(text)).not.toThrow(/secret/);
  });
});
