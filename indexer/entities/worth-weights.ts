export const SURFACE_WEIGHTS: readonly (readonly number[])[] = [[], [], [], []];
