/**
 * The words of a video's title, normalised, by the video's id; null for a video that it knows nothing of. Asked once a request; touches memory only. What a server heard in
 * events goes before what the snapshot keeps.
 */
export type VideoWords = (video: string) => readonly string[] | null;

export const NO_VIDEOS: VideoWords = () => null;
