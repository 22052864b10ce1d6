export function bundlePage(folder: string): Promise<void>;
