/** What the logarithm of a score of zero is kept as: below that of any positive double. */
export const LOG_OF_ZERO = -1100;
