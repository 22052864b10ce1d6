import { describe, expect, it } from 'vitest';
import { run as demo } from '../../../serving/commands/demo.ts';
import { run as serve } from '../../../serving/commands/serve.ts';
import { run as suggest } from '../../../serving/commands/suggest.ts';
import { captureOutput } from '../../support/captured-output.ts';

const parts = { simulate: async () => 0, index: async () => 0 };
const commands = {
  serve: (args: readonly string[]) => serve(args, captureOutput()),
  suggest: (args: readonly string[]) => suggest(args, captureOutput()),
  demo: (args: readonly string[]) => demo(args, captureOutput(), parts),
};

describe('wrong usage', () => {
  it.each([
    ['serve', []],
    ['serve', ['--index']],
    ['serve', ['--index', 'x', '--nope']],
    ['serve', ['--index', 'x', 'y']],
    ['serve', ['--index', 'x', '--port', '65536']],
    ['serve', ['--index', 'x', '--port', '80a']],
    ['serve', ['--index', 'x', '--port=-1']],
    ['serve', ['--index', 'x', '--market', 'en_US']],
    ['serve', ['--index', 'x', '--clock', 'sun']],
    ['serve', ['--index', 'x', '--redis', 'redis://']],
    ['serve', ['--index', 'x', '--config']],
    ['suggest', []],
    ['suggest', ['--index', 'x']],
    ['suggest', ['new']],
    ['suggest', ['--index', 'x', 'new', 'york']],
    ['suggest', ['--index', 'x', 'new', '--limit', '21']],
    ['suggest', ['--index', 'x', 'new', '--limit', '0']],
    ['suggest', ['--index', 'x', 'new', '--market', '?']],
    ['suggest', ['--index', 'x', 'n'.repeat(129)]],
    ['demo', ['--port', 'x']],
    ['demo', ['--seed', '1']],
  ] as const)('of %s %j is a usage error', async (command, args) => {
    await expect(commands[command](args)).rejects.toMatchObject({ name: 'UsageError' });
  });
});
