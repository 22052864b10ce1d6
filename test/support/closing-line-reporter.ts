import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Writes `N passed, N failed` (and `, N skipped`) to the file named by FORETYPE_TEST_SUMMARY, so that the CI
 * script can end with that line whatever else it prints afterwards. A module that fails to load counts as a failure.
 */
class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const summaryFile = process.env.FORETYPE_TEST_SUMMARY;
    if (!summaryFile) return;
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else skipped++;
      }
    }
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    appendFileSync(summaryFile, `${passed} passed, ${failed} failed${tail}\n`);
  }
}

// vitest loads a custom reporter by its default export.
// biome-ignore lint/style/noDefaultExport: required by vitest's reporter loading
export default ClosingLineReporter;
