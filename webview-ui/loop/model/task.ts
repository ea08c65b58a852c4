/**
 * What one stage was asked to do, out of its agent's whole first prompt: the stage's own "Your task" and what a
 * person asked to change. null where the prompt has no such part.
 */
export function taskOf(prompt: string | null): string | null {
  if (prompt === null) return null;
  const parts = ['Your task', 'What the person asks you to change']
    .map((title) => sectionOf(prompt, title))
    .filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('\n\n');
}

function sectionOf(prompt: string, title: string): string | null {
  const head = `\n### ${title}\n`;
  const start = prompt.indexOf(head);
  if (start === -1) return null;
  const body = prompt.slice(start + head.length);
  const end = body.search(/\n#{1,3} /);
  return (end === -1 ? body : body.slice(0, end)).trim() || null;
}
