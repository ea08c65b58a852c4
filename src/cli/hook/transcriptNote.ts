/** In an agent's private folder: the path of its session's file. `sloop hook` writes it, `sloop run` reads along. */
export const transcriptNote = 'transcript';
