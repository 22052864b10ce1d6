export const KNOWN_COMPANY_WEIGHTS: readonly (readonly number[])[] = [[], [], [], []];
export const UNKNOWN_COMPANY_WEIGHTS: readonly number[] = [];
export const UNKNOWN_LOOK_WEIGHTS: readonly number[] = [];
