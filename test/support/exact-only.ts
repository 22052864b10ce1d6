import { DEFAULT_ENGINE_SETTINGS, type EngineSettings } from '../../serving/engine-settings.ts';

/** An engine that looks up what was typed and reads nothing else into it. */
export const EXACT_ONLY: EngineSettings = {
  ...DEFAULT_ENGINE_SETTINGS,
  corrections: { ...DEFAULT_ENGINE_SETTINGS.corrections, enabled: false },
  inputMethods: false,
};
