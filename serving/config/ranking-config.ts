import { readFile } from 'node:fs/promises';
import { ModelError, parseModel, type RankerModel } from '../../ranking/rankers/model-file.ts';
import type { RankingSettings } from '../personal/create-personal-suggest.ts';
import { ConfigError, type RankingConfig } from './config-file.ts';

/** How suggestions are ordered by a configuration, its model read; `file` stands in messages. @throws ConfigError */
export async function readRanking(
  { model, ...numbers }: RankingConfig,
  file: string,
): Promise<RankingSettings> {
  if (model === undefined) return numbers;
  return { ...numbers, model: await readRankerModel(model, `${file}: ranking.model`) };
}

async function readRankerModel(file: string, place: string): Promise<RankerModel> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${place}: expected a file of a model, got ${file}: ${why}`, { cause });
  }
  try {
    return parseModel(text, `${place}: ${file}`);
  } catch (cause) {
    if (cause instanceof ModelError) throw new ConfigError(cause.message, { cause });
    throw cause;
  }
}
