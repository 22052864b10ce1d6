/**
 * Makes a fresh clone ready: installs the locked dependencies when they are missing or stale and, with `--system`, the
 * system packages that the integration and browser suites use. What cannot be installed is said plainly; the suites
 * that need it then report themselves as left out.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const INSTALL_TIMEOUT_MS = 300_000;
const lockHash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const stamp = 'node_modules/.foretype-installed';

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  console.log('setup: installing dependencies (npm ci)');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (npm.status !== 0) {
    console.error('setup: npm ci failed; see its output above');
    process.exit(1);
  }
  writeFileSync(stamp, lockHash);
}

if (process.argv.includes('--system')) {
  const wanted = [
    { command: 'chromium', packageName: 'chromium', suites: 'browser tests' },
    { command: 'redis-server', packageName: 'redis-server', suites: 'tests of the Redis store' },
  ].filter(({ command }) => spawnSync('which', [command]).status !== 0);
  if (wanted.length > 0) installSystemPackages(wanted);
}

function installSystemPackages(wanted) {
  const names = wanted.map((entry) => entry.packageName);
  const mayInstall = process.getuid?.() === 0 && spawnSync('which', ['apt-get']).status === 0;
  if (mayInstall) {
    console.log(`setup: installing system packages: ${names.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // A mirror that does not answer costs the browser tests, not the run.
    const options = { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: INSTALL_TIMEOUT_MS };
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  }
  for (const { command, suites } of wanted) {
    if (spawnSync('which', [command]).status !== 0) {
      console.log(
        `setup: LEFT OUT: ${command} is not installed and could not be, so: no ${suites}`,
      );
    }
  }
}
