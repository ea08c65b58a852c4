/** https://sqlite.org/fileformat2.html, section 4 */
const headerBytes = 32;
const frameHeaderBytes = 24;

/** Where each commit of a write-ahead log ends, in order; what an earlier round of the log left behind is not one. */
export function commitEnds(wal: Buffer): number[] {
  const frameBytes = frameHeaderBytes + wal.readUInt32BE(8);
  const salt = wal.subarray(16, 24);
  const ends: number[] = [];
  for (let frame = headerBytes; frame + frameBytes <= wal.length; frame += frameBytes) {
    if (!wal.subarray(frame + 8, frame + 16).equals(salt)) break;
    const isLastOfCommit = wal.readUInt32BE(frame + 4) !== 0;
    if (isLastOfCommit) ends.push(frame + frameBytes);
  }
  return ends;
}
