/**
 * The words of a video's title and tags, normalised, by the video's id; null for a video that is not known. Asked once a request; touches memory
 * only. The live overlay and the snapshot implement it.
 */
export type VideoWords = (video: string) => readonly string[] | null;

export const NO_VIDEOS: VideoWords = () => null;
