import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { normalise } from '../../../dictionaries/normalise.ts';
import { byRank, compareCodePoints, type ScoredText } from './scored-text.ts';

/** The pinned packages, 204 MB unpacked, that the named set is made of; both ship one JSON file and no code of use. */
export const NAMED_SET_PACKAGES = [
  { name: 'all-the-package-names', version: '2.0.2578', file: 'names.json' },
  { name: 'download-counts', version: '2.20260301.0', file: 'counts.json' },
] as const;

const LONGEST_CODE_POINTS = 128;

/** Why the named set is not there, so that the caller can say it and take the simulated one. */
export class NamedSetUnavailable extends Error {
  readonly code = 'named-set-unavailable';
}

/**
 * The named set: npm's package names by monthly downloads, descending, ties by name in code point order; of names with
 * one normalised form the first; names without a count, with none, or that normalise to nothing or to more than 128 code
 * points left out; the first `count` of them, returned sorted by rank. Fetched into `folder` when it is not there yet.
 */
export function loadNamedSet(folder: string, count: number): ScoredText[] {
  fetchPackages(folder);
  const [namesFile, countsFile] = NAMED_SET_PACKAGES;
  const names = readJson(folder, namesFile);
  const downloads = readJson(folder, countsFile) as Readonly<Record<string, number>>;
  if (!Array.isArray(names)) {
    throw new Error(`${namesFile.name}: expected a JSON array of names, got ${typeof names}`);
  }
  const counted: { readonly name: string; readonly score: number }[] = [];
  for (const name of names as readonly string[]) {
    const score = downloads[name];
    if (typeof score === 'number' && score > 0) counted.push({ name, score });
  }
  counted.sort(
    (left, right) => right.score - left.score || compareCodePoints(left.name, right.name),
  );
  return chooseDistinct(counted, count);
}

function chooseDistinct(
  counted: readonly { readonly name: string; readonly score: number }[],
  count: number,
): ScoredText[] {
  const seen = new Set<string>();
  const texts: ScoredText[] = [];
  for (const { name, score } of counted) {
    if (texts.length === count) break;
    const normalised = normalise(name);
    if (normalised === '' || normalised !== normalised.trim() || seen.has(normalised)) continue;
    if (normalised.length > LONGEST_CODE_POINTS && [...normalised].length > LONGEST_CODE_POINTS)
      continue;
    seen.add(normalised);
    texts.push({ normalised, surface: name, score });
  }
  if (texts.length < count) {
    throw new Error(
      `expected ${count} names with a count and a form of their own, got ${texts.length}`,
    );
  }
  return texts.sort(byRank);
}

function fetchPackages(folder: string): void {
  if (
    NAMED_SET_PACKAGES.every((pinned) => installedVersion(folder, pinned.name) === pinned.version)
  )
    return;
  mkdirSync(folder, { recursive: true });
  const wanted = NAMED_SET_PACKAGES.map(({ name, version }) => `${name}@${version}`);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
  const npm = spawnSync('npm', ['install', '--prefix', folder, ...flags, ...wanted], {
    encoding: 'utf8',
  });
  if (npm.status !== 0) {
    const reason = (npm.stderr || npm.error?.message || '').trim().split('\n')[0];
    throw new NamedSetUnavailable(`npm install of ${wanted.join(' and ')} failed: ${reason}`);
  }
}

function installedVersion(folder: string, name: string): string | undefined {
  const manifest = path.join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version?: string }).version;
}

function readJson(folder: string, pinned: (typeof NAMED_SET_PACKAGES)[number]): unknown {
  return JSON.parse(
    readFileSync(path.join(folder, 'node_modules', pinned.name, pinned.file), 'utf8'),
  );
}
