/** The version that `Enrichment.version` has with this data. */
export const ENRICHMENT_VERSION = 1;

/** A topic by its stable id, with the share of the event that is about it: above 0, at most 1. */
export type TopicShare = readonly [topic: number, weight: number];

/** What a text is about; parts that are empty are left out, or undefined. */
export interface TextData {
  /** Texts of its query terms. */
  readonly terms?: readonly string[] | undefined;
  /** `stableHash` of the normalised forms of the entities that it names. */
  readonly entities?: readonly number[] | undefined;
  readonly topics?: readonly TopicShare[] | undefined;
  /** Primary subtag of BCP 47. */
  readonly language?: string | undefined;
  /** Code of ISO 15924. */
  readonly script?: string | undefined;
}

/** What was known of a search when it was accepted. */
export interface SearchData extends TextData {
  readonly kind: 'search';
  /** Null where nothing of it may be kept or shown: personal data, too long, or no word. */
  readonly normalised: string | null;
  /** Absent: the normalised form. */
  readonly surface?: string | undefined;
  /** Whether the blocklist names it. */
  readonly isBlocked?: true | undefined;
}

/** What was known of the video watched, or of the suggestion taken. */
export interface ItemData extends TextData {
  readonly kind: 'item';
}

export type EnrichmentData = SearchData | ItemData;
