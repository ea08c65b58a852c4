/**
 * Runs a job whenever it is asked for, one at a time: requests that come while it runs are met by one more run
 * after it. Between two runs lie at least `pauseMs`, so that a burst of changes is read once.
 */
export function coalesced(job: () => Promise<void>, pauseMs: number): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await job();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    } while (again);
    running = false;
  }
  return () => {
    if (running) again = true;
    else void run();
  };
}
