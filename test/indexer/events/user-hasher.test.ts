import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecrets } from '../../../indexer/events/secret-file.ts';
import { UserHasher } from '../../../indexer/events/user-hasher.ts';

const [old, current] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

describe('UserHasher', () => {
  it('gives one user one hash, which depends on the secret and tells nothing of the id', () => {
    const hasher = new UserHasher([current]);
    const hash = hasher.hashUser('alice');
    expect(hash).toMatch(/^[\w-]{22}$/);
    expect(hasher.hashUser('alice')).toBe(hash);
    expect(new UserHasher([current]).hashUser('alice')).toBe(hash);
    expect(new UserHasher([old]).hashUser('alice')).not.toBe(hash);
    expect(hasher.hashUser('bob')).not.toBe(hash);
    expect(hasher.hashSession('alice')).not.toBe(hash);
  });

  it('finds what stands under earlier secrets, and writes under the first', () => {
    const rotated = new UserHasher([current, old]);
    const before = new UserHasher([old]).hashUser('alice');
    expect(rotated.hashUser('alice')).toBe(new UserHasher([current]).hashUser('alice'));
    expect(rotated.allHashesOfUser('alice')).toEqual([rotated.hashUser('alice'), before]);
  });

  it('gives the same hashes after it has forgotten', () => {
    const hasher = new UserHasher([current]);
    const first = hasher.hashUser('0');
    for (let i = 0; i < 20_001; i++) hasher.hashUser(String(i));
    expect(hasher.hashUser('0')).toBe(first);
  });
});

describe('loadSecrets', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'foretype-secret-'));
    file = path.join(folder, 'user-secret');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes a secret that its owner alone can read, and finds it again', async () => {
    const [secret] = await loadSecrets(file);
    expect(secret).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await loadSecrets(file)).toEqual([secret]);
    expect(await readdir(folder)).toEqual(['user-secret']);
  });

  it('agrees on one secret with a process that starts at the same time', async () => {
    const loaded = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(file)));
    expect(new Set(loaded.map(([secret]) => secret.toString('hex'))).size).toBe(1);
  });

  it('reads earlier secrets from the following lines', async () => {
    await loadSecrets(file);
    const earlier = (await readFile(file, 'utf8')).trim();
    await writeFile(file, `${'ab'.repeat(32)}\n\n${earlier}\n`);
    const secrets = await loadSecrets(file);
    expect(secrets.map((secret) => secret.toString('hex'))).toEqual(['ab'.repeat(32), earlier]);
  });

  it.each(['', 'x\n', 'ab\n', `${'ab'.repeat(32)}\nnot one\n`])('refuses %j', async (text) => {
    await writeFile(file, text);
    await chmod(file, 0o600);
    await expect(loadSecrets(file)).rejects.toMatchObject({
      code: 'bad-secret',
      message: expect.stringContaining(file),
    });
  });
});
