/** Whether a rule of the operator holds a normalised text back in a market. Whatever shows something to who is known asks it of every text, last, once. */
export type Suppression = (normalised: string, market: string) => boolean;
