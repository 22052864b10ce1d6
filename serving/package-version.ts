import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of this package, whether it runs from `dist/` or from source. Throws when it stands outside its package. */
export function readPackageVersion(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      if (name === 'foretype' && typeof version === 'string') return version;
    }
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('expected a package.json of foretype above this module');
    folder = parent;
  }
}
